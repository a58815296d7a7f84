package org.consentry.service.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.consentry.followup.Moments;
import org.consentry.followup.RunView;
import org.consentry.ledger.ProgressFile;
import org.consentry.ledger.RunProgress;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No card has a count that the manifest masks. */
final class RunCardTest {

  private static final String AT = "2026-01-01T00:00:00Z";

  @TempDir private Path folder;

  private RunCard card(RunRecord.State state, String message, Optional<RunProgress> live) {
    return card(state, message, live, Optional.empty());
  }

  private RunCard card(
      RunRecord.State state, String message, Optional<RunProgress> live, Optional<String> atWork) {
    RunRecord record =
        new RunRecord(
            "a-run",
            "a",
            "S1",
            "job.yaml",
            "releases",
            state,
            AT,
            AT,
            "2026-01-01",
            "",
            "",
            "",
            message,
            1,
            Map.of(),
            List.of("ada"));
    RunView view =
        new RunView(
            record,
            state.name(),
            live.map(progress -> new ProgressFile.Filed(1, Instant.parse(AT), progress)),
            Optional.empty(),
            List.of(),
            0,
            RunView.Recorded.AS_NEW);
    return RunCard.of(view, Moments.of(new StateFolder(folder)), atWork);
  }

  private String message(String words, String hint) {
    Problem problem = Problem.error("SMALL_GROUPS", Place.of("risk 41"), words, hint);
    return card(RunRecord.State.FAILED, problem.toString(), Optional.empty()).message();
  }

  @Test
  void aRunThatFailedShowsCodeAndAdviceWithoutTheCounts() {
    String counts = "3 of 512 released subjects are in groups of fewer than 11";

    assertThat(message(counts, "make the groups of ages wider"))
        .isEqualTo(
            "SMALL_GROUPS; make the groups of ages wider; consentry status a-run shows the whole"
                + " message");
    assertThat(message(counts, "")).doesNotContainPattern("\\d").startsWith("SMALL_GROUPS; ");
    assertThat(message(counts, "leave out 3 of them")).doesNotContainPattern("\\d");
    assertThat(message("a; " + counts, "")).doesNotContainPattern("\\d");
    assertThat(card(RunRecord.State.STOPPED, "stopped by a signal", Optional.empty()).message())
        .isEqualTo("stopped by a signal");
  }

  @Test
  void aRunIsStoppedWhereItIsAtWorkAndNowhereElse() {
    assertThat(labels(Optional.of("a-run"))).containsExactly("Stop");
    assertThat(labels(Optional.of("another-run"))).isEmpty();
    assertThat(labels(Optional.empty())).isEmpty();
  }

  private List<String> labels(Optional<String> atWork) {
    return card(RunRecord.State.RUNNING, "", Optional.empty(), atWork).posts().stream()
        .map(Post::label)
        .toList();
  }

  @Test
  void aRunAtWorkShowsPercentSpeedAndTimeLeftWithoutCountsOfRows() {
    RunProgress progress =
        new RunProgress(
            "a-run",
            "extract",
            3,
            7,
            10,
            "visits",
            51_230,
            47,
            new RunProgress.Estimate(
                OptionalInt.of(40), OptionalLong.of(30), RunProgress.Change.NONE));

    String words =
        card(RunRecord.State.RUNNING, "", Optional.of(progress)).live().orElseThrow().words();

    assertThat(words)
        .isEqualTo(
            "extract (3 of 7), 40 %, about 30 s left in this step, table visits, 5,123 rows/s");
  }
}
