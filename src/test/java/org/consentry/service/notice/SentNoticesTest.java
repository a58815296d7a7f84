package org.consentry.service.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consentry.service.notice.SentNotices.Line;
import org.consentry.service.notice.SentNotices.State;
import org.consentry.service.notice.SentNotices.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record of notices that grew large goes on with what may still count. */
final class SentNoticesTest {

  private static final Instant LONG_AGO = Instant.parse("2024-01-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));
  private static final Instant YEAR_AGO = NOW.minus(Duration.ofDays(366));

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("notices.jsonl");
  }

  private SentNotices read(long largest) throws IOException {
    SentNotices sent = new SentNotices(file(), largest);
    sent.update();
    return sent;
  }

  private static void add(SentNotices sent, Instant at, String notice, Step... steps)
      throws IOException {
    for (Step step : steps) {
      sent.add(new Line(at.toString(), step, notice, "mail", "no"));
    }
  }

  private SentNotices filled() throws IOException {
    SentNotices sent = read(10);
    sent.add(new Line(LONG_AGO.toString(), Step.SINCE, "", "", ""));
    add(sent, LONG_AGO, "released/run-1", Step.BEGUN, Step.SENT);
    add(sent, LONG_AGO, "failed/run-2/75", Step.BEGUN, Step.UNKNOWN);
    add(sent, LONG_AGO, "staged/run-3/7", Step.BEGUN, Step.SENT);
    add(sent, LONG_AGO, "recall-due/run-1/2024", Step.BEGUN, Step.SENT);
    add(sent, YESTERDAY, "released/run-4", Step.BEGUN, Step.REFUSED, Step.BEGUN, Step.REFUSED);
    add(sent, YESTERDAY, "failed/run-5/12", Step.BEGUN, Step.REFUSED, Step.BEGUN);
    return sent;
  }

  @Test
  void aLargeFileIsCopiedAndWhatMayStillCountIsKnownAsBefore() throws IOException {
    SentNotices before = filled();
    List<String> lines = Files.readAllLines(file());

    before.rotate(NOW);

    for (SentNotices after : List.of(before, read(10))) {
      assertThat(after.since()).contains(YEAR_AGO);
      assertThat(after.find("released/run-1", "mail")).isEmpty();
      assertThat(after.find("failed/run-2/75", "mail")).isEmpty();
      assertThat(after.find("staged/run-3/7", "mail"))
          .isEqualTo(Optional.of(new State(Step.SENT, LONG_AGO, 0)));
      assertThat(after.find("recall-due/run-1/2024", "mail"))
          .isEqualTo(Optional.of(new State(Step.SENT, LONG_AGO, 0)));
      assertThat(after.find("released/run-4", "mail"))
          .isEqualTo(Optional.of(new State(Step.REFUSED, YESTERDAY, 2)));
      assertThat(after.find("failed/run-5/12", "mail"))
          .isEqualTo(Optional.of(new State(Step.BEGUN, YESTERDAY, 1)));
    }
    assertThat(Files.readAllLines(folder.resolve("notices-1.jsonl"))).isEqualTo(lines);
  }

  @Test
  void aCopyIsNeverReplaced() throws IOException {
    filled().rotate(NOW);
    String first = Files.readString(folder.resolve("notices-1.jsonl"));

    read(10).rotate(NOW);

    assertThat(folder.resolve("notices-1.jsonl")).hasContent(first);
    assertThat(folder.resolve("notices-2.jsonl")).exists();
  }

  @Test
  void aSmallFileStaysAsItIs() throws IOException {
    filled();

    read(100_000).rotate(NOW);

    assertThat(folder.resolve("notices-1.jsonl")).doesNotExist();
    assertThat(read(10).since()).contains(LONG_AGO);
  }
}
