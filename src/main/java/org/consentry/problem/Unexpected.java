package org.consentry.problem;

/** A failure that is none of ours, without its message, which may quote a record. */
public final class Unexpected {

  private Unexpected() {}

  /** The type of the failure and the place in our code; of a class that is not loaded, why. */
  public static ProblemException of(Throwable failure) {
    return Unloadable.of(failure).orElseGet(() -> internal(failure));
  }

  private static ProblemException internal(Throwable failure) {
    StackTraceElement[] stack = failure.getStackTrace();
    StackTraceElement ours = null;
    for (StackTraceElement frame : stack) {
      if (ours == null && frame.getClassName().startsWith("org.consentry.")) {
        ours = frame;
      }
    }
    String where = ours == null ? "unknown" : ours.getClassName() + ":" + ours.getLineNumber();
    return ProblemException.of(
        Category.RUN_FAILED,
        "INTERNAL",
        Place.of(where),
        "an unexpected " + failure.getClass().getSimpleName() + " ended the run",
        "report it with this line; the message is withheld because it may quote a record");
  }
}
