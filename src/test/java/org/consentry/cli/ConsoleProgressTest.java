package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.consentry.cli.ConsoleProgress.Kind;
import org.consentry.cli.ConsoleProgress.Screen;
import org.consentry.export.RunStep;
import org.junit.jupiter.api.Test;

/** Progress on a terminal, elsewhere, and for programs. */
final class ConsoleProgressTest {

  private final StringWriter err = new StringWriter();
  private final AtomicLong seconds = new AtomicLong();

  private ConsoleProgress progress(Kind kind, int width, Console.Form form) {
    return new ConsoleProgress(
        new Console(new PrintWriter(err), new PrintWriter(err), form),
        () -> Instant.EPOCH.plusSeconds(seconds.get()),
        new Screen(kind, width),
        Optional.empty());
  }

  @Test
  void showsOneLineAMinuteWhereThereIsNoTerminal() {
    ConsoleProgress progress = progress(Kind.LINES, Integer.MAX_VALUE, Console.Form.TEXT);
    progress.begin("run", List.of(RunStep.DECIDE, RunStep.EXTRACT));
    progress.step(RunStep.EXTRACT);
    progress.total(1000);

    for (int second = 0; second < 150; second += 10) {
      seconds.addAndGet(10);
      progress.rows("visits", 20_000, 10_000);
      progress.done(50);
    }
    progress.end();

    assertThat(err.toString().lines())
        .containsExactly(
            "extracting",
            "extracting (2 of 2), 25 %, about 3 min left in this step, table visits,"
                + " 120,000 rows read, 60,000 released, 2,000 rows/s",
            "extracting (2 of 2), 55 %, about 99 s left in this step, table visits,"
                + " 240,000 rows read, 120,000 released, 2,000 rows/s");
  }

  @Test
  void writesOverItsLineOnATerminalAndFitsTheWidth() {
    ConsoleProgress progress = progress(Kind.TERMINAL, 30, Console.Form.TEXT);
    progress.step(RunStep.SORT);
    progress.total(4);
    seconds.addAndGet(10);
    progress.done(1);
    seconds.addAndGet(10);
    progress.done(3);

    progress.note("a note");

    assertThat(err.toString())
        .isEqualTo("sorting\n\rsorting, 25 %\rsorting, 100 %\r              \ra note\n");
  }

  @Test
  void givesProgramsAnEventForEachStepAndForItsEnd() {
    ConsoleProgress progress = progress(Kind.EVENTS, 80, Console.Form.JSON);
    progress.step(RunStep.SCAN);
    progress.total(2);
    progress.done(2);
    progress.step(RunStep.SEAL);
    progress.end();

    assertThat(err.toString().lines().map(line -> line.replaceAll("\"at\":\"[^\"]*\",", "")))
        .containsExactly(
            "{\"event\":\"step\",\"step\":\"scanning\"}",
            "{\"event\":\"progress\",\"percent\":100,\"rowsPerSecond\":0,\"rowsRead\":0,"
                + "\"rowsReleased\":0,\"seconds\":0,\"step\":\"scanning\"}",
            "{\"event\":\"step\",\"step\":\"sealing\"}");
  }
}
