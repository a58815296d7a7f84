package org.consentry.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.consentry.problem.CountWords;
import org.consentry.problem.Problem;
import org.consentry.problem.Severity;

/** Problems for people, alike ones together, and as the answer of a command. */
final class ProblemLines {

  private static final int ERRORS_ALONE = 3;
  private static final int WARNINGS_ALONE = 1;
  private static final int PLACES = 20;

  private static final Pattern QUOTED = Pattern.compile("'[^']*'");

  private ProblemLines() {}

  /** Shows all of them, and answers whether one refuses. */
  static boolean show(Console console, List<Problem> problems) {
    console.findings(problems);
    return problems.stream().anyMatch(problem -> problem.severity().refuses());
  }

  /** Problems in the order of people who correct them: file by file, by line. */
  static List<Problem> inOrder(List<Problem> problems) {
    List<String> files = problems.stream().map(one -> one.place().file()).distinct().toList();
    return problems.stream()
        .sorted(
            Comparator.comparingInt((Problem one) -> files.indexOf(one.place().file()))
                .thenComparingLong(one -> one.place().line())
                .thenComparingLong(one -> one.place().column()))
        .toList();
  }

  /**
   * Problems for people, in order. Of more than four errors with one code, hint and file the first
   * three have a line each, of more than two warnings with one code and hint the first; one line
   * has the places of the others.
   */
  static List<String> text(List<Problem> problems) {
    Map<List<Object>, List<Problem>> alike =
        inOrder(problems).stream()
            .collect(
                Collectors.groupingBy(
                    ProblemLines::kind,
                    LinkedHashMap::new,
                    Collectors.toCollection(ArrayList::new)));
    List<String> lines = new ArrayList<>();
    for (List<Problem> group : alike.values()) {
      int alone = group.get(0).severity().refuses() ? ERRORS_ALONE : WARNINGS_ALONE;
      int shown = group.size() > alone + 1 ? alone : group.size();
      group.subList(0, shown).forEach(problem -> lines.add(problem.toString()));
      if (shown < group.size()) {
        lines.add(others(group.subList(shown, group.size())));
      }
    }
    return lines;
  }

  private static List<Object> kind(Problem problem) {
    String file = problem.severity().refuses() ? problem.place().file() : "";
    return List.of(problem.severity(), problem.code(), file, problem.hint());
  }

  private static String others(List<Problem> group) {
    Problem first = group.get(0);
    boolean isOneFile = group.stream().map(one -> one.place().file()).distinct().count() == 1;
    return (isOneFile ? first.place().file() + ": " : "")
        + first.severity().word()
        + " "
        + first.code()
        + " and "
        + group.size()
        + " more like "
        + (isOneFile ? "these" + where(group) : "this: " + places(group))
        + (group.size() > PLACES ? ", ..." : "")
        + (isOneFile && group.size() <= PLACES ? "" : " (--json lists all)");
  }

  private static String places(List<Problem> group) {
    return group.stream()
        .limit(PLACES)
        .map(one -> named(one) + (named(one).isEmpty() ? "" : " in ") + one.place())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** The lines, and what the messages name where they name different things. */
  private static String where(List<Problem> group) {
    List<Problem> some = group.subList(0, Math.min(PLACES, group.size()));
    List<String> names = some.stream().map(ProblemLines::named).toList();
    if (!names.contains("") && names.stream().distinct().count() > 1) {
      return ": "
          + some.stream()
              .map(one -> named(one) + line(" in line ", one))
              .distinct()
              .collect(Collectors.joining(", "));
    }
    String lines =
        some.stream()
            .map(one -> line("", one))
            .filter(line -> !line.isEmpty())
            .distinct()
            .collect(Collectors.joining(", "));
    return lines.isEmpty() ? "" : ", in lines " + lines;
  }

  private static String line(String before, Problem problem) {
    return problem.place().line() == 0 ? "" : before + problem.place().line();
  }

  /** What a message is about: the first that it quotes, such as a column. */
  private static String named(Problem problem) {
    Matcher quoted = QUOTED.matcher(problem.message());
    return quoted.find() ? quoted.group() : "";
  }

  /** How many there are, as in {@code 88 errors and 1 warning in 2 files}. */
  static String summary(List<Problem> problems) {
    long errors = problems.stream().filter(one -> one.severity() == Severity.ERROR).count();
    long warnings = problems.size() - errors;
    long files = problems.stream().map(one -> one.place().file()).distinct().count();
    String counts =
        errors > 0 && warnings > 0
            ? CountWords.of(errors, "error") + " and " + CountWords.of(warnings, "warning")
            : errors > 0 ? CountWords.of(errors, "error") : CountWords.of(warnings, "warning");
    return counts + " in " + CountWords.of(files, "file");
  }
}
