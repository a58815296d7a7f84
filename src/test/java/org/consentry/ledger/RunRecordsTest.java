package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.consentry.keys.LedgerKey;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunRecordsTest {

  @TempDir Path home = Path.of("");

  private StateFolder state = new StateFolder(home);
  private RunRecords records = new RunRecords(state);

  @BeforeEach
  void prepare() {
    state = new StateFolder(home);
    state.prepare();
    LedgerKey.generate().writeNew(state.ledgerKey());
    records = new RunRecords(state);
  }

  @Test
  void remembersARunAsItWasWritten() {
    RunRecord written = record("job-1", "2026-11-23T12:00:00Z");

    records.write(written);

    assertThat(records.find("job-1")).contains(written);
    assertThat(records.all()).containsExactly(written);
  }

  @Test
  void remembersTheLastStateOfARun() {
    RunRecord begun = record("job-1", "2026-11-23T12:00:00Z");
    RunRecord failed = begun.with(RunRecord.State.FAILED, "2026-11-23T12:01:00Z", "why", 10);
    RunRecord published = begun.published("2026-11-23T12:02:00Z", "2026-11-23-r1", 3);

    records.write(begun);
    records.write(failed);
    assertThat(records.find("job-1")).contains(failed);
    records.write(published);

    assertThat(records.find("job-1")).contains(published);
    assertThat(published.message()).isEmpty();
    assertThat(published.exitCode()).isEqualTo(3);
  }

  @Test
  void removesWhatAKilledWriteLeftAndNothingElse() throws IOException {
    records.write(record("job-1", "2026-11-23T12:00:00Z"));
    Path half = Files.writeString(state.runs().resolve("job-1.json.new"), "{\"run\": \"jo");
    Path empty = Files.writeString(state.runs().resolve("job-2.json.new"), "");
    Path other = Files.writeString(state.runs().resolve("notes.new"), "mine");

    records.removeUnfinished();

    assertThat(half).doesNotExist();
    assertThat(empty).doesNotExist();
    assertThat(other).exists();
    assertThat(records.all()).extracting(RunRecord::run).containsExactly("job-1");
  }

  @Test
  void writesARecordOverWhatAKilledWriteLeft() throws IOException {
    Files.writeString(state.runs().resolve("job-1.json.new"), "{\"run\": \"jo");
    RunRecord written = record("job-1", "2026-11-23T12:00:00Z");

    records.write(written);

    assertThat(records.find("job-1")).contains(written);
    assertThat(state.runs().resolve("job-1.json.new")).doesNotExist();
  }

  @Test
  void listsTheNewestFirstAndNoHalfWrittenOne() throws IOException {
    records.write(record("job-1", "2026-11-23T12:00:00Z"));
    records.write(record("job-3", "2026-11-25T12:00:00Z"));
    records.write(record("job-2", "2026-11-24T12:00:00Z"));
    Files.writeString(state.runs().resolve("job-4.json.new"), "{\"run\": \"jo");

    assertThat(records.all()).extracting(RunRecord::run).containsExactly("job-3", "job-2", "job-1");
  }

  @Test
  void knowsNothingOfARunThatWasNotWritten() {
    assertThat(records.find("job-1")).isEmpty();
    assertThat(new RunRecords(new StateFolder(home.resolve("new"))).all()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "..",
        ".",
        "",
        "a/b",
        "a\\b",
        "/etc/passwd",
        ".hidden",
        "-rf",
        "a b",
        "a\nb",
        "job-\u0000",
        "jöb",
        "x/../../x"
      })
  void takesNoWordForARunThatLeadsOutOfItsFolder(String hostile) throws IOException {
    Files.writeString(home.resolve("x.json"), "{}");

    assertThat(records.find(hostile)).isEmpty();
    assertThatThrownBy(() -> record(hostile, "2026-11-23T12:00:00Z"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a run id is letters, digits, dots, dashes and underscores");
    assertThatThrownBy(() -> Staging.of(home, hostile))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a run id is letters, digits, dots, dashes and underscores");
  }

  @Test
  void takesNoWordLongerThanAFileNameMayBe() {
    assertThat(RunRecord.isId("a".repeat(121))).isTrue();
    assertThat(RunRecord.isId("a".repeat(122))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"run\":\"job-1\"}",
        "{\"run\":\"job-1\",\"counts\":{}}",
        "{\"record\":null,\"mac\":\"\"}",
        "RECORD more",
        "RECORD RECORD"
      })
  void refusesARecordThatIsNotWhole(String text) throws IOException {
    records.write(record("job-1", "2026-11-23T12:00:00Z"));
    Path file = state.runs().resolve("job-1.json");
    Files.writeString(file, text.replace("RECORD", Files.readString(file)));

    assertUnreadable(file);
  }

  @Test
  void refusesARecordCutOffAnywhere() throws IOException {
    records.write(record("job-1", "2026-11-23T12:00:00Z"));
    Path file = state.runs().resolve("job-1.json");
    String whole = Files.readString(file).stripTrailing();

    for (int length = 0; length < whole.length(); length++) {
      Files.writeString(file, whole.substring(0, length));
      assertUnreadable(file);
    }
  }

  @Test
  void refusesARecordUnderTheNameOfAnotherRun() throws IOException {
    records.write(record("job-1", "2026-11-23T12:00:00Z"));
    Path other = state.runs().resolve("job-2.json");
    Files.copy(state.runs().resolve("job-1.json"), other);

    assertThatThrownBy(() -> records.find("job-2")).hasMessage(unreadable(other));
  }

  @Test
  void refusesAWordItDoesNotKnow() throws IOException {
    records.write(record("job-1", "2026-11-23T12:00:00Z"));
    Path file = state.runs().resolve("job-1.json");
    Files.writeString(file, Files.readString(file).replace("\"exitCode\"", "\"exit\""));

    assertUnreadable(file);
  }

  @Test
  void refusesARecordOfWhichAnyByteWasChanged() throws IOException {
    records.write(record("job-1", "2026-11-23T12:00:00Z"));
    Path file = state.runs().resolve("job-1.json");
    byte[] whole = Files.readAllBytes(file);

    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      Files.write(file, changed);
      assertUnreadable(file);
    }
  }

  @Test
  void refusesARecordThatAnotherLedgersKeyAuthenticates() throws IOException {
    records.write(record("job-1", "2026-11-23T12:00:00Z"));
    Files.delete(state.ledgerKey());
    LedgerKey.generate().writeNew(state.ledgerKey());
    records = new RunRecords(state);

    assertUnreadable(state.runs().resolve("job-1.json"));
  }

  @Test
  void ordersRunsThatBeganAtOnceByTheirIds() {
    records.write(record("job-2", "2026-11-23T12:00:00Z"));
    records.write(record("job-1", "2026-11-23T12:00:00Z"));

    assertThat(records.all()).extracting(RunRecord::run).containsExactly("job-2", "job-1");
  }

  @Test
  void forgetsARunThatIsRemoved() {
    records.write(record("job-1", "2026-11-23T12:00:00Z"));
    records.write(record("job-2", "2026-11-23T12:00:00Z"));

    records.remove("job-1");
    records.remove("job-1");

    assertThat(records.all()).extracting(RunRecord::run).containsExactly("job-2");
    assertThatThrownBy(() -> records.remove("../ledger"))
        .hasMessage("a run id is letters, digits, dots, dashes and underscores");
  }

  @Test
  void removesWhatACrashLeftAndNoRecord() throws IOException {
    records.write(record("job-1", "2026-11-23T12:00:00Z"));
    Files.writeString(state.runs().resolve("job-2.json.new"), "{\"run\": \"jo");
    Files.writeString(state.runs().resolve("notes.txt"), "of a person");

    records.removeUnfinished();

    assertThat(state.runs().resolve("job-2.json.new")).doesNotExist();
    assertThat(state.runs().resolve("notes.txt")).exists();
    assertThat(records.all()).hasSize(1);
  }

  @Test
  void reportsAFolderThatCannotBeUsed() throws IOException {
    Files.delete(state.runs());
    Files.createFile(state.runs());
    Path file = state.runs().resolve("job-1.json");
    String end = "; check the permissions of the state folder";

    assertNeedsAPerson(
        () -> records.write(record("job-1", "2026-11-23T12:00:00Z")),
        file
            + ": error RUN_RECORD the run record cannot be written; check free space and"
            + " permissions of the state folder");
    assertNeedsAPerson(
        () -> records.remove("job-1"),
        file + ": error RUN_RECORD the run record cannot be removed" + end);
    assertNeedsAPerson(
        records::removeUnfinished,
        state.runs()
            + ": error RUN_RECORD what a crash left of a run record cannot be removed"
            + end);
    assertThat(records.all()).isEmpty();
  }

  private static void assertNeedsAPerson(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class,
            thrown -> assertThat(thrown.category()).isEqualTo(Category.RUN_FAILED))
        .hasMessage(message);
  }

  @Test
  void remembersEachPersonOnceAndTheCountsOfNow() {
    RunRecord begun = record("job-1", "2026-11-23T12:00:00Z");

    RunRecord later =
        begun
            .by(List.of("ops", "ann"))
            .by(List.of("ops"))
            .with("2026-11-23T12:01:00Z", Map.of("rows read", 9L));

    assertThat(later.operators()).containsExactly("ops", "ann");
    assertThat(later.counts()).isEqualTo(Map.of("rows read", 9L));
    assertThat(later.updated()).isEqualTo("2026-11-23T12:01:00Z");
    assertThat(later.state()).isEqualTo(RunRecord.State.RUNNING);
    assertThat(begun.by(List.of("ann")).updated()).isEqualTo(begun.updated());
  }

  private void assertUnreadable(Path file) {
    assertThatThrownBy(() -> records.find("job-1"))
        .isInstanceOf(ProblemException.class)
        .hasMessage(unreadable(file))
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.VERIFY);
  }

  private static String unreadable(Path file) {
    return file
        + ": error RUN_RECORD the run record cannot be read, or is not as it was written; restore"
        + " it from a backup of the state folder and find out who changed it";
  }

  private static RunRecord record(String run, String started) {
    return new RunRecord(
        run,
        "job",
        "IRB-1",
        "/jobs/job.yaml",
        "/releases",
        RunRecord.State.RUNNING,
        started,
        started,
        "2026-11-01",
        "",
        "sha256:ab",
        "",
        "",
        0,
        Map.of("rows read", 5L, "rows released", 3L),
        List.of("ops"));
  }
}
