package org.consentry.batch;

import java.util.concurrent.atomic.AtomicBoolean;

/** Asks a run to stop at the end of the batch it is at; nothing already done is lost. */
public final class StopRequest {

  private final AtomicBoolean asked = new AtomicBoolean();

  /** Asks. May be called from any thread, more than once. */
  public void ask() {
    asked.set(true);
  }

  /** Whether a stop was asked for. */
  public boolean isAsked() {
    return asked.get();
  }
}
