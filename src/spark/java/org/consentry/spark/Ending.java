package org.consentry.spark;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Whether an application ends because its run is at its end or was asked to stop. */
final class Ending implements BooleanSupplier {

  static final long POLL_MILLIS = 200;

  /** Spark stops itself at the signal that asks the run to stop, and may be the first of both. */
  private static final long SIGNAL_SECONDS = 2;

  private final BooleanSupplier isStopped;
  private volatile boolean isClosing;

  /**
   * Of an application that was just started.
   *
   * @param isStopped whether its run was asked to stop
   */
  Ending(BooleanSupplier isStopped) {
    this.isStopped = isStopped;
  }

  /** The run needs the application no more. */
  void close() {
    isClosing = true;
  }

  @Override
  public boolean getAsBoolean() {
    return isClosing || isStopped.getAsBoolean();
  }

  /** The same, when Spark has ended and this may be known a moment later. */
  boolean isKnownSoon() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SIGNAL_SECONDS);
    while (!getAsBoolean() && System.nanoTime() < end) {
      pause();
    }
    return getAsBoolean();
  }

  static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
