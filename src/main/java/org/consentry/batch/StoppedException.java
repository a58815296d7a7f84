package org.consentry.batch;

import java.io.Serial;

/** Ends a stage of a run that was asked to stop. */
final class StoppedException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  StoppedException() {
    super("the run was asked to stop");
  }
}
