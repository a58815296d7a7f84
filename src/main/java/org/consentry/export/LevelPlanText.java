package org.consentry.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.consentry.config.LevelPlanFile;
import org.consentry.config.RiskRule;
import org.consentry.data.DurableFiles;
import org.consentry.data.EnumWord;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
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
          Place.of(file),
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
          DiskFailure.category(failed),
          "RISK_PLAN_UNWRITTEN",
          Place.of(file),
          "the plan file cannot be written",
          "check that its folder exists, its permissions and free space");
    }
  }

  /** The plan behind a comment that has the line to add, with the digest that it is approved by. */
  String text(RiskSearch.Found found, LocalDate today) {
    String content = content(found, today);
    Problems problems = new Problems();
    String digest =
        LevelPlanFile.parse(content.getBytes(StandardCharsets.UTF_8), "plan", problems)
            .orElseThrow(() -> new IllegalStateException("a plan is written that cannot be read"))
            .plan()
            .digest();
    return "# Levels of generalization that a search found. No run applies them before a person has"
        + " read this file and added:\n"
        + "#   approved: {by: NAME, on: DATE, digest: \""
        + digest
        + "\"}\n"
        + content;
  }

  private String content(RiskSearch.Found found, LocalDate today) {
    return String.format(
        Locale.ROOT,
        """
        riskPlan: %s
        searchedOn: %s
        inputs:
          risk: %s
          mapping: %s
          lists: %s
        goal: {k: %d, loss: %s, suppressAtMost: %s}
        levels:
        %sgives: {people: %d, smallestGroup: %d, suppressed: %d, averageRisk: %.6f, loss: %.6f}
        considered: %d    # combinations of levels; all others have groups that are too small
        alternatives:%s
        """,
        quoted(plan.job().name()),
        today,
        quoted(plan.riskDigest()),
        quoted(plan.digests().getOrDefault("mapping", "")),
        map(lists()),
        rule.k(),
        EnumWord.of(rule.loss()),
        rule.suppressAtMost().orElse(0.0),
        found.levels().entrySet().stream()
            .map(level -> "  " + entry(level) + "\n")
            .collect(Collectors.joining()),
        found.people(),
        found.smallestGroup(),
        found.suppressed(),
        found.averageRisk(),
        found.loss(),
        found.considered(),
        found.alternatives().isEmpty() ? " []" : "    # the next best\n" + others(found));
  }

  private static String others(RiskSearch.Found found) {
    return found.alternatives().stream()
        .map(
            other ->
                String.format(
                    Locale.ROOT,
                    "  - levels: %s\n    smallestGroup: %d\n    suppressed: %d\n    loss: %.6f",
                    map(other.levels()),
                    other.smallestGroup(),
                    other.suppressed(),
                    other.loss()))
        .collect(Collectors.joining("\n"));
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
        .map(LevelPlanText::entry)
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String entry(Map.Entry<String, String> entry) {
    return quoted(entry.getKey()) + ": " + quoted(entry.getValue());
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
