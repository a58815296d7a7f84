package org.consentry.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.consentry.problem.Problem;

/** Shows problems as the answer of a command: a line or an object each. */
final class ProblemLines {

  private ProblemLines() {}

  /** Shows all of them, and answers whether one refuses. */
  static boolean show(Console console, List<Problem> problems) {
    problems.forEach(problem -> show(console, problem));
    return problems.stream().anyMatch(problem -> problem.severity().refuses());
  }

  private static void show(Console console, Problem problem) {
    console.line(problem.toString());
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", problem.place().file());
    fields.put("line", problem.place().line());
    fields.put("column", problem.place().column());
    fields.put("severity", problem.severity().word());
    fields.put("code", problem.code());
    fields.put("message", problem.message());
    fields.put("hint", problem.hint());
    console.object(fields);
  }
}
