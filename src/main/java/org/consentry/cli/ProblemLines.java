package org.consentry.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.consentry.problem.Problem;
import org.consentry.problem.Severity;

/** Problems for people, alike ones together, and as the answer of a command. */
final class ProblemLines {

  private static final int ALONE = 3;
  private static final int PLACES = 20;

  private static final Pattern QUOTED = Pattern.compile("'[^']*'");

  private ProblemLines() {}

  /** Shows all of them, and answers whether one refuses. */
  static boolean show(Console console, List<Problem> problems) {
    console.findings(problems);
    return problems.stream().anyMatch(problem -> problem.severity().refuses());
  }

  /**
   * Problems for people. Of more than three with one code, hint and file the first three have a
   * line each, and one line has the places of the others.
   */
  static List<String> text(List<Problem> problems) {
    Map<List<Object>, List<Problem>> alike =
        problems.stream()
            .collect(
                Collectors.groupingBy(
                    ProblemLines::kind,
                    LinkedHashMap::new,
                    Collectors.toCollection(ArrayList::new)));
    List<String> lines = new ArrayList<>();
    for (List<Problem> group : alike.values()) {
      int shown = group.size() > ALONE + 1 ? ALONE : group.size();
      group.subList(0, shown).forEach(problem -> lines.add(problem.toString()));
      if (shown < group.size()) {
        lines.add(others(group.subList(shown, group.size())));
      }
    }
    return lines;
  }

  private static List<Object> kind(Problem problem) {
    return List.of(problem.severity(), problem.code(), problem.place().file(), problem.hint());
  }

  private static String others(List<Problem> group) {
    Problem first = group.get(0);
    String rest = group.size() > PLACES ? ", ... (--json lists all)" : "";
    return first.place().file()
        + ": "
        + first.severity().word()
        + " "
        + first.code()
        + " and "
        + group.size()
        + " more like these"
        + where(group)
        + rest;
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
            ? Count.of(errors, "error") + " and " + Count.of(warnings, "warning")
            : errors > 0 ? Count.of(errors, "error") : Count.of(warnings, "warning");
    return counts + " in " + Count.of(files, "file");
  }
}
