package org.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.MemoryDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody changes what the ledger says without being found. */
class LedgerTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private final MemoryDatabase database = new MemoryDatabase();
  private final Ledger ledger = new Ledger(database.source());

  @Test
  void chainsEveryEntryToTheOneBefore() {
    List<LedgerEntry> written = writeThree();

    assertThat(ledger.entries()).isEqualTo(written);
    assertThat(written).extracting(LedgerEntry::number).containsExactly(1L, 2L, 3L);
    assertThat(written.get(0).previous()).isEqualTo("0".repeat(64));
    assertThat(written.get(1).previous()).isEqualTo(written.get(0).hash());
    assertThat(written.get(2).previous()).isEqualTo(written.get(1).hash());
    assertThat(ledger.firstBroken()).isEmpty();
    assertThat(ledger.head()).contains(written.get(2));
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(ledger.entries()).isEmpty();
    assertThat(ledger.head()).isEmpty();
    assertThat(ledger.firstBroken()).isEmpty();
    assertThat(ledger.holds(LedgerEntry.ROOT)).isTrue();
  }

  @Test
  void goesOnWhereAnEarlierProcessEnded() {
    List<LedgerEntry> written = writeThree();

    Ledger again = new Ledger(database.source());
    LedgerEntry fourth = append(again, "run-4");

    assertThat(fourth.number()).isEqualTo(4);
    assertThat(fourth.previous()).isEqualTo(written.get(2).hash());
    assertThat(again.firstBroken()).isEmpty();
  }

  @Test
  void keepsFactsByNameAndReadsThemBackByKind() {
    writeThree();
    ledger.append(
        NOON, LedgerEntry.Kind.RECALLED, "", "job", "IRB-1", Map.of("b", "ä\u0000\n", "a", "1"));

    LedgerEntry kept = ledger.entries(LedgerEntry.Kind.RECALLED).get(0);

    assertThat(kept.body()).isEqualTo("{\"a\":\"1\",\"b\":\"ä\\u0000\\n\"}");
    assertThat(kept.facts()).isEqualTo(Map.of("b", "ä\u0000\n", "a", "1"));
    assertThat(kept.fact("a")).contains("1");
    assertThat(kept.fact("c")).isEmpty();
    assertThat(ledger.firstBroken()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"a\":", "{\"a\":[1]}"})
  void refusesToReadABodyThatHoldsNoFacts(String body) {
    ledger.append(NOON, LedgerEntry.Kind.RECALLED, "", "job", "IRB-1", body);

    assertThatThrownBy(() -> ledger.entries().get(0).facts())
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "ledger:1: error LEDGER_ENTRY a ledger entry cannot be read;"
                + " run consentry ledger verify and restore the database from a backup")
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.VERIFY);
  }

  @Test
  void hashesEachPartBehindItsLength() throws Exception {
    LedgerEntry first =
        ledger.append(NOON, LedgerEntry.Kind.EXPLAINED, "", "jób", "IRB-1", Map.of("n", "1"));

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (String part :
        List.of(
            "0".repeat(64),
            "1",
            "2026-11-23T12:00:00Z",
            "EXPLAINED",
            "",
            "jób",
            "IRB-1",
            "{\"n\":\"1\"}")) {
      byte[] text = part.getBytes(StandardCharsets.UTF_8);
      out.writeInt(text.length);
      out.write(text);
    }
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());

    assertThat(first.hash()).isEqualTo(HexFormat.of().formatHex(digest));
  }

  static Stream<Arguments> everyColumnOfEveryRow() {
    List<Object[]> changes =
        List.of(
            new Object[] {"entry_number", 1_000L},
            new Object[] {"entry_at", "2026-11-24T12:00:00Z"},
            new Object[] {"entry_kind", "ABANDONED"},
            new Object[] {"entry_kind", "PUBLISHED_TOO"},
            new Object[] {"run_id", "run-9"},
            new Object[] {"job_name", "another"},
            new Object[] {"study_id", "IRB-2"},
            new Object[] {"body", "{\"n\":\"2\"}"},
            new Object[] {"previous_hash", "f".repeat(64)},
            new Object[] {"entry_hash", "f".repeat(64)},
            new Object[] {"entry_hash", ""});
    return LongStream.rangeClosed(1, 3)
        .boxed()
        .flatMap(row -> changes.stream().map(c -> Arguments.of(row, c[0], c[1])));
  }

  @ParameterizedTest
  @MethodSource("everyColumnOfEveryRow")
  void findsAChangedColumn(long row, String column, Object value) {
    writeThree();

    int changed =
        database.execute(
            "UPDATE consentry_ledger SET " + column + " = ? WHERE entry_number = ?", value, row);

    assertThat(changed).isEqualTo(1);
    assertThat(ledger.firstBroken()).contains(row);
  }

  @Test
  void findsALetterThatMovedFromOneColumnToTheNext() {
    ledger.append(NOON, LedgerEntry.Kind.PREPARED, "ab", "c", "IRB-1", "{}");

    database.execute("UPDATE consentry_ledger SET run_id = 'a', job_name = 'bc'");

    assertThat(ledger.firstBroken()).contains(1L);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void findsAGap(long row) {
    writeThree();

    database.execute("DELETE FROM consentry_ledger WHERE entry_number = ?", row);

    assertThat(ledger.firstBroken()).contains(row);
  }

  @Test
  void findsACutOffEndByAHeadThatWasToldBefore() {
    List<LedgerEntry> written = writeThree();

    database.execute("DELETE FROM consentry_ledger WHERE entry_number = 3");

    assertThat(ledger.firstBroken()).isEmpty();
    assertThat(ledger.holds(written.get(2).hash())).isFalse();
    assertThat(ledger.holds(written.get(1).hash())).isTrue();
  }

  @Test
  void findsAChainWrittenAnewByAHeadThatWasToldBefore() {
    List<LedgerEntry> written = writeThree();

    database.execute("DELETE FROM consentry_ledger");
    append(ledger, "run-1");
    append(ledger, "run-3");

    assertThat(ledger.firstBroken()).isEmpty();
    assertThat(ledger.holds(written.get(2).hash())).isFalse();
  }

  @Test
  void refusesToWriteAfterAnEntryItCannotRead() {
    writeThree();
    database.execute("UPDATE consentry_ledger SET entry_kind = 'HIDDEN' WHERE entry_number = 3");

    assertThatThrownBy(() -> append(ledger, "run-4"))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "ledger: error LEDGER the disclosure ledger cannot be read or written;"
                + " check the job database; nothing was published by this step")
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.TEMPORARY);
    assertThat(database.rows("consentry_ledger")).hasSize(3);
  }

  @Test
  void keepsNothingOfAnEntryTheDatabaseRefuses() {
    assertThatThrownBy(
            () ->
                ledger.append(
                    NOON, LedgerEntry.Kind.PREPARED, "run", "job", "study", "x".repeat(16_001)))
        .isInstanceOf(ProblemException.class)
        .hasNoCause();

    assertThat(append(ledger, "run-1").number()).isEqualTo(1);
  }

  @Test
  void knowsTheNewestReleaseOfAStudyAndHowOftenAJobReleased() {
    ledger.append(NOON, LedgerEntry.Kind.PUBLISHED, "a-1", "a", "IRB-1", "{}");
    ledger.append(NOON, LedgerEntry.Kind.PUBLISHED, "b-1", "b", "IRB-1", "{}");
    ledger.append(NOON, LedgerEntry.Kind.PUBLISHED, "a-2", "a", "IRB-2", "{}");
    ledger.append(NOON, LedgerEntry.Kind.PREPARED, "a-3", "a", "IRB-1", "{}");
    ledger.append(NOON, LedgerEntry.Kind.NOT_PUBLISHED, "a-3", "a", "IRB-1", "{}");

    assertThat(ledger.lastPublished("IRB-1").map(LedgerEntry::run)).contains("b-1");
    assertThat(ledger.lastPublished("IRB-3")).isEqualTo(Optional.empty());
    assertThat(ledger.published("a")).isEqualTo(2);
  }

  @Test
  void knowsTheNewestReleaseOfAStudyForEachRecipientAndEachByName() {
    release("a-1", "IRB-1", "uni-x", "2026-11-01-r1");
    release("a-2", "IRB-1", "uni-y", "2026-11-02-r2");
    release("a-3", "IRB-2", "uni-x", "2026-11-03-r3");

    assertThat(ledger.lastPublished("IRB-1", "uni-x").map(LedgerEntry::run)).contains("a-1");
    assertThat(ledger.lastPublished("IRB-1", "uni-y").map(LedgerEntry::run)).contains("a-2");
    assertThat(ledger.lastPublished("IRB-1", "uni-z")).isEmpty();
    assertThat(ledger.release("a", "2026-11-03-r3").map(LedgerEntry::run)).contains("a-3");
    assertThat(ledger.release("b", "2026-11-03-r3")).isEmpty();
    assertThat(ledger.release("a", "2026-11-04-r4")).isEmpty();
  }

  private void release(String run, String study, String recipient, String name) {
    ledger.append(
        NOON,
        LedgerEntry.Kind.PUBLISHED,
        run,
        "a",
        study,
        Map.of("recipient", recipient, "release", name));
  }

  private List<LedgerEntry> writeThree() {
    return List.of(append(ledger, "run-1"), append(ledger, "run-2"), append(ledger, "run-3"));
  }

  private static LedgerEntry append(Ledger to, String run) {
    return to.append(NOON, LedgerEntry.Kind.PUBLISHED, run, "job", "IRB-1", "{\"n\":\"1\"}");
  }
}
