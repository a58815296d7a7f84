package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.consentry.ledger.RunRecord;
import org.junit.jupiter.api.Test;

/** How long the steps of a run take. */
final class StepTimesTest {

  private static final RunRecord RECORD =
      new RunRecord(
          "a-run",
          "a",
          "S1",
          "job.yaml",
          "releases",
          RunRecord.State.RUNNING,
          "2026-01-01T00:00:00Z",
          "2026-01-01T00:00:00Z",
          "2026-01-01",
          "",
          "",
          "",
          "",
          0,
          Map.of("visits rows released", 20L, "seconds sealing", 40L),
          List.of("ada"));

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final StepTimes times = new StepTimes(new NoProgress(), () -> now);

  private void pass(long millis) {
    now = now.plus(Duration.ofMillis(millis));
  }

  @Test
  void eachStepHasItsSecondsAndAStepOfBeforeIsNotForgotten() {
    times.begin("a-run", List.of());
    times.step(RunStep.DECIDE);
    pass(1_400);
    times.step(RunStep.EXTRACT);
    pass(2_600);
    times.step(RunStep.DECIDE);
    pass(1_400);

    RunRecord record = times.in(RECORD, now.toString());

    assertThat(record.seconds())
        .isEqualTo(Map.of("deciding consent", 3L, "extracting", 3L, "sealing", 40L));
    assertThat(record.counts()).containsEntry("visits rows released", 20L);
  }

  @Test
  void aClockThatIsSetBackGivesNoTime() {
    times.begin("a-run", List.of());
    times.step(RunStep.SORT);
    pass(-5_000);

    assertThat(times.in(RECORD, now.toString()).seconds()).containsEntry("sorting", 0L);
  }

  @Test
  void theNextRunBeginsAgain() {
    times.begin("a-run", List.of());
    times.step(RunStep.SORT);
    pass(5_000);
    times.begin("b-run", List.of());

    assertThat(times.in(RECORD, now.toString()).seconds()).containsOnlyKeys("sealing");
  }
}
