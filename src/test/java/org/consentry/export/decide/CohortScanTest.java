package org.consentry.export.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import org.consentry.data.BirthDays;
import org.consentry.data.ClinicDates;
import org.consentry.data.Exclusion;
import org.consentry.data.RecordCategory;
import org.consentry.data.RejectReason;
import org.consentry.data.RowBatch;
import org.consentry.data.SubjectIndex;
import org.consentry.data.SubjectKeys;
import org.consentry.export.Parallel;
import org.consentry.plan.CohortCondition;
import org.consentry.plan.TableExtract;
import org.consentry.testing.ConsentTable;
import org.consentry.testing.ConsentTable.Permit;
import org.consentry.testing.MemoryTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a record brings into a cohort, and whom it must not. */
class CohortScanTest {

  private static final List<String> COLUMNS = List.of("patient", "done_on", "code", "finding");
  private static final Parallel INLINE =
      new Parallel() {
        @Override
        public <T> List<T> all(List<Callable<T>> pieces) {
          List<T> answers = new ArrayList<>();
          try {
            for (Callable<T> piece : pieces) {
              answers.add(piece.call());
            }
          } catch (Exception failed) {
            throw new IllegalStateException(failed);
          }
          return answers;
        }
      };

  private final byte[] exclusions = new byte[4];
  private final List<Permit> permits =
      new ArrayList<>(List.of(Permit.ALL, Permit.ALL, Permit.ALL, Permit.ALL));

  @Test
  void bringsInWhoHasSuchARecord() {
    assertThat(
            scan(
                rows(
                    row("P-0", "2020-05-01", "15822"),
                    row("P-1", "2020-05-01", "15823"),
                    row(" p-2", "2020-05-01", "99213"),
                    row("p-3 ", "2020-05-01", "15822"))))
        .hasToString("{0, 1, 3}");
  }

  @Test
  void reportsRowsItCouldNotUse() {
    MemoryTable source =
        rows(row("P-0", "2020-05-01", "15822"))
            .rejecting(
                List.of(
                    new RowBatch.Rejection(RejectReason.RAGGED, 7),
                    new RowBatch.Rejection(RejectReason.NUL, 9)));
    List<String> reported = new ArrayList<>();

    new CohortScan(condition(source, Set.of()), index(), new ConsentTable(permits))
        .scan(
            source.splits(),
            INLINE,
            (table, tally, first) ->
                reported.add(
                    table.name() + " " + tally.read() + " " + tally.rejected() + " " + first));

    assertThat(reported)
        .containsExactly(
            "procedures 3 {RAGGED=1, NUL=1} [Rejection[reason=RAGGED, line=7, fields=-1],"
                + " Rejection[reason=NUL, line=9, fields=-1]]");
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {"15822 ", " 15822", "\u00A015822\u200B", "\uFEFF15822"})
  void passesOverBlanksAtTheEndsOfACode(String code) {
    assertThat(scan(rows(row("P-0", "2020-05-01", code)))).hasToString("{0}");
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {"15 822", "158222", "1582", "''", "15822X", "15822\u200B3"})
  void comparesValuesByteByByte(String code) {
    assertThat(scan(rows(row("P-0", "2020-05-01", code)))).hasToString("{}");
  }

  @ParameterizedTest
  @CsvSource({
    "2019-12-31,{}",
    "2020-01-01,{0}",
    "2020-12-31,{0}",
    "2020-12-31T23:59:59,{0}",
    "2021-01-01,{}",
    "2020-02-30,{}",
    "'',{}"
  })
  void countsBothEndsOfTheWindowAndNoUnknownDate(String date, String found) {
    assertThat(scan(rows(row("P-0", date, "15822")))).hasToString(found);
  }

  @Test
  void includesNoPatientByARecordThatConsentHides() {
    permits.set(0, without(RecordCategory.PROCEDURE));
    permits.set(1, until("2020-04-30"));
    exclusions[2] = Exclusion.WITHDRAWN.code();

    assertThat(
            scan(
                rows(
                    row("P-0", "2020-05-01", "15822"),
                    row("P-1", "2020-05-01", "15822"),
                    row("P-2", "2020-05-01", "15822"),
                    row("P-3", "2020-05-01", "15822"))))
        .hasToString("{3}");
  }

  @Test
  void includesNoPatientByAColumnThatConsentHides() {
    permits.set(0, without(RecordCategory.DIAGNOSIS));

    MemoryTable table = rows(row("P-0", "2020-05-01", "15822"), row("P-1", "2020-05-01", "15822"));

    assertThat(scan(table, Set.of(RecordCategory.DIAGNOSIS))).hasToString("{1}");
    assertThat(scan(table, Set.of(RecordCategory.PROCEDURE))).hasToString("{0, 1}");
  }

  @Test
  void includesNoPatientWhomNoRowOfTheSubjectsTableDescribes() {
    assertThat(scan(rows(row("P-9", "2020-05-01", "15822"), row("", "2020-05-01", "15822"))))
        .hasToString("{}");
  }

  @Test
  void doesNotDependOnHowTheTableIsCut() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      rows.add(row("P-" + i % 7, "2020-05-01", i % 3 == 0 ? "15822" : "1"));
    }
    MemoryTable table = MemoryTable.of("procedures", COLUMNS, rows);

    BitSet whole = scan(table);

    for (int cut = 1; cut < 12; cut++) {
      assertThat(scan(table.cut(cut * 3, cut))).isEqualTo(whole);
    }
    assertThat(whole).hasToString("{0, 1, 2, 3}");
  }

  private BitSet scan(MemoryTable table) {
    return scan(table, Set.of());
  }

  private static CohortCondition condition(MemoryTable source, Set<RecordCategory> categories) {
    return new CohortCondition(
        table(source),
        List.of(new CohortCondition.ColumnIn(2, Set.of("15822", "15823"))),
        Optional.of(1),
        OptionalInt.of((int) LocalDate.of(2020, 1, 1).toEpochDay()),
        OptionalInt.of((int) LocalDate.of(2020, 12, 31).toEpochDay()),
        categories);
  }

  private BitSet scan(MemoryTable source, Set<RecordCategory> categories) {
    return new CohortScan(condition(source, categories), index(), new ConsentTable(permits))
        .scan(source.splits(), INLINE, CohortRows.UNWATCHED);
  }

  private static TableExtract table(MemoryTable source) {
    return new TableExtract(
        source,
        0,
        List.of(0, 1, 2, 3),
        0,
        new TableExtract.Dating.ByDates(List.of(1)),
        RecordCategory.PROCEDURE,
        List.of(),
        Optional.empty(),
        List.of(),
        false,
        ClinicDates.NO_ZONE,
        TableExtract.RowChecks.NONE);
  }

  private SubjectIndex index() {
    SubjectKeys keys = new SubjectKeys();
    for (int i = 0; i < exclusions.length; i++) {
      byte[] key = ("P-" + i).getBytes(StandardCharsets.UTF_8);
      keys.add(key, 0, key.length);
    }
    return new SubjectIndex(
        keys, exclusions, BirthDays.on(new int[4]), new int[4], List.of(), List.of());
  }

  private static Permit without(RecordCategory category) {
    Set<RecordCategory> granted = new java.util.HashSet<>(Set.of(RecordCategory.values()));
    granted.remove(category);
    return new Permit(granted, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static Permit until(String day) {
    return new Permit(
        Set.of(RecordCategory.values()), Long.MIN_VALUE, LocalDate.parse(day).toEpochDay());
  }

  private static List<String> row(String patient, String date, String code) {
    return List.of(patient, date, code, "");
  }

  @SafeVarargs
  private static MemoryTable rows(List<String>... rows) {
    List<List<String>> all = new ArrayList<>();
    for (List<String> row : rows) {
      all.add(row);
    }
    return MemoryTable.of("procedures", COLUMNS, all);
  }
}
