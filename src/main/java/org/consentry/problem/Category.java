package org.consentry.problem;

/** What kind of thing went wrong. The category alone decides the exit code of the process. */
public enum Category {
  /** The run failed for a reason none of the others names. */
  RUN_FAILED(1),
  /** The command line could not be understood. */
  USAGE(2),
  /** A job, mapping, list, consent or source file is invalid. */
  FILES_INVALID(10),
  /** Another run has the lock. */
  LOCKED(11),
  /** An approval, agreement or board approval is missing, expired or not verifiable. */
  AUTHORITY(12),
  /** A disclosure check failed; nothing was released. */
  DISCLOSURE_CHECK(13),
  /** A key, or the state that earlier releases depend on, is missing or open to others. */
  KEY(14),
  /** Decisions or inputs changed since the run began. */
  STALE(15),
  /** A release does not verify. */
  VERIFY(20),
  /** Something outside the program failed and may work when tried again. */
  TEMPORARY(75);

  private final int exitCode;

  Category(int exitCode) {
    this.exitCode = exitCode;
  }

  /** Returns the exit code of the process, 1 to 75. */
  public int exitCode() {
    return exitCode;
  }
}
