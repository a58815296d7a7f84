package org.consentry.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.consentry.export.Progress;

/**
 * Progress on standard error: on a terminal a line that is written over, elsewhere one line a
 * minute. Counts and rates only.
 */
final class ConsoleProgress implements Progress {

  private static final Duration ON_TERMINAL = Duration.ofMillis(500);
  private static final Duration ELSEWHERE = Duration.ofMinutes(1);

  private final Console console;
  private final Supplier<Instant> clock;
  private final Duration pause;
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong released = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong total = new AtomicLong();
  private Instant began;
  private Instant shown;

  ConsoleProgress(Console console, Supplier<Instant> clock, boolean terminal) {
    this.console = console;
    this.clock = clock;
    this.pause = terminal ? ON_TERMINAL : ELSEWHERE;
    this.began = clock.get();
    this.shown = began;
  }

  @Override
  public synchronized void phase(String words) {
    console.remark(words);
    began = clock.get();
    shown = began;
  }

  @Override
  public void total(long bytes) {
    total.set(bytes);
  }

  @Override
  public void rows(long rowsRead, long rowsReleased) {
    read.addAndGet(rowsRead);
    released.addAndGet(rowsReleased);
    show();
  }

  @Override
  public void done(long bytes) {
    done.addAndGet(bytes);
    show();
  }

  @Override
  public synchronized void levels(long looked, long most) {
    if (isTime()) {
      console.remark(looked + " of at most " + most + " combinations of levels looked at");
    }
  }

  @Override
  public void note(String words) {
    console.remark(words);
  }

  /** Whether the last line was long enough ago; the next is shown now then. */
  private boolean isTime() {
    Instant now = clock.get();
    boolean isLong = Duration.between(shown, now).compareTo(pause) >= 0;
    shown = isLong ? now : shown;
    return isLong;
  }

  private synchronized void show() {
    if (!isTime()) {
      return;
    }
    double seconds = Math.max(0.001, Duration.between(began, shown).toMillis() / 1000.0);
    long left =
        done.get() == 0 ? -1 : Math.round(seconds * (total.get() - done.get()) / done.get());
    console.remark(
        String.format(
            Locale.ROOT,
            "%,d rows read, %,d released, %,.0f rows/s%s",
            read.get(),
            released.get(),
            read.get() / seconds,
            left < 0 ? "" : ", about " + left + " s left"));
  }
}
