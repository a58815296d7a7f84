package org.consentry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.OutOfMemory;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/** The lines of a checkup, in their order: what was checked, how it is, what to do. */
final class Checkup {

  private final Console console;
  private final List<Integer> codes = new ArrayList<>();
  private int fine;
  private int warnings;

  Checkup(Console console) {
    this.console = console;
  }

  /** Something is as it should be. */
  void ok(String check, String text) {
    fine++;
    show("ok", check, text);
    console.result("check", Map.of("check", check, "result", "ok", "message", text));
  }

  /** Something works and should be looked at. */
  void warning(String check, Problem problem) {
    warnings++;
    show("warning", check, problem);
  }

  /** Something prevents runs; the category decides the exit code. */
  void error(String check, Problem problem, Category category) {
    codes.add(category.exitCode());
    show("error", check, problem);
  }

  /** Errors and warnings, as their severities are. */
  void problems(String check, List<Problem> problems, Category category) {
    for (Problem problem : problems) {
      if (problem.severity().refuses()) {
        error(check, problem, category);
      } else {
        warning(check, problem);
      }
    }
  }

  /** Checks; the answer is the text of a line that is ok. A failure becomes a line too. */
  void check(String check, Supplier<String> answer) {
    passes(check, () -> ok(check, answer.get()));
  }

  /** Whether a check that writes its own lines came to its end. A failure becomes a line. */
  boolean passes(String check, Runnable work) {
    try {
      work.run();
      return true;
    } catch (ProblemException failed) {
      problems(check, failed.problems(), failed.category());
    } catch (RuntimeException | Error unexpected) {
      OutOfMemory.endIfItIs(unexpected);
      error(check, Failures.problem(unexpected), Category.RUN_FAILED);
    }
    return false;
  }

  /**
   * Shows the counts and gives the exit code: 0 without an error, else the greatest code of the
   * errors. It is 75 only when all errors may pass.
   */
  int end() {
    console.line(
        fine
            + " ok, "
            + CountWords.of(warnings, "warning")
            + ", "
            + CountWords.of(codes.size(), "error"));
    int temporary = Category.TEMPORARY.exitCode();
    return codes.stream()
        .filter(code -> code != temporary)
        .mapToInt(Integer::intValue)
        .max()
        .orElse(codes.isEmpty() ? 0 : temporary);
  }

  private void show(String result, String check, Problem problem) {
    String hint = problem.hint().isEmpty() ? "" : "; " + problem.hint();
    show(result, check, problem.place() + ": " + problem.code() + " " + problem.message() + hint);
    Map<String, Object> fields = Console.fields(problem);
    fields.remove("severity");
    fields.put("check", check);
    fields.put("result", result);
    console.result("check", fields);
  }

  private void show(String result, String check, String text) {
    console.line(String.format(Locale.ROOT, "%-8s %-10s %s", result, check, text));
  }
}
