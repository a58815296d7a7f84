package org.consentry.export.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.consentry.data.BirthDays;
import org.consentry.data.BytesColumn;
import org.consentry.data.ClinicDates;
import org.consentry.data.Column;
import org.consentry.data.Exclusion;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;
import org.consentry.data.LongSet;
import org.consentry.data.OnInvalid;
import org.consentry.data.OperatorNote;
import org.consentry.data.PlannedColumn;
import org.consentry.data.Prf;
import org.consentry.data.RecordCategory;
import org.consentry.data.RejectReason;
import org.consentry.data.RowBatch;
import org.consentry.data.RowBatch.Rejection;
import org.consentry.data.SubjectIndex;
import org.consentry.data.SubjectKeys;
import org.consentry.data.Tally;
import org.consentry.export.select.KeyHashes;
import org.consentry.export.select.ReleasedRows;
import org.consentry.operator.Operator;
import org.consentry.operator.OperatorKeys;
import org.consentry.operator.SubjectAttribute;
import org.consentry.operator.TransformInput;
import org.consentry.operator.Transformer;
import org.consentry.plan.ReleasedColumns;
import org.consentry.plan.TableExtract;
import org.consentry.plan.TableExtract.Dating;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.ConsentTable;
import org.consentry.testing.ConsentTable.Permit;
import org.consentry.testing.MemoryTable;
import org.consentry.testing.Outputs;
import org.consentry.testing.PlainOperator;
import org.consentry.testing.PlainPrf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the extract does with one row, one reason at a time. */
class ExtractorTest {

  private static final List<String> COLUMNS = List.of("patient", "seen_on", "digit", "parent");
  private static final String CANARY = "CANARY-4711";

  private final KeyHashes hashes = new KeyHashes(new PlainPrf("prints"));
  private final byte[] exclusions = new byte[3];
  private final List<Permit> permits = new ArrayList<>(List.of(Permit.ALL, Permit.ALL, Permit.ALL));
  private Dating dating = new Dating.ByDates(List.of(1));
  private OnInvalid onInvalid = OnInvalid.STOP;
  private Set<RecordCategory> columnCategory = Set.of();
  private ReleasedRows released = ReleasedRows.NONE;
  private List<TableExtract.ParentReference> parents = List.of();
  private boolean isSubjects;
  private List<ReleasedColumns> derived = List.of();

  @Test
  void namesFileLineAndColumnOfAValueItCannotTakeAndNotTheValue() {
    MemoryTable table = rows(row("P-0", "1"), row("P-9", "x"), row("P-1", CANARY));

    assertThatThrownBy(() -> extractor(table, any -> {}).extract(table.batch()))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "visits.csv:4: error INVALID_VALUE column 'digit' has a value that is not a digit;"
                + " repair the row, or set onInvalid: blank or reject-row for 'number' in the"
                + " mapping")
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.FILES_INVALID);
  }

  @Test
  void reportsAllValuesItCannotTakeOfRowsThatAreReadTogether() {
    MemoryTable table = rows(row("P-0", "1"), row("P-1", "x"), row("P-0", CANARY));

    assertThatThrownBy(() -> extractor(table, any -> {}).extract(table.batch()))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "visits.csv:3: error INVALID_VALUE column 'digit' has 2 values in the rows read"
                + " together that are not a digit, the first in lines 3, 4; repair the rows, or set"
                + " onInvalid: blank or reject-row for 'number' in the mapping");
  }

  @Test
  void looksAtNoValueOfARowThatStays() {
    exclusions[1] = Exclusion.NO_CONSENT.code();
    MemoryTable table = rows(row("P-0", "1"), row("P-1", CANARY));

    assertThat(values(extractor(table, any -> {}).extract(table.batch()))).containsExactly(1L);
  }

  @Test
  void keepsTheOtherRowsInPlaceWhenSomeAreRejected() {
    onInvalid = OnInvalid.REJECT_ROW;
    MemoryTable table =
        rows(row("P-0", "1"), row("P-1", "x"), row("P-2", "3"), row("P-1", "y"), row("P-0", "5"));
    Extractor extractor = extractor(table, any -> {});

    RowBatch out = extractor.extract(table.batch());

    assertThat(values(out)).containsExactly(1L, 3L, 5L);
    assertThat(IntStream.range(0, 3).mapToLong(row -> out.lines().applyAsLong(row)))
        .containsExactly(2L, 4L, 6L);
    assertThat(extractor.tally())
        .isEqualTo(
            new Tally(5, 3, Map.of(), Map.of(RejectReason.INVALID_VALUE, 2L), Map.of(), Map.of())
                .plus(dates(5)));
  }

  @Test
  void countsWhatTheSourceCouldNotTake() {
    MemoryTable table =
        rows(row("P-0", "1"))
            .rejecting(
                List.of(
                    new Rejection(RejectReason.RAGGED, 3),
                    new Rejection(RejectReason.NUL, 4),
                    new Rejection(RejectReason.RAGGED, 5)));
    Extractor extractor = extractor(table, any -> {});

    extractor.extract(table.batch());

    assertThat(extractor.tally())
        .isEqualTo(
            new Tally(
                    4,
                    1,
                    Map.of(),
                    Map.of(RejectReason.RAGGED, 2L, RejectReason.NUL, 1L),
                    Map.of(),
                    Map.of())
                .plus(dates(1)));
  }

  @ParameterizedTest
  @EnumSource(names = {"NO_CONSENT", "WITHDRAWN", "PATIENT_AMBIGUOUS", "NOT_IN_COHORT"})
  void countsARowUnderItsSubjectsOwnReasonBeforeAnyOther(Exclusion reason) {
    exclusions[0] = reason.code();
    permits.set(0, new Permit(Set.of(), 0, 0));
    released = new ReleasedRows(Optional.of(new LongSet()), Map.of());

    assertThat(tallyOf(row("P-0", "1")).excluded()).isEqualTo(Map.of(reason, 1L));
  }

  @Test
  void countsARowWithoutAKnownPatientAsUnknown() {
    assertThat(tallyOf(row("", "1"), row("P-9", "1"), row("  ", "1")).excluded())
        .isEqualTo(Map.of(Exclusion.UNKNOWN_SUBJECT, 3L));
  }

  @Test
  void releasesNoRowOfAPersonWhoseOwnRowIsNotReleased() {
    LongSet subjects = new LongSet();
    subjects.add(1);
    released = new ReleasedRows(Optional.of(subjects), Map.of());

    Tally tally = tallyOf(row("P-0", "1"), row("P-1", "1"));

    assertThat(tally.excluded()).isEqualTo(Map.of(Exclusion.PARENT_EXCLUDED, 1L));
    assertThat(tally.released()).isEqualTo(1);
  }

  @Test
  void releasesNoRowThatRefersToOneThatIsNotReleased() {
    LongSet keys = new LongSet();
    byte[] key = "E-1".getBytes(StandardCharsets.UTF_8);
    keys.add(hashes.of(key, 0, key.length));
    released = new ReleasedRows(Optional.empty(), Map.of("episodes", keys));
    parents = List.of(new TableExtract.ParentReference(3, "episodes"));

    Tally tally =
        tallyOf(
            List.of("P-0", "2020-01-01", "1", "E-1"),
            List.of("P-0", "2020-01-01", "1", " E-1 "),
            List.of("P-0", "2020-01-01", "1", "e-1"),
            List.of("P-0", "2020-01-01", "1", "E-2"),
            List.of("P-0", "2020-01-01", "1", ""));

    assertThat(tally.excluded()).isEqualTo(Map.of(Exclusion.PARENT_EXCLUDED, 2L));
    assertThat(tally.released()).isEqualTo(3);
  }

  @Test
  void withholdsACellThatConsentDoesNotCoverAndKeepsTheRow() {
    columnCategory = Set.of(RecordCategory.GENETIC);
    permits.set(1, new Permit(Set.of(RecordCategory.VISIT), Long.MIN_VALUE, Long.MAX_VALUE));
    MemoryTable table = rows(row("P-0", "1"), row("P-1", "2"), row("P-1", ""), row("P-2", "3"));
    Extractor extractor = extractor(table, any -> {});

    assertThat(values(extractor.extract(table.batch())))
        .containsExactly(1L, LongColumn.MISSING, LongColumn.MISSING, 3L);
    assertThat(extractor.tally())
        .isEqualTo(
            new Tally(4, 4, Map.of(), Map.of(), Map.of("number", 1L), Map.of()).plus(dates(4)));
  }

  @ParameterizedTest
  @EnumSource
  void aValueThatConsentDoesNotCoverDecidesNothing(OnInvalid whatever) {
    columnCategory = Set.of(RecordCategory.GENETIC);
    onInvalid = whatever;
    permits.set(1, new Permit(Set.of(RecordCategory.VISIT), Long.MIN_VALUE, Long.MAX_VALUE));
    MemoryTable table = rows(row("P-0", "1"), row("P-1", CANARY));
    Extractor extractor = extractor(table, any -> {});

    assertThat(values(extractor.extract(table.batch()))).containsExactly(1L, LongColumn.MISSING);
    assertThat(extractor.tally())
        .isEqualTo(
            new Tally(2, 2, Map.of(), Map.of(), Map.of("number", 1L), Map.of()).plus(dates(2)));
  }

  @Test
  void releasesNoRowThatNamesAnotherPersonWhoIsOut() {
    exclusions[2] = Exclusion.WITHDRAWN.code();
    LongSet subjects = new LongSet();
    subjects.add(0);
    subjects.add(2);
    released = new ReleasedRows(Optional.of(subjects), Map.of());
    parents =
        List.of(
            new TableExtract.ParentReference(
                3, "patients", TableExtract.ParentReference.To.PERSON));

    Tally tally =
        tallyOf(
            List.of("P-0", "2020-01-01", "1", "p-0"),
            List.of("P-0", "2020-01-01", "1", ""),
            List.of("P-0", "2020-01-01", "1", "P-1"),
            List.of("P-0", "2020-01-01", "1", "P-2"),
            List.of("P-0", "2020-01-01", "1", "P-9"));

    assertThat(tally.excluded()).isEqualTo(Map.of(Exclusion.PARENT_EXCLUDED, 3L));
    assertThat(tally.released()).isEqualTo(2);
  }

  @Test
  void coversAnUndatedRecordByAnOpenWindowOnly() {
    dating = new Dating.Undated();
    permits.set(0, new Permit(Set.of(RecordCategory.VISIT), 0, Long.MAX_VALUE));

    Tally tally = tallyOf(row("P-0", "1"), row("P-1", "1"));

    assertThat(tally.excluded()).isEqualTo(Map.of(Exclusion.RECORD_DATE, 1L));
  }

  @Test
  void asksNoDateOfATimelessRecord() {
    dating = new Dating.Timeless();
    permits.set(0, new Permit(Set.of(RecordCategory.VISIT), 0, 1));

    assertThat(tallyOf(row("P-0", "1")).released()).isEqualTo(1);
  }

  @Test
  void reportsTheNumbersOfPersonsWhoseRowIsReleased() {
    isSubjects = true;
    exclusions[1] = Exclusion.MINOR.code();
    List<Long> keys = new ArrayList<>();
    MemoryTable table = rows(row("P-2", "1"), row("P-1", "1"), row("P-0", "1"));

    extractor(table, keys::add).extract(table.batch());

    assertThat(keys).containsExactly(2L, 0L);
  }

  @Test
  void refusesToGuessAboutATableItKnowsNothingOf() {
    parents = List.of(new TableExtract.ParentReference(3, "episodes"));
    MemoryTable table = rows(List.of("P-0", "2020-01-01", "1", "E-1"));

    assertThatThrownBy(() -> extractor(table, any -> {}).extract(table.batch()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no released keys known of table episodes");
  }

  @SafeVarargs
  private Tally tallyOf(List<String>... rows) {
    List<List<String>> all = new ArrayList<>();
    for (List<String> row : rows) {
      all.add(row);
    }
    MemoryTable table = MemoryTable.of("visits", COLUMNS, all);
    Extractor extractor = extractor(table, any -> {});
    extractor.extract(table.batch());
    return extractor.tally();
  }

  private Extractor extractor(MemoryTable source, LongConsumer releasedKeys) {
    SubjectKeys keys = new SubjectKeys();
    for (int i = 0; i < exclusions.length; i++) {
      byte[] key = ("P-" + i).getBytes(StandardCharsets.UTF_8);
      keys.add(key, 0, key.length);
    }
    List<ReleasedColumns> columns = new ArrayList<>();
    columns.add(Outputs.of("number", 2, "digit", PlainOperator.DIGIT, onInvalid, columnCategory));
    columns.addAll(derived);
    TableExtract table =
        new TableExtract(
            source,
            1,
            List.of(0, 1, 2, 3),
            0,
            dating,
            RecordCategory.VISIT,
            parents,
            Optional.empty(),
            columns,
            isSubjects,
            ClinicDates.NO_ZONE,
            TableExtract.RowChecks.NONE);
    return new Extractor(
        table,
        new SubjectIndex(
            keys, exclusions, BirthDays.on(new int[3]), new int[3], List.of(), List.of()),
        new ConsentTable(permits),
        released,
        hashes,
        table.operators().stream().map(operator -> operator.open(new NoKeys())).toList(),
        releasedKeys);
  }

  /** No operator here needs a key. */
  private static final class NoKeys implements OperatorKeys {
    @Override
    public Prf keyed(String domain) {
      throw new IllegalStateException();
    }

    @Override
    public Prf oneTime(String domain) {
      throw new IllegalStateException();
    }
  }

  /** An operator of two released columns. */
  private record TwoColumns(Transformer transformer) implements Operator {

    private static final OperatorNote NOTE = new OperatorNote("", "", "", Map.of());

    @Override
    public String name() {
      return "two";
    }

    @Override
    public List<OperatorNote> notes() {
      return List.of(NOTE, NOTE);
    }

    @Override
    public Transformer open(OperatorKeys keys) {
      return transformer;
    }
  }

  /** Two columns of digit and birth day: whether the digit is given, and the day; 9 is refused. */
  private static ReleasedColumns derived(OnInvalid onInvalid, RecordCategory... second) {
    return new ReleasedColumns(
        new TwoColumns(ExtractorTest::twoColumns),
        List.of(
            new ReleasedColumns.Input.OfRow("digit", 2),
            new ReleasedColumns.Input.OfSubject("subject.birthDate", SubjectAttribute.BIRTH_DATE)),
        List.of(
            Outputs.derived("given", onInvalid, Set.of(RecordCategory.VISIT)),
            Outputs.derived("born", onInvalid, Set.of(second))));
  }

  private static List<Column> twoColumns(TransformInput input) {
    BytesColumn digits = ((TransformInput.Values.Cells) input.inputs().get(0)).column();
    int[] days = ((TransformInput.Values.Days) input.inputs().get(1)).days();
    long[] given = new long[input.count()];
    long[] born = new long[input.count()];
    for (int i = 0; i < input.count(); i++) {
      int row = input.rows()[i];
      given[i] = digits.isMissing(row) ? 0 : 1;
      born[i] = days[input.subjects()[i]] == SubjectIndex.UNKNOWN_DAY ? 0 : 1;
      if (!digits.isMissing(row) && digits.buffer()[digits.starts()[row]] == '9') {
        given[i] = LongColumn.MISSING;
        born[i] = LongColumn.MISSING;
        input.invalid().at(i, 0, "less than 9");
      }
    }
    return List.of(new LongColumn(given.length, given), new LongColumn(born.length, born));
  }

  private static List<Long> values(RowBatch batch, int column) {
    LongColumn longs = (LongColumn) batch.columns().get(column);
    return IntStream.range(0, batch.rows()).mapToObj(row -> longs.values()[row]).toList();
  }

  @Test
  void releasesDerivedColumnsAfterTheOthers() {
    derived = List.of(derived(OnInvalid.STOP));
    MemoryTable table = rows(row("P-0", "1"), row("P-9", "9"), row("P-1", ""));

    RowBatch out = extractor(table, any -> {}).extract(table.batch());

    assertThat(values(out)).containsExactly(1L, LongColumn.MISSING);
    assertThat(values(out, 1)).containsExactly(1L, 0L);
    assertThat(values(out, 2)).containsExactly(1L, 1L);
  }

  @Test
  void aDerivedCellNeedsConsentToEveryInput() {
    derived = List.of(derived(OnInvalid.STOP, RecordCategory.GENETIC, RecordCategory.DEMOGRAPHIC));
    permits.set(0, withoutWindow(RecordCategory.VISIT, RecordCategory.GENETIC));
    permits.set(1, withoutWindow(RecordCategory.VISIT, RecordCategory.DEMOGRAPHIC));
    permits.set(
        2, withoutWindow(RecordCategory.VISIT, RecordCategory.GENETIC, RecordCategory.DEMOGRAPHIC));
    MemoryTable table = rows(row("P-0", "1"), row("P-1", "1"), row("P-2", "1"));
    Extractor extractor = extractor(table, any -> {});

    RowBatch out = extractor.extract(table.batch());

    assertThat(values(out, 1)).containsExactly(1L, 1L, 1L);
    assertThat(values(out, 2)).containsExactly(LongColumn.MISSING, LongColumn.MISSING, 1L);
    assertThat(extractor.tally().withheld()).isEqualTo(Map.of("born", 2L));
  }

  private static Permit withoutWindow(RecordCategory... categories) {
    return new Permit(Set.of(categories), Long.MIN_VALUE, Long.MAX_VALUE);
  }

  @Test
  void blanksEveryDerivedColumnOfARowWhoseInputIsInvalid() {
    derived = List.of(derived(OnInvalid.BLANK));
    MemoryTable table = rows(row("P-0", "9"), row("P-1", "8"), row("P-2", "9"));
    Extractor extractor = extractor(table, any -> {});

    RowBatch out = extractor.extract(table.batch());

    assertThat(values(out)).containsExactly(9L, 8L, 9L);
    assertThat(values(out, 1)).containsExactly(LongColumn.MISSING, 1L, LongColumn.MISSING);
    assertThat(values(out, 2)).containsExactly(LongColumn.MISSING, 1L, LongColumn.MISSING);
    assertThat(extractor.tally().blanked()).isEqualTo(Map.of("given", 2L, "born", 2L));
  }

  @Test
  void rejectsTheRowOfAnInvalidInput() {
    derived = List.of(derived(OnInvalid.REJECT_ROW));
    MemoryTable table = rows(row("P-0", "9"), row("P-1", "8"));
    Extractor extractor = extractor(table, any -> {});

    assertThat(values(extractor.extract(table.batch()))).containsExactly(8L);
    assertThat(extractor.tally().rejected()).isEqualTo(Map.of(RejectReason.INVALID_VALUE, 1L));
  }

  @Test
  void namesFileLineAndInputOfADerivedColumnThatCannotBeMade() {
    derived = List.of(derived(OnInvalid.STOP));
    MemoryTable table = rows(row("P-0", "1"), row("P-1", "9"));

    assertThatThrownBy(() -> extractor(table, any -> {}).extract(table.batch()))
        .hasMessage(
            "visits.csv:3: error INVALID_VALUE column 'digit' has a value that is not less than"
                + " 9; repair the row, or set onInvalid: blank or reject-row for 'given', 'born' in"
                + " the mapping");
  }

  private static ReleasedColumns code(OnInvalid onInvalid, RecordCategory... own) {
    return Outputs.of(
        new Field("plan", FieldType.CODE, ""),
        3,
        "parent",
        PlainOperator.COPY,
        onInvalid,
        Set.of(own));
  }

  private static List<String> code(String patient, String code) {
    return List.of(patient, "2020-01-01", "1", code);
  }

  private static List<String> texts(RowBatch batch, int column) {
    BytesColumn texts = (BytesColumn) batch.columns().get(column);
    return IntStream.range(0, batch.rows())
        .mapToObj(
            row ->
                texts.isMissing(row)
                    ? ""
                    : new String(
                        texts.buffer(),
                        texts.starts()[row],
                        texts.ends()[row] - texts.starts()[row],
                        StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void stopsAtTextThatIsReleasedAsACodeAndCountsItWithoutShowingIt() {
    derived = List.of(code(OnInvalid.STOP));
    MemoryTable table =
        rows(
            code("P-0", "A1"),
            code("P-9", CANARY + " of an unknown person"),
            code("P-1", CANARY + " called about the scar at noon"),
            code("P-2", CANARY + "\nsecond line"));

    assertThatThrownBy(() -> extractor(table, any -> {}).extract(table.batch()))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "visits.csv:4: error NO_CODE column 'plan' is released as type: code, but 2 of 3 values"
                + " read together are no codes: 1 has more than 3 blanks, 1 has a line break or"
                + " another control character; a code is one line of at most 64 characters and 3"
                + " blanks, without control characters: repair the rows, set onInvalid: blank or"
                + " reject-row, allow longer codes by maxLength, or declare type: text")
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.FILES_INVALID);
  }

  @Test
  void blanksTextThatIsReleasedAsACodeAndNoOtherColumn() {
    derived = List.of(code(OnInvalid.BLANK));
    MemoryTable table = rows(code("P-0", "A1"), code("P-1", "a\tb"), code("P-2", "A2"));
    Extractor extractor = extractor(table, any -> {});

    RowBatch out = extractor.extract(table.batch());

    assertThat(texts(out, 1)).containsExactly("A1", "", "A2");
    assertThat(values(out)).containsExactly(1L, 1L, 1L);
    assertThat(extractor.tally().blanked()).isEqualTo(Map.of("plan", 1L));
  }

  @Test
  void rejectsTheRowOfTextThatIsReleasedAsACode() {
    derived = List.of(code(OnInvalid.REJECT_ROW));
    MemoryTable table = rows(code("P-0", "A1"), code("P-1", "x".repeat(65)), code("P-2", "A2"));
    Extractor extractor = extractor(table, any -> {});

    assertThat(texts(extractor.extract(table.batch()), 1)).containsExactly("A1", "A2");
    assertThat(extractor.tally().rejected()).isEqualTo(Map.of(RejectReason.INVALID_VALUE, 1L));
  }

  @ParameterizedTest
  @EnumSource(OnInvalid.class)
  void textThatConsentDoesNotCoverDecidesNothing(OnInvalid whatever) {
    derived = List.of(code(whatever, RecordCategory.NOTE));
    permits.set(1, withoutWindow(RecordCategory.VISIT));
    MemoryTable table = rows(code("P-0", "A1"), code("P-1", "a text of very many words"));
    Extractor extractor = extractor(table, any -> {});

    assertThat(texts(extractor.extract(table.batch()), 1)).containsExactly("A1", "");
    assertThat(extractor.tally().withheld()).isEqualTo(Map.of("plan", 1L));
    assertThat(extractor.tally().blanked()).isEmpty();
    assertThat(extractor.tally().rejected()).isEmpty();
  }

  @Test
  void blanksTheOneDerivedCodeThatIsNone() {
    derived =
        List.of(
            new ReleasedColumns(
                new TwoColumns(ExtractorTest::twoCodes),
                List.of(new ReleasedColumns.Input.OfRow("parent", 3)),
                List.of(derivedCode("first"), derivedCode("second"))));
    MemoryTable table = rows(code("P-0", "a b"), code("P-1", "a b c d"));
    Extractor extractor = extractor(table, any -> {});

    RowBatch out = extractor.extract(table.batch());

    assertThat(texts(out, 1)).containsExactly("a b", "a b c d");
    assertThat(texts(out, 2)).containsExactly("a b, a b", "");
    assertThat(extractor.tally().blanked()).isEqualTo(Map.of("second", 1L));
  }

  private static PlannedColumn derivedCode(String name) {
    return code(OnInvalid.BLANK).columns().stream()
        .map(
            column ->
                new PlannedColumn(
                    column.table(),
                    PlannedColumn.Origin.DERIVED,
                    "",
                    column.role(),
                    column.operator(),
                    column.effect(),
                    column.note(),
                    Set.of(),
                    column.texts(),
                    Optional.of(
                        new PlannedColumn.Released(
                            new Field(name, FieldType.CODE, ""), OnInvalid.BLANK, Set.of()))))
        .findFirst()
        .orElseThrow();
  }

  /** The value, and the value twice. */
  private static List<Column> twoCodes(TransformInput input) {
    BytesColumn once = (BytesColumn) PlainOperator.COPY.open().transform(input).get(0);
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    int[] starts = new int[once.rows()];
    int[] ends = new int[once.rows()];
    for (int row = 0; row < once.rows(); row++) {
      int length = once.ends()[row] - once.starts()[row];
      starts[row] = twice.size();
      twice.write(once.buffer(), once.starts()[row], length);
      twice.write(", ".getBytes(StandardCharsets.UTF_8), 0, 2);
      twice.write(once.buffer(), once.starts()[row], length);
      ends[row] = twice.size();
    }
    return List.of(once, new BytesColumn(once.rows(), twice.toByteArray(), starts, ends));
  }

  private static List<Long> values(RowBatch batch) {
    LongColumn column = (LongColumn) batch.columns().get(0);
    return IntStream.range(0, batch.rows()).mapToObj(row -> column.values()[row]).toList();
  }

  private static List<String> row(String patient, String digit) {
    return List.of(patient, "2020-01-01", digit, "");
  }

  @SafeVarargs
  private static MemoryTable rows(List<String>... rows) {
    List<List<String>> all = new ArrayList<>();
    for (List<String> row : rows) {
      all.add(row);
    }
    return MemoryTable.of("visits", COLUMNS, all);
  }

  /** How many dates were given, all of which can be read. */
  private static Tally dates(long given) {
    Map<String, Tally.Readings> readings = Map.of("seen_on", new Tally.Readings(given, 0));
    return new Tally(
        0, 0, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), readings, Map.of());
  }
}
