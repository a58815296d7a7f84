package org.consentry.export.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.consentry.config.Binder;
import org.consentry.config.Node;
import org.consentry.data.BirthDays;
import org.consentry.data.BirthForm;
import org.consentry.data.ClinicDates;
import org.consentry.data.CodeForm;
import org.consentry.data.Effect;
import org.consentry.data.Exclusion;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;
import org.consentry.data.OnInvalid;
import org.consentry.data.RecordCategory;
import org.consentry.data.RowBatch;
import org.consentry.data.SourceCalendar;
import org.consentry.data.SubjectIndex;
import org.consentry.data.SubjectKeys;
import org.consentry.data.Tally;
import org.consentry.export.Parallel;
import org.consentry.export.decide.SpanCheck;
import org.consentry.export.select.KeyHashes;
import org.consentry.export.select.ReleasedRows;
import org.consentry.operator.InputSource;
import org.consentry.operator.MappingContext;
import org.consentry.operator.Operator;
import org.consentry.operator.OperatorFactory;
import org.consentry.operator.OperatorKeys;
import org.consentry.operator.Operators;
import org.consentry.operator.RuleContext;
import org.consentry.operator.SubjectSlots;
import org.consentry.plan.TableExtract;
import org.consentry.plan.TableExtract.Dating;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;
import org.consentry.testing.ConsentTable;
import org.consentry.testing.ConsentTable.Permit;
import org.consentry.testing.MemoryTable;
import org.consentry.testing.Outputs;
import org.consentry.testing.PlainPrf;
import org.junit.jupiter.api.Test;

/** What {@code dateShift} with {@code ends: truncate} does to rows, for a span of January. */
class TruncatedRowsTest {

  private static final Place PLACE = new Place("mapping.yaml", 7, 5);
  private static final OperatorKeys NO_KEYS =
      new OperatorKeys() {
        @Override
        public org.consentry.data.Prf keyed(String domain) {
          throw new IllegalStateException();
        }

        @Override
        public org.consentry.data.Prf oneTime(String domain) {
          throw new IllegalStateException();
        }
      };

  private final KeyHashes prints = new KeyHashes(new PlainPrf("prints"));
  private final List<Long> released = new ArrayList<>();
  private Set<RecordCategory> category = Set.of();
  private OnInvalid onInvalid = OnInvalid.STOP;
  private boolean isSubjects;

  /**
   * All patients move by a week, so that 8 to 24 January are released as 15 to 31 of which 24 is
   * the last.
   */
  private static Operator shift() {
    return bind(
        "dateShift", "maxDays", "7", "ends", "truncate", "from", "2024-01-01", "to", "2024-01-31");
  }

  private static Operator bind(String name, String... settings) {
    OperatorFactory<?> factory = Operators.SHIPPED.named(name).orElseThrow();
    return bind(factory, settings);
  }

  private static <C extends Record> Operator bind(OperatorFactory<C> factory, String... settings) {
    List<Node.Entry> entries =
        IntStream.range(0, settings.length / 2)
            .mapToObj(
                i ->
                    new Node.Entry(
                        settings[2 * i],
                        PLACE,
                        new Node.Scalar(PLACE, settings[2 * i + 1], Node.Scalar.Style.PLAIN)))
            .toList();
    Problems problems = new Problems();
    SubjectSlots slots =
        new SubjectSlots() {
          @Override
          public int code(String domain, Effect.CodeKind kind, CodeForm form) {
            return 0;
          }

          @Override
          public int shift(int maxDays, Unit unit, Place place) {
            return 0;
          }
        };
    C config =
        Binder.bind(new Node.Mapping(PLACE, entries), PLACE, factory.config(), problems)
            .orElseThrow();
    return factory
        .bind(
            config,
            new RuleContext(
                new MappingContext(
                    "patient",
                    Set.of(),
                    CodeForm::usual,
                    Set.of(),
                    BirthForm.DATE,
                    ClinicDates.NO_ZONE,
                    LocalDate.of(2026, 11, 1),
                    SourceCalendar.usual(LocalDate.of(2026, 11, 1)),
                    slots,
                    file -> Optional.empty(),
                    MappingContext.Written.USUAL),
                "visits",
                "patient",
                List.of(new RuleContext.Bound("column", List.of(new InputSource.OfRow("seen_on")))),
                List.of(new RuleContext.Output("value", "seen_on", FieldType.DATE, PLACE)),
                PLACE),
            problems)
        .orElseThrow();
  }

  @Test
  void leavesARowOutWhoseShiftedDateIsTooNearAnEndAndItsKeyWithIt() {
    MemoryTable table =
        rows(row("V-1", "2024-01-01"), row("V-2", "2024-01-17"), row("V-3", "2024-01-18"));

    Extractor extractor = extractor(table, 7);

    assertThat(days(extractor.extract(table.batch()))).containsExactly("2024-01-08", "2024-01-24");
    assertThat(extractor.tally())
        .isEqualTo(
            new Tally(3, 2, Map.of(Exclusion.SPAN_END, 1L), Map.of(), Map.of(), Map.of())
                .plus(dates(3)));
    assertThat(released)
        .hasSize(2)
        .doesNotContain(prints.of("V-3".getBytes(StandardCharsets.UTF_8), 0, 3));
  }

  @Test
  void leavesTheOtherEndOutWhenTheShiftGoesBack() {
    MemoryTable table =
        rows(row("V-1", "2024-01-14"), row("V-2", "2024-01-15"), row("V-3", "2024-01-31"));

    assertThat(days(extractor(table, -7).extract(table.batch())))
        .containsExactly("2024-01-08", "2024-01-24");
  }

  @Test
  void keepsAPersonsOwnRowWithoutTheDateAndCountsIt() {
    isSubjects = true;
    MemoryTable table = rows(row("V-1", "2024-01-10"), row("V-2", "2024-01-30"));
    Extractor extractor = extractor(table, 7);

    assertThat(days(extractor.extract(table.batch()))).containsExactly("2024-01-17", "missing");
    assertThat(extractor.tally())
        .isEqualTo(new Tally(2, 2, Map.of(), Map.of(), Map.of(), Map.of("day", 1L)).plus(dates(2)));
  }

  @Test
  void keepsARowWithoutADate() {
    MemoryTable table = rows(row("V-1", ""));

    assertThat(days(extractor(table, 7).extract(table.batch()))).containsExactly("missing");
  }

  @Test
  void stopsAtADateThatIsNoneBeforeItLooksAtTheEnds() {
    MemoryTable table = rows(row("V-1", "9999-12-31"));

    assertThatThrownBy(() -> extractor(table, 7).extract(table.batch()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("has a value that is not a date (yyyy-MM-dd) from 1901 to 2036");
  }

  @Test
  void aDateThatConsentWithholdsLeavesNoRowOut() {
    category = Set.of(RecordCategory.GENETIC);
    MemoryTable table = rows(row("V-1", "2024-01-30"));
    Extractor extractor = extractor(table, 7);

    assertThat(days(extractor.extract(table.batch()))).containsExactly("missing");
    assertThat(extractor.tally().excluded()).isEmpty();
  }

  @Test
  void acceptsASpanWhoseFirstAndLastWeekHaveDatesWhateverTheSplits() {
    MemoryTable table =
        rows(row("V-1", "2024-01-15"), row("V-2", "2024-01-31"), row("V-3", "2024-01-07"));

    check(table.cut(1, 1));

    assertThat(extract(table).released().get(0).operator().span()).isPresent();
  }

  @Test
  void refusesASpanThatIsWiderThanTheRecords() {
    MemoryTable table = rows(row("V-1", "2024-01-08"), row("V-2", "2024-01-24"));

    assertThatThrownBy(() -> check(table))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "mapping.yaml:7:5: error SPAN_WIDER_THAN_RECORDS no row of table 'visits' has a date in"
                + " the first week of the span declared for column 'seen_on'; with a span that is"
                + " wider than the records, shifted dates narrow a person's shift; set from to the"
                + " first day of the records of this column, or to another day near which there are"
                + " dates\n"
                + "mapping.yaml:7:5: error SPAN_WIDER_THAN_RECORDS no row of table 'visits' has a"
                + " date in the last week of the span declared for column 'seen_on'; with a span"
                + " that is wider than the records, shifted dates narrow a person's shift; set to"
                + " to the last day of the records of this column, or to another day near which"
                + " there are dates")
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.FILES_INVALID);
  }

  @Test
  void refusesASpanWhoseEndIsReachedByAMistypedDateAlone() {
    MemoryTable table = rows(row("V-1", "1905-01-01"), row("V-2", "2024-01-31"));

    assertThatThrownBy(() -> check(table)).hasMessageContaining("first week").hasNoCause();
  }

  private void check(MemoryTable table) {
    new SpanCheck(
            source -> source.splits(),
            new Parallel() {
              @Override
              public <T> List<T> all(List<Callable<T>> pieces) {
                return pieces.stream().map(TruncatedRowsTest::call).toList();
              }
            })
        .check(List.of(extract(table)));
  }

  private static <T> T call(Callable<T> piece) {
    try {
      return piece.call();
    } catch (RuntimeException known) {
      throw known;
    } catch (Exception checked) {
      throw new IllegalStateException(checked);
    }
  }

  private TableExtract extract(MemoryTable source) {
    Field day = new Field("day", FieldType.DATE, "");
    return new TableExtract(
        source,
        isSubjects ? 0 : 1,
        List.of(0, 1, 2),
        0,
        new Dating.ByDates(List.of(2)),
        RecordCategory.VISIT,
        List.of(),
        isSubjects ? Optional.empty() : Optional.of(1),
        List.of(Outputs.of(day, 2, "seen_on", shift(), onInvalid, category)),
        isSubjects,
        ClinicDates.NO_ZONE,
        TableExtract.RowChecks.NONE);
  }

  private Extractor extractor(MemoryTable source, int shift) {
    SubjectKeys keys = new SubjectKeys();
    keys.add("P-0".getBytes(StandardCharsets.UTF_8), 0, 3);
    TableExtract table = extract(source);
    return new Extractor(
        table,
        new SubjectIndex(
            keys,
            new byte[1],
            BirthDays.on(new int[1]),
            new int[1],
            List.of(),
            List.of(new int[] {shift})),
        new ConsentTable(
            List.of(new Permit(Set.of(RecordCategory.VISIT), Long.MIN_VALUE, Long.MAX_VALUE))),
        ReleasedRows.NONE,
        prints,
        List.of(table.released().get(0).operator().open(NO_KEYS)),
        released::add);
  }

  private static List<String> days(RowBatch batch) {
    LongColumn column = (LongColumn) batch.columns().get(0);
    return IntStream.range(0, batch.rows())
        .mapToObj(
            row ->
                column.isMissing(row)
                    ? "missing"
                    : LocalDate.ofEpochDay(column.values()[row]).toString())
        .toList();
  }

  private static List<String> row(String visit, String day) {
    return List.of("P-0", visit, day);
  }

  @SafeVarargs
  private static MemoryTable rows(List<String>... rows) {
    List<List<String>> all = new ArrayList<>();
    for (List<String> row : rows) {
      all.add(row);
    }
    return MemoryTable.of("visits", List.of("patient", "visit", "seen_on"), all);
  }

  /** How many dates were given, all of which can be read. */
  private static Tally dates(long given) {
    Map<String, Tally.Readings> readings = Map.of("seen_on", new Tally.Readings(given, 0));
    return new Tally(
        0, 0, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), readings, Map.of());
  }
}
