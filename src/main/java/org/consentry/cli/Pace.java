package org.consentry.cli;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.consentry.ledger.RunProgress;

/**
 * How far a step is and how long it still takes. The estimate only shrinks, unless the work has
 * become so much slower that it would be wrong by a fifth and more; it is reported as grown then.
 * Not thread-safe.
 */
final class Pace {

  /** Before so many milliseconds nothing is known of the speed. */
  private static final long TOO_EARLY = 2_000;

  /** Nor before this share is done: the first pieces end long after they began. */
  private static final double TOO_LITTLE = 0.05;

  private static final double MUCH_LONGER = 1.2;
  private static final long FEW_SECONDS = 5;

  private OptionalLong shown = OptionalLong.empty();

  /**
   * Estimates.
   *
   * @param done units that are done
   * @param total units of the step; 0 when they are not known
   * @param elapsedMillis since the step began
   */
  RunProgress.Estimate at(long done, long total, long elapsedMillis) {
    if (total <= 0) {
      return new RunProgress.Estimate(
          OptionalInt.empty(), OptionalLong.empty(), RunProgress.Change.NONE);
    }
    long sure = Math.max(0, Math.min(done, total));
    int percent = (int) (100.0 * sure / total);
    if (sure < total * TOO_LITTLE || elapsedMillis < TOO_EARLY) {
      return new RunProgress.Estimate(
          OptionalInt.of(percent), OptionalLong.empty(), RunProgress.Change.NONE);
    }
    long left = (long) Math.ceil(elapsedMillis / 1000.0 * (total - sure) / sure);
    boolean hasGrown = shown.isPresent() && left > shown.getAsLong() * MUCH_LONGER + FEW_SECONDS;
    shown = OptionalLong.of(shown.isEmpty() || hasGrown ? left : Math.min(left, shown.getAsLong()));
    return new RunProgress.Estimate(
        OptionalInt.of(percent),
        shown,
        hasGrown ? RunProgress.Change.SLOWER : RunProgress.Change.NONE);
  }
}
