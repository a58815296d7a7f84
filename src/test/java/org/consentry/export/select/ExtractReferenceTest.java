package org.consentry.export.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.consentry.connector.BatchReader;
import org.consentry.data.BirthDays;
import org.consentry.data.BytesColumn;
import org.consentry.data.ClinicDates;
import org.consentry.data.Column;
import org.consentry.data.Exclusion;
import org.consentry.data.LongColumn;
import org.consentry.data.LongSet;
import org.consentry.data.OnInvalid;
import org.consentry.data.RecordCategory;
import org.consentry.data.RowBatch;
import org.consentry.data.SubjectIndex;
import org.consentry.data.SubjectKeys;
import org.consentry.data.Tally;
import org.consentry.export.PlainExtract;
import org.consentry.export.extract.Extractor;
import org.consentry.plan.ReleasedColumns;
import org.consentry.plan.TableExtract;
import org.consentry.testing.ConsentTable;
import org.consentry.testing.MemoryTable;
import org.consentry.testing.Outputs;
import org.consentry.testing.PlainOperator;
import org.consentry.testing.PlainPrf;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** The extract in columns of bytes agrees with one row after the other in texts. */
class ExtractReferenceTest {

  private static final List<String> COLUMNS =
      List.of("patient", "began", "ended", "visit", "parent", "digit", "digit2", "note");
  private static final List<Exclusion> REASONS =
      List.of(Exclusion.NO_CONSENT, Exclusion.WITHDRAWN, Exclusion.NOT_IN_COHORT);
  private static final List<String> DATES =
      List.of("", "2019-02-30", "soon", "2019-13-01", "2019-02-28 10:00:00", "2021-06-30T23:59:59");
  private static final List<String> DIGITS =
      List.of("", "0", "7", "9", "12", "x", "é", "\uFFFD1,5");

  private final KeyHashes prints = new KeyHashes(new PlainPrf("prints"));

  /** What people are behind. */
  private static final List<String> WHAT =
      List.of("NOT_PERMITTED", "NOT_IN_COHORT", "NOT_USABLE", "blanked digit2", "withheld note");

  /** One made-up clinic. */
  private record Clinic(
      SubjectIndex index,
      ConsentTable consent,
      Map<String, PlainExtract.Person> persons,
      Set<Integer> releasedPersons,
      Set<String> releasedParents,
      List<List<String>> rows) {}

  /** What came out of an extract. */
  private record Outcome(
      List<List<String>> rows, List<Long> keys, Tally tally, CountedSubjects people) {}

  @RepeatedTest(40)
  void agreesWithTheReferenceImplementationHoweverRowsAreCut(RepetitionInfo repetition) {
    long seed = 20_261_123L + repetition.getCurrentRepetition();
    Clinic clinic = clinic(new SplittableRandom(seed));
    PlainExtract reference =
        new PlainExtract(clinic.persons(), clinic.releasedPersons(), clinic.releasedParents());
    clinic.rows().forEach(reference::add);

    for (int batch : new int[] {1, 3, 64, 10_000}) {
      Outcome outcome = extract(clinic, batch);

      assertThat(outcome.rows()).as("seed %d, batch %d", seed, batch).isEqualTo(reference.released);
      assertThat(counts(outcome.tally()))
          .as("seed %d, batch %d", seed, batch)
          .isEqualTo(reference.counts);
      assertThat(outcome.keys())
          .as("seed %d, batch %d", seed, batch)
          .isEqualTo(reference.releasedKeys.stream().map(this::print).toList());
      for (String what : WHAT) {
        assertThat(outcome.people().of(what).stream().boxed().toList())
            .as("seed %d, batch %d, people behind %s", seed, batch, what)
            .isEqualTo(List.copyOf(reference.people.getOrDefault(what, Set.of())));
      }
    }
  }

  private Outcome extract(Clinic clinic, int batchRows) {
    MemoryTable source =
        MemoryTable.of("visits", COLUMNS, clinic.rows()).cut(clinic.rows().size(), batchRows);
    TableExtract table = table(source);
    LongSet subjects = new LongSet();
    clinic.releasedPersons().forEach(subjects::add);
    LongSet parents = new LongSet();
    clinic.releasedParents().forEach(key -> parents.add(print(key)));
    List<Long> keys = new ArrayList<>();
    Extractor extractor =
        new Extractor(
            table,
            clinic.index(),
            clinic.consent(),
            new ReleasedRows(Optional.of(subjects), Map.of("episodes", parents)),
            prints,
            table.released().stream()
                .map(output -> ((PlainOperator) output.operator()).open())
                .toList(),
            keys::add);
    List<List<String>> rows = new ArrayList<>();
    try (BatchReader reader = source.open(source.splits().get(0), table.sourceColumns())) {
      for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
        rows.addAll(texts(extractor.extract(batch.get())));
      }
    }
    CountedSubjects people = new CountedSubjects();
    people.add(extractor.spans());
    return new Outcome(rows, keys, extractor.tally(), people);
  }

  private static TableExtract table(MemoryTable source) {
    List<ReleasedColumns> outputs =
        List.of(
            output("visit", 3, PlainOperator.COPY, OnInvalid.STOP, Set.of()),
            output("digit", 5, PlainOperator.DIGIT, OnInvalid.REJECT_ROW, Set.of()),
            output("digit2", 6, PlainOperator.DIGIT, OnInvalid.BLANK, Set.of()),
            output("note", 7, PlainOperator.COPY, OnInvalid.STOP, Set.of(RecordCategory.NOTE)));
    return new TableExtract(
        source,
        1,
        IntStream.range(0, COLUMNS.size()).boxed().toList(),
        0,
        new TableExtract.Dating.ByDates(List.of(1, 2)),
        RecordCategory.VISIT,
        List.of(new TableExtract.ParentReference(4, "episodes")),
        Optional.of(3),
        outputs,
        false,
        ClinicDates.NO_ZONE,
        new TableExtract.RowChecks(
            List.of(3),
            List.of(new TableExtract.ReadColumn(5, TableExtract.ReadColumn.As.WRITTEN))));
  }

  private static ReleasedColumns output(
      String name,
      int column,
      PlainOperator operator,
      OnInvalid onInvalid,
      Set<RecordCategory> categories) {
    return Outputs.of(name, column, COLUMNS.get(column), operator, onInvalid, categories);
  }

  private static Clinic clinic(SplittableRandom random) {
    int size = random.nextInt(1, 30);
    SubjectKeys keys = new SubjectKeys();
    byte[] exclusions = new byte[size];
    List<ConsentTable.Permit> permits = new ArrayList<>();
    Map<String, PlainExtract.Person> persons = new HashMap<>();
    Set<Integer> releasedPersons = new HashSet<>();
    for (int number = 0; number < size; number++) {
      String id = PlainExtract.normal(id(number));
      byte[] key = id.getBytes(StandardCharsets.UTF_8);
      keys.add(key, 0, key.length);
      Optional<Exclusion> exclusion =
          random.nextInt(3) == 0
              ? Optional.of(REASONS.get(random.nextInt(REASONS.size())))
              : Optional.empty();
      exclusions[number] = exclusion.map(Exclusion::code).orElse((byte) 0);
      Set<RecordCategory> granted = new HashSet<>(Set.of(RecordCategory.DEMOGRAPHIC));
      add(random, granted, RecordCategory.VISIT, 5);
      add(random, granted, RecordCategory.NOTE, 2);
      Optional<LocalDate> from = day(random);
      Optional<LocalDate> to = day(random);
      permits.add(
          new ConsentTable.Permit(
              granted,
              from.map(LocalDate::toEpochDay).orElse(Long.MIN_VALUE),
              to.map(LocalDate::toEpochDay).orElse(Long.MAX_VALUE)));
      persons.put(id, new PlainExtract.Person(number, exclusion, granted, from, to));
      if (exclusion.isEmpty() && random.nextInt(8) != 0) {
        releasedPersons.add(number);
      }
    }
    Set<String> parents = Set.of("E0", "E2", "ÉP");
    List<List<String>> rows = new ArrayList<>();
    int count = random.nextInt(1, 300);
    for (int row = 0; row < count; row++) {
      rows.add(row(random, size, row));
    }
    SubjectIndex index =
        new SubjectIndex(
            keys, exclusions, BirthDays.on(new int[size]), new int[size], List.of(), List.of());
    return new Clinic(index, new ConsentTable(permits), persons, releasedPersons, parents, rows);
  }

  private static void add(
      SplittableRandom random, Set<RecordCategory> granted, RecordCategory category, int odds) {
    if (random.nextInt(odds) != 0) {
      granted.add(category);
    }
  }

  private static Optional<LocalDate> day(SplittableRandom random) {
    return random.nextBoolean()
        ? Optional.empty()
        : Optional.of(LocalDate.of(2018 + random.nextInt(5), 1, 1));
  }

  private static String id(int number) {
    return number % 4 == 0 ? "É-" + number : "P-" + number;
  }

  /** A raw id: the same patient written in several ways, an unknown one, or none. */
  private static String rawId(SplittableRandom random, int size) {
    String id = id(random.nextInt(size));
    return switch (random.nextInt(8)) {
      case 0 -> "";
      case 1 -> "Z-999";
      case 2 -> id.toLowerCase(java.util.Locale.ROOT);
      case 3 -> "  " + id + " ";
      case 4 -> id.replace("É", "E\u0301");
      case 5 -> " ";
      default -> id;
    };
  }

  private static List<String> row(SplittableRandom random, int size, int row) {
    return List.of(
        rawId(random, size),
        date(random),
        date(random),
        List.of("", " ", "v" + row).get(Math.min(2, random.nextInt(30))),
        List.of("", "", "E0", "e2 ", "E1", "Ép", "e\u0301p").get(random.nextInt(7)),
        DIGITS.get(Math.max(0, random.nextInt(21) - 13)),
        DIGITS.get(random.nextInt(DIGITS.size())),
        random.nextInt(3) == 0 ? "" : "note " + row);
  }

  private static String date(SplittableRandom random) {
    return random.nextInt(6) == 0
        ? DATES.get(random.nextInt(DATES.size()))
        : LocalDate.of(2017, 12, 31).plusDays(random.nextInt(2_200)).toString();
  }

  private long print(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return prints.of(bytes, 0, bytes.length);
  }

  private static List<List<String>> texts(RowBatch batch) {
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      int at = row;
      rows.add(batch.columns().stream().map(column -> text(column, at)).toList());
    }
    return rows;
  }

  private static String text(Column column, int row) {
    if (column.isMissing(row)) {
      return "";
    }
    if (column instanceof LongColumn longs) {
      return Long.toString(longs.values()[row]);
    }
    BytesColumn bytes = (BytesColumn) column;
    int start = bytes.starts()[row];
    return new String(bytes.buffer(), start, bytes.ends()[row] - start, StandardCharsets.UTF_8);
  }

  private static Map<String, Long> counts(Tally tally) {
    Map<String, Long> counts = new TreeMap<>();
    counts.put("read", tally.read());
    counts.put("released", tally.released());
    tally.excluded().forEach((reason, rows) -> counts.put(reason.name(), rows));
    tally.rejected().forEach((reason, rows) -> counts.put(reason.name(), rows));
    tally.withheld().forEach((column, cells) -> counts.put("withheld " + column, cells));
    tally.blanked().forEach((column, cells) -> counts.put("blanked " + column, cells));
    tally
        .readings()
        .forEach(
            (column, cells) -> {
              counts.put("given " + column, cells.given());
              counts.put("unreadable " + column, cells.unreadable());
            });
    counts.values().removeIf(count -> count == 0);
    return counts;
  }
}
