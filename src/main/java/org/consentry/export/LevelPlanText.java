package org.consentry.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.consentry.config.LevelPlan;
import org.consentry.config.LevelPlanFile;
import org.consentry.config.RiskRule;
import org.consentry.data.DurableFiles;
import org.consentry.data.EnumWord;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/** Writes the plan file of a search: YAML that people read and approve. */
public final class LevelPlanText {

  private final ExportPlan plan;
  private final RiskRule rule;

  /** The plan file of a job. */
  public LevelPlanText(ExportPlan plan) {
    this.plan = plan;
    this.rule = plan.job().risk().orElseThrow();
  }

  /** What may become of a plan file that a person approved. */
  public enum Approved {
    STAYS,
    MAY_BE_REPLACED
  }

  /**
   * The file that the job names.
   *
   * @throws ProblemException category FILES_INVALID when it names none, or when the file is
   *     approved, or cannot be read, and stays
   */
  public Path file(Approved approved) {
    Path written =
        rule.plan()
            .orElseThrow(
                () ->
                    ProblemException.of(
                        Category.FILES_INVALID,
                        "RISK_PLAN_MISSING",
                        rule.place(),
                        "the job's risk names no file for a plan",
                        "add plan: with a path relative to the job"))
            .value();
    Path file = plan.jobFile().toAbsolutePath().resolveSibling(written).normalize();
    if (approved == Approved.STAYS && Files.exists(file) && mayBeApproved(file)) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          "RISK_PLAN_APPROVED",
          Place.of(file.toString()),
          "the file is a plan that a person approved, or something else",
          "move it away, or add --replace to write a new plan in its place");
    }
    return file;
  }

  private static boolean mayBeApproved(Path file) {
    Optional<LevelPlanFile> read = LevelPlanFile.read(file, file.toString(), new Problems());
    return read.isEmpty() || read.get().plan().approved().isPresent();
  }

  /**
   * Writes what a search found, at once.
   *
   * @throws ProblemException category TEMPORARY when the file cannot be written
   */
  public void write(RiskSearch.Found found, LocalDate today, Path file) {
    try {
      DurableFiles.replace(file, text(found, today));
    } catch (IOException failed) {
      throw ProblemException.of(
          Category.TEMPORARY,
          "RISK_PLAN_UNWRITTEN",
          Place.of(file.toString()),
          "the plan file cannot be written",
          "check that its folder exists, its permissions and free space");
    }
  }

  String text(RiskSearch.Found found, LocalDate today) {
    StringBuilder text = new StringBuilder();
    text.append(
            "# Levels of generalization that a search found. No run applies them before a person")
        .append(" has read this file and added:\n")
        .append("#   approved: {by: NAME, on: DATE}\n")
        .append("riskPlan: ")
        .append(quoted(plan.job().name()))
        .append('\n')
        .append("searchedOn: ")
        .append(today)
        .append('\n')
        .append("inputs:\n")
        .append("  risk: ")
        .append(quoted(plan.riskDigest()))
        .append('\n')
        .append("  mapping: ")
        .append(quoted(digest("mapping")))
        .append('\n')
        .append("  lists: ")
        .append(map(lists()))
        .append('\n')
        .append("goal: {k: ")
        .append(rule.k())
        .append(", loss: ")
        .append(EnumWord.of(rule.loss()))
        .append(", suppressAtMost: ")
        .append(rule.suppressAtMost().orElse(0.0))
        .append("}\n")
        .append("levels:\n");
    found.levels().forEach((column, level) -> text.append(line("  ", column, level)));
    text.append("gives: {people: ")
        .append(found.people())
        .append(", smallestGroup: ")
        .append(found.smallestGroup())
        .append(", suppressed: ")
        .append(found.suppressed())
        .append(", averageRisk: ")
        .append(decimal(found.averageRisk()))
        .append(", loss: ")
        .append(decimal(found.loss()))
        .append("}\n")
        .append("considered: ")
        .append(found.considered())
        .append("    # combinations of levels; all others have groups that are too small\n");
    if (found.alternatives().isEmpty()) {
      return text.append("alternatives: []\n").toString();
    }
    text.append("alternatives:    # the next best\n");
    for (LevelPlan.Alternative other : found.alternatives()) {
      text.append("  - levels: ")
          .append(map(other.levels()))
          .append('\n')
          .append("    smallestGroup: ")
          .append(other.smallestGroup())
          .append('\n')
          .append("    suppressed: ")
          .append(other.suppressed())
          .append('\n')
          .append("    loss: ")
          .append(decimal(other.loss()))
          .append('\n');
    }
    return text.toString();
  }

  private String digest(String name) {
    return plan.digests().getOrDefault(name, "");
  }

  private Map<String, String> lists() {
    String prefix = "list:";
    return plan.digests().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().substring(prefix.length()), Map.Entry::getValue));
  }

  private static String map(Map<String, String> entries) {
    return entries.entrySet().stream()
        .map(entry -> quoted(entry.getKey()) + ": " + quoted(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String line(String indent, String key, String value) {
    return indent + quoted(key) + ": " + quoted(value) + "\n";
  }

  /** Six digits after the point, without an exponent. */
  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.6f", number);
  }

  /** A double-quoted scalar of YAML; plain where no character needs quotes. */
  private static String quoted(String text) {
    if (text.matches("[A-Za-z][A-Za-z0-9_.-]*( [A-Za-z0-9_.-]+)*")
        && !text.matches("(?i)true|false|null|yes|no|on|off")) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
