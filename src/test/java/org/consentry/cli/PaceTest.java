package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.consentry.export.RunStep;
import org.consentry.ledger.RunProgress;
import org.junit.jupiter.api.Test;

final class PaceTest {

  private final Pace pace = new Pace();

  @Test
  void knowsNoTimeBeforeATwentiethIsDone() {
    assertThat(pace.at(49, 1000, 60_000)).isEqualTo(estimate(4, OptionalLong.empty()));
    assertThat(pace.at(50, 1000, 60_000)).isEqualTo(estimate(5, OptionalLong.of(1140)));
  }

  @Test
  void onlyShrinksWhereTheWorkIsALittleSlower() {
    pace.at(500, 1000, 100_000);

    assertThat(pace.at(500, 1000, 110_000)).isEqualTo(estimate(50, OptionalLong.of(100)));
    assertThat(pace.at(900, 1000, 180_000)).isEqualTo(estimate(90, OptionalLong.of(20)));
  }

  @Test
  void growsAndReportsItWhereTheWorkIsMuchSlower() {
    pace.at(500, 1000, 100_000);

    assertThat(pace.at(500, 1000, 200_000))
        .isEqualTo(
            new RunProgress.Estimate(
                OptionalInt.of(50), OptionalLong.of(200), RunProgress.Change.SLOWER));
  }

  @Test
  void aLineLeavesOutWhatDoesNotFit() {
    RunProgress view =
        new RunProgress(
            "run",
            RunStep.EXTRACT.words(),
            2,
            9,
            100,
            "visits",
            1_000,
            500,
            new RunProgress.Estimate(
                OptionalInt.of(50), OptionalLong.of(200), RunProgress.Change.SLOWER));

    assertThat(view.line(200))
        .isEqualTo(
            "extracting (2 of 9), 50 %, about 4 min left in this step, more than before because the"
                + " work has become slower, table visits, 1,000 rows read, 500 released,"
                + " 10 rows/s");
    assertThat(view.fields()).containsEntry("moreBecause", "the work has become slower");
    assertThat(view.line(79))
        .isEqualTo("extracting (2 of 9), 50 %, about 4 min left in this step, table visits");
    assertThat(view.line(8)).isEqualTo("extracti");
  }

  private static RunProgress.Estimate estimate(int percent, OptionalLong left) {
    return new RunProgress.Estimate(OptionalInt.of(percent), left, RunProgress.Change.NONE);
  }
}
