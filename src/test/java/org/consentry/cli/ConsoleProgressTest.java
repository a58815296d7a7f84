package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A long search shows how far it is, and a short one no more than it has to. */
final class ConsoleProgressTest {

  @Test
  void aSearchReportsOnceAMinuteHowManyCombinationsItLookedAt() {
    StringWriter err = new StringWriter();
    AtomicLong seconds = new AtomicLong();
    ConsoleProgress progress =
        new ConsoleProgress(
            new Console(new PrintWriter(err), new PrintWriter(err), Console.Form.TEXT),
            () -> Instant.EPOCH.plusSeconds(seconds.get()),
            false);

    for (int looked = 1; looked <= 15; looked++) {
      seconds.addAndGet(10);
      progress.levels(looked, 12960);
    }

    assertThat(err.toString().lines())
        .containsExactly(
            "6 of at most 12960 combinations of levels looked at",
            "12 of at most 12960 combinations of levels looked at");
  }
}
