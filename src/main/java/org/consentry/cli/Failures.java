package org.consentry.cli;

import org.consentry.problem.Category;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Says what went wrong and gives the exit code. The message of an exception that is not ours may
 * quote a record, so of such a one only the type and the place in our code are told.
 */
final class Failures implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) {
    if (failure instanceof ProblemException known) {
      for (Problem problem : known.problems()) {
        commandLine.getErr().println(problem);
      }
      commandLine.getErr().flush();
      return known.category().exitCode();
    }
    commandLine
        .getErr()
        .println(
            place(failure)
                + ": error INTERNAL an unexpected "
                + failure.getClass().getSimpleName()
                + " ended the command; report it with this line");
    commandLine.getErr().flush();
    return Category.RUN_FAILED.exitCode();
  }

  private static String place(Exception failure) {
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (frame.getClassName().startsWith("org.consentry.")) {
        return frame.getClassName() + ":" + frame.getLineNumber();
      }
    }
    return "consentry";
  }
}
