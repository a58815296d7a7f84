package org.consentry.cli;

import org.consentry.problem.Category;
import org.consentry.problem.OutOfMemory;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Unloadable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Reports what went wrong and gives the exit code. The message of an exception that is not ours may
 * quote a record, so only its type and the place in our code are reported.
 */
final class Failures implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) {
    Console console =
        Consoles.of(commandLine).forFailure(parsed.originalArgs().toArray(String[]::new));
    if (failure instanceof ProblemException known) {
      console.problems(known.problems());
      return known.category().exitCode();
    }
    OutOfMemory.endIfItIs(failure);
    console.problem(problem(failure));
    return codeOf(failure);
  }

  /** A failure that is not ours, without its message. */
  static Problem problem(Throwable failure) {
    return Unloadable.of(failure)
        .map(known -> known.problems().get(0))
        .orElseGet(() -> internal(failure));
  }

  private static Problem internal(Throwable failure) {
    return Problem.error(
        "INTERNAL",
        Place.of(place(failure)),
        "an unexpected " + failure.getClass().getSimpleName() + " ended the command",
        "report it with this line");
  }

  /** The exit code of a failure that is not ours. */
  static int codeOf(Throwable failure) {
    return Unloadable.of(failure)
        .map(ProblemException::category)
        .orElse(Category.RUN_FAILED)
        .exitCode();
  }

  private static String place(Throwable failure) {
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (frame.getClassName().startsWith("org.consentry.")) {
        return frame.getClassName() + ":" + frame.getLineNumber();
      }
    }
    return "consentry";
  }
}
