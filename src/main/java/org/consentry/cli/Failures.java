package org.consentry.cli;

import org.consentry.problem.Category;
import org.consentry.problem.OutOfMemory;
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
    if (failure instanceof ProblemException known) {
      ProblemLines.text(known.problems()).forEach(commandLine.getErr()::println);
      if (known.problems().size() > 1) {
        commandLine.getErr().println(ProblemLines.summary(known.problems()));
      }
      commandLine.getErr().flush();
      return known.category().exitCode();
    }
    OutOfMemory.endIfItIs(failure);
    commandLine.getErr().println(unexpected(failure));
    commandLine.getErr().flush();
    return codeOf(failure);
  }

  /** A line about a failure that is not ours, without its message. */
  static String unexpected(Throwable failure) {
    return Unloadable.of(failure)
        .map(known -> known.problems().get(0).toString())
        .orElseGet(() -> internal(failure));
  }

  private static String internal(Throwable failure) {
    return place(failure)
        + ": error INTERNAL an unexpected "
        + failure.getClass().getSimpleName()
        + " ended the command; report it with this line";
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
