package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.consentry.cli.Installation.Answer;
import org.consentry.export.StateSession;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.Staging;
import org.consentry.ledger.StateFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is purged, and what is not. */
final class PurgeTest {

  private static final String JOB = "eyelid-outcomes";

  @TempDir private static Path folder;
  private static Installation place;
  private static RunRecord first;

  @BeforeAll
  static void releaseOnce() throws IOException {
    place = Installation.in(folder.toRealPath());
    CanaryClinic.over(place);
    assertThat(place.run(JOB).exitCode()).isEqualTo(0);
    first = place.newestRun();
    place.keepCopy();
  }

  @BeforeEach
  void beginWithOneRelease() {
    place.restoreCopy();
  }

  @Test
  void removesOldRecordsHistoryAndLeftoversAndNothingElse() throws IOException {
    Staging left = Staging.of(place.root().resolve("releases"), first.run());
    left.prepare();
    Files.createDirectory(place.home().resolve("db.damaged-20200101T000000Z"));
    SortedMap<String, String> before = lasting();
    Instant in401Days = Instant.now().plus(Duration.ofDays(401));

    Purge.Outcome outcome = purge(in401Days);

    assertThat(outcome.records()).isEqualTo(1);
    assertThat(outcome.history()).isEqualTo(1);
    assertThat(outcome.databases()).isEqualTo(1);
    assertThat(outcome.unfinished()).isEmpty();
    assertThat(left.folder()).doesNotExist();
    assertThat(Installation.files(place.home().resolve("runs"))).isEmpty();
    assertThat(place.home().resolve("db.damaged-20200101T000000Z")).doesNotExist();
    assertThat(Leaks.databaseRows(place.home()))
        .noneMatch(
            row -> row.matches("(?s)BATCH_(JOB|STEP)_(INSTANCE|EXECUTION)(_PARAMS|_CONTEXT)?: .*"));
    assertThat(lasting()).containsAllEntriesOf(before);
    assertThat(Ledger.read(new StateFolder(place.home())).head().orElseThrow().facts())
        .containsEntry(LedgerFact.BEFORE, in401Days.minus(Duration.ofDays(400)).toString());
  }

  @Test
  void theStateFolderIsInOrderAfterwardsAndReleasesGoOn() {
    purge(Instant.now().plus(Duration.ofDays(401)));
    List<String> accept = List.of("--accept-clock", "the clock was ahead for this test");

    Answer verified = place.call("ledger", "verify", "--full");
    Answer next = place.call("run", place.job(JOB).toString(), accept.get(0), accept.get(1));
    Answer accounted = place.call("accounting", "--patient", CanaryClinic.Person.RELEASED.id());

    assertThat(verified.exitCode()).as(verified.err()).isEqualTo(0);
    assertThat(next.exitCode()).as(next.err()).isEqualTo(0);
    assertThat(accounted.exitCode()).as(accounted.err()).isEqualTo(0);
    assertThat(place.releases(JOB)).hasSize(2);
  }

  @Test
  void leavesWhatIsYoungerAndWhatHasNotEnded() {
    RunRecords records = new RunRecords(new StateFolder(place.home()));
    records.write(
        new RunRecord(
            "old-1",
            JOB,
            "IRB-2026-014",
            "/j.yaml",
            place.root().resolve("releases").toString(),
            RunRecord.State.FAILED,
            "2020-01-01T00:00:00Z",
            "2020-01-01T00:00:00Z",
            "2020-01-01",
            "",
            "",
            "",
            "",
            1,
            Map.of(),
            List.of("ops")));

    Answer answer = place.call("purge", "--keep", "400d");

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
    assertThat(answer.out())
        .contains(": 0 run records, 0 job instances, 0 damaged job" + " repositories\n")
        .endsWith(
            "kept old-1, which has not ended: consentry resume old-1   or   consentry abandon"
                + " old-1\n");
    assertThat(records.find("old-1")).isPresent();
    assertThat(records.find(first.run())).isPresent();
    assertThat(Ledger.read(new StateFolder(place.home())).entries(LedgerEntry.Kind.PURGED))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"400", "0d", "-1d", "d", "1y", "999999d", ""})
  void refusesAPeriodThatIsNoNumberOfDays(String keep) {
    Answer answer = place.call("purge", "--keep=" + keep);

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err())
        .isEqualTo(
            "--keep: error KEEP expected a number of days from 1d to 99999d; write --keep 400d\n");
  }

  private static Purge.Outcome purge(Instant now) {
    try (StateSession session =
        StateSession.open(
            Sessions.environment(
                new StateFolder(place.home()), Installation.silent(), step -> {}, () -> now))) {
      return Purge.run(session, Duration.ofDays(400), remark -> {});
    }
  }

  /** Digests of what lasts: code vaults, exact manifests, files of members, keys, releases. */
  private static SortedMap<String, String> lasting() {
    SortedMap<String, String> lasting = new TreeMap<>();
    for (String kept : List.of("state/vault", "state/manifests", "state/members", "releases")) {
      Installation.digests(place.root().resolve(kept))
          .forEach((file, digest) -> lasting.put(kept + "/" + file, digest));
    }
    lasting.keySet().removeIf(file -> file.contains(".staging"));
    return lasting;
  }
}
