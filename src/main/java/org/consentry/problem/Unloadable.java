package org.consentry.problem;

import java.util.Optional;

/**
 * A class or a native library that Java could not load. It is part of the program, so the cause is
 * the machine: Parquet's compression is unpacked into the folder for temporary files and run from
 * there, and every library needs an open file. Another try finds the same machine.
 */
public final class Unloadable {

  private Unloadable() {}

  /** What to do about a failure; empty when it is of another kind. */
  public static Optional<ProblemException> of(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof LinkageError) {
        return Optional.of(problem());
      }
    }
    return Optional.empty();
  }

  private static ProblemException problem() {
    return ProblemException.of(
        Category.RUN_FAILED,
        "NOT_LOADED",
        Place.of(System.getProperty("java.io.tmpdir", "java.io.tmpdir")),
        "a library of the program cannot be loaded",
        "check that this folder has room and lets programs run (no mount option noexec), or name"
            + " another by CONSENTRY_JAVA_OPTS=-Djava.io.tmpdir=DIR; check that a process may open"
            + " 256 files (ulimit -n); then resume the run");
  }
}
