package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.consentry.keys.LedgerKey;
import org.consentry.keys.SigningKey;
import org.consentry.problem.ProblemException;
import org.consentry.testing.KillingFiles;
import org.consentry.testing.PowerLoss;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a method promises to be on the disk is there after a loss of power. */
final class LedgerPowerLossTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir Path home;

  /** The folder as it is, and the same on a disk that loses what was not flushed. */
  private StateFolder state = new StateFolder(Path.of(""));

  private StateFolder disk = state;

  @BeforeEach
  void prepare() {
    state = new StateFolder(home);
    state.prepare();
    disk = new StateFolder(onDisk(home));
  }

  private static Path onDisk(Path path) {
    return new KillingFiles(FileSystems.getDefault().provider()).getPath(path.toUri());
  }

  @Test
  void aLedgerIsThereWhenItWasMade() {
    PowerLoss.begin(home);
    Ledger.open(disk, () -> NOON);
    PowerLoss.strike();

    assertThat(Ledger.read(state).entries()).isEmpty();
  }

  @Test
  void anEntryIsThereWhenItWasAppended() {
    PowerLoss.begin(home);
    Ledger ledger = Ledger.open(disk, () -> NOON);
    LedgerEntry first = append(ledger, "run-1");
    LedgerEntry second = append(ledger, "run-2");
    PowerLoss.strike();

    assertThat(Ledger.read(state).entries()).containsExactly(first, second);
  }

  @Test
  void anEntryThatTheDiskRefusedIsNotThere() {
    Ledger.open(state, () -> NOON);
    LedgerForger forger = new LedgerForger(state);
    forger.refuseEntries();
    PowerLoss.begin(home);
    assertThatThrownBy(() -> append(Ledger.open(disk, () -> NOON), "run-1"))
        .isInstanceOf(ProblemException.class);
    PowerLoss.strike();
    forger.acceptEntries();

    assertThat(Ledger.read(state).entries()).isEmpty();
  }

  @Test
  void aRemovedRunRecordDoesNotComeBack() {
    LedgerKey.generate().writeNew(state.ledgerKey());
    RunRecord record =
        new RunRecord(
            "job-1",
            "job",
            "IRB-1",
            "/jobs/job.yaml",
            "/releases",
            RunRecord.State.FAILED,
            NOON.toString(),
            NOON.toString(),
            "2026-11-01",
            "",
            "sha256:ab",
            "",
            "",
            10,
            Map.of(),
            List.of("ops"));
    PowerLoss.begin(home);
    new RunRecords(disk).write(record);
    PowerLoss.strike();
    assertThat(new RunRecords(state).find("job-1")).contains(record);

    PowerLoss.begin(home);
    new RunRecords(disk).remove("job-1");
    PowerLoss.strike();
    assertThat(new RunRecords(state).find("job-1")).isEmpty();
  }

  @Test
  void aDatabaseThatWasSetAsideStaysAside() throws IOException {
    Files.writeString(state.database("script"), "damaged");
    PowerLoss.begin(home);
    disk.setDatabaseAside(NOON);
    PowerLoss.strike();

    assertThat(home.resolve("db.damaged-20261123T120000Z/consentry.script")).hasContent("damaged");
    assertThat(home.resolve("db")).isEmptyDirectory();
  }

  @Test
  void aRecallListIsWholeWhenItWasWritten() throws IOException {
    Path lists = Files.createDirectory(home.resolve("recalls"));
    PowerLoss.begin(home);
    RecallFolder.write(
        onDisk(lists).resolve("list"),
        Map.of("recall.csv", "code\r\n"),
        NOON,
        "clinic-releases",
        SigningKey.generate());
    PowerLoss.strike();

    assertThat(lists.resolve("list/recall.csv"))
        .hasBinaryContent("code\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(lists.resolve("list/SHA256SUMS.sig")).exists();
  }

  @Test
  void whatWasPutIntoStagingIsThereOnceItIsFlushed() throws IOException {
    Staging staging = Staging.of(onDisk(home), "job-1");
    PowerLoss.begin(home);
    staging.prepare();
    Files.createFile(staging.release().resolve("part.csv"));
    staging.sync(staging.release());
    PowerLoss.strike();

    assertThat(home.resolve(".staging/job-1/release/part.csv")).exists();
    assertThat(home.resolve(".staging/job-1/work")).isEmptyDirectory();
  }

  private static LedgerEntry append(Ledger ledger, String run) {
    return ledger.append(
        NOON, new LedgerEvent(LedgerEntry.Kind.REFUSED, run, "job", "IRB-1", Map.of()));
  }
}
