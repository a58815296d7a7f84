package org.consentry.export.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consentry.data.BytesColumn;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.RowBatch;
import org.consentry.data.Schema;
import org.consentry.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows leave in the order of what they release, whatever the order in which they were read. */
class TableSortTest {

  private static final Schema SCHEMA =
      new Schema(
          "visits",
          List.of(
              new Field("visit", FieldType.CODE, ""),
              new Field("patient", FieldType.CODE, ""),
              new Field("year", FieldType.INTEGER, ""),
              new Field("note", FieldType.TEXT, "")));

  private static final OptionalInt PATIENT = OptionalInt.of(1);

  /** Small enough that a few hundred rows make several segments, ranges, runs and parts. */
  private static final SortSizes TINY = new SortSizes(700, 1_500, 1 << 15, 37);

  /** Writers of all tests use the arrays of earlier ones, with the rows that were left in them. */
  private static final SpillBuffers BUFFERS = new SpillBuffers();

  @TempDir private Path folder;

  private final SortedTables.Memory store = new SortedTables.Memory();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void ordersRowsByPatientThenByTheOtherColumns(long seed) {
    Random random = new Random(seed);
    List<List<@Nullable Object>> rows = rows(random, random.nextInt(400));
    List<List<@Nullable Object>> expected = new ArrayList<>(rows);
    expected.sort(reference());

    for (SortSizes sizes : List.of(TINY, SortSizes.USUAL)) {
      assertThat(sorted(rows, 1 + random.nextInt(6), 1 + random.nextInt(50), sizes))
          .as("seed %d, %s", seed, sizes)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void showsNothingOfOrderCutAndThreads(long seed) throws Exception {
    Random random = new Random(seed);
    List<List<@Nullable Object>> rows = rows(random, 300);
    List<List<@Nullable Object>> first = sorted(rows, 3, 20, TINY);

    for (int permutation = 0; permutation < 5; permutation++) {
      Collections.shuffle(rows, random);
      int splits = 1 + random.nextInt(8);

      assertThat(inParallel(rows, splits, 4)).as("seed %d", seed).isEqualTo(first);
    }
  }

  @Test
  void sortsARangeThatIsLargerThanMemoryFromRuns() {
    List<List<@Nullable Object>> rows = rows(new Random(7), 2_000);
    rows.forEach(row -> row.set(1, "one patient has every row"));
    List<List<@Nullable Object>> expected = new ArrayList<>(rows);
    expected.sort(reference());

    assertThat(sorted(rows, 4, 100, TINY)).isEqualTo(expected);

    assertThat(files()).anyMatch(name -> name.endsWith(".sorted"));
    assertThat(files()).noneMatch(name -> name.endsWith(".runs"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void ordersManyNumbersOfEitherSignAndMissingOnesByValue(long seed) {
    Random random = new Random(seed);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      Long year = random.nextInt(5) == 0 ? null : number(random);
      String note = random.nextInt(5) == 0 ? null : "aä€😀".substring(random.nextInt(3));
      rows.add(Arrays.asList("V", random.nextInt(3) == 0 ? note : "one", year, note));
    }
    List<List<@Nullable Object>> expected = new ArrayList<>(rows);
    expected.sort(reference());

    for (SortSizes sizes : List.of(TINY, SortSizes.USUAL)) {
      assertThat(sorted(rows, 3, 100, sizes)).as("seed %d, %s", seed, sizes).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void takesTextsOfEveryLengthWithTheBytesThatItEscapes(long seed) {
    Random random = new Random(seed);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder("x".repeat(random.nextInt(20)));
      text.append(random.nextInt(4) == 0 ? "\u0001" : "")
          .append(random.nextInt(4) == 0 ? "\0" : "");
      text.append("y".repeat(random.nextInt(20))).append('z');
      rows.add(Arrays.asList(text.toString(), "one", (long) i, text.reverse().toString()));
    }
    List<List<@Nullable Object>> expected = new ArrayList<>(rows);
    expected.sort(reference());

    for (SortSizes sizes : List.of(TINY, SortSizes.USUAL)) {
      assertThat(sorted(rows, 2, 100, sizes)).as("seed %d, %s", seed, sizes).isEqualTo(expected);
    }
  }

  @Test
  void cutsPartsByTheNumberOfRowsAlone() {
    SortedTable table = sorted(sort(TINY), rows(new Random(3), 100), 3, 10);

    assertThat(table.parts())
        .containsExactly(
            new SortedTable.Part(0, 0, 37),
            new SortedTable.Part(1, 37, 74),
            new SortedTable.Part(2, 74, 100));
  }

  @Test
  void countsRowsThatRepeatAnother() {
    List<List<@Nullable Object>> rows = rows(new Random(11), 300);
    List<List<@Nullable Object>> twice = new ArrayList<>(rows);
    twice.addAll(rows.subList(0, 40));

    assertThat(sorted(sort(TINY), twice, 5, 10).repeated(compared -> {}))
        .isEqualTo(twice.size() - new HashSet<>(rows).size());
  }

  /** A cell that a source has empty ends where it is in the source's buffer. */
  @Test
  void takesNoRoomForCellsThatAreMissing() {
    RowBatch batch =
        SortedTables.batch(SCHEMA, Collections.nCopies(50, Arrays.asList("V1", "P1", 1L, null)));
    Arrays.fill(((BytesColumn) batch.columns().get(3)).ends(), 6 << 20);
    SpillResult result;
    try (SpillWriter spill = sort(SortSizes.USUAL).spill(0)) {
      spill.write(batch);
      result = spill.finish();
    }

    assertThat(SpillFile.open(folder.resolve("visits-0.spill"), result).orElseThrow().segments())
        .hasSize(1);
  }

  @Test
  void takesTheArraysOfAWriterThatIsDoneAndGivesThemBackOnce() {
    SpillBuffers buffers = new SpillBuffers();
    SpillBuffers.Arrays first = buffers.take();
    buffers.give(first, 1);
    byte[] small = first.rows;

    SpillWriter spill = sort(SortSizes.USUAL).spill(0, 1, buffers);
    spill.write(SortedTables.batch(SCHEMA, rows(new Random(1), 5_000)));
    spill.finish();
    spill.close();
    spill.close();

    assertThat(buffers.take()).isSameAs(first);
    assertThat(first.rows).as("grown").hasSizeGreaterThan(small.length);
    assertThat(buffers.take()).isNotSameAs(first);
    assertThatThrownBy(spill::finish).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> spill.write(SortedTables.batch(SCHEMA, rows(new Random(1), 1))))
        .isInstanceOf(IllegalStateException.class);
  }

  /** A row of many megabytes would otherwise occupy memory until the last split is done. */
  @Test
  void keepsNoArraysThatALongRowMade() {
    SpillBuffers buffers = new SpillBuffers();
    SpillBuffers.Arrays first = buffers.take();
    buffers.give(first, 1);

    try (SpillWriter spill = sort(TINY).spill(0, 1, buffers)) {
      List<@Nullable Object> row = Arrays.asList("V1", "P1", 1L, "x".repeat(100_000));
      spill.write(SortedTables.batch(SCHEMA, List.of(row)));
      assertThat(spill.finish().rows()).isEqualTo(1);
    }

    assertThat(first.rows).as("grown").hasSizeGreaterThan(100_000);
    assertThat(buffers.take()).isNotSameAs(first);
  }

  @Test
  void makesOneEmptyPartOfATableWithoutRows() {
    SortedTable table = sort(SortSizes.USUAL).sorted(List.of());

    assertThat(table.parts()).containsExactly(new SortedTable.Part(0, 0, 0));
    assertThat(SortedTables.rows(table)).isEmpty();
  }

  @Test
  void takesNoBoundsFromASplitThatReleasesNothing() {
    TableSort sort = sort(TINY);
    List<List<@Nullable Object>> rows = rows(new Random(8), 200);
    SpillResult nothing = spill(sort, 0, List.of(), 10);
    SpillResult all = spill(sort, 1, rows, 10);
    List<List<@Nullable Object>> expected = new ArrayList<>(rows);
    expected.sort(reference());

    assertThat(sort.isIntact(0, nothing)).isTrue();

    assertThat(SortedTables.rows(sort.sorted(List.of(nothing, all)))).isEqualTo(expected);
    assertThat(files()).noneMatch(name -> name.endsWith(".sorted"));
  }

  @Test
  void ordersByTheFirstColumnWhereNoneLeads() {
    TableSort sort =
        new TableSort(SCHEMA, OptionalInt.empty(), 1 << 20, folder, store, SortSizes.USUAL);
    SortedTable table =
        sorted(
            sort,
            List.of(
                Arrays.asList("b", "1", null, null),
                Arrays.asList("a", "2", null, null),
                Arrays.asList(null, "3", null, null)),
            1,
            10);

    assertThat(SortedTables.rows(table).stream().map(row -> row.get(1)))
        .containsExactly("3", "2", "1");
  }

  @Test
  void countsASpillFileOnlyWhileEveryByteIsWhatWasWritten() throws IOException {
    TableSort sort = sort(TINY);
    SpillResult result = spill(sort, 0, rows(new Random(5), 60), 20);
    Path file = folder.resolve("visits-0.spill");
    byte[] whole = Files.readAllBytes(file);
    assertThat(sort.isIntact(0, result)).isTrue();

    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      assertThat(sort.isIntact(0, result)).as("byte %d of %d", at, whole.length).isFalse();
    }
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertThat(sort.isIntact(0, result)).isFalse();
    Files.delete(file);
    assertThat(sort.isIntact(0, result)).isFalse();
  }

  @Test
  void countsNoSpillFileThatWasCutByOtherRanges() {
    TableSort sort = sort(TINY);
    SpillResult result = spill(sort, 0, rows(new Random(5), 60), 20);

    assertThat(sort(TINY).isIntact(0, result)).isTrue();
    TableSort forgot =
        new TableSort(SCHEMA, PATIENT, 1 << 20, folder, new SortedTables.Memory(), TINY);
    assertThat(forgot.isIntact(0, result)).isFalse();
    spill(forgot, 1, rows(new Random(6), 60), 20);
    assertThat(forgot.isIntact(0, result)).isFalse();
  }

  @Test
  void stopsWhenSpilledRowsAreDamagedWhileTheyWait() throws IOException {
    TableSort sort = sort(TINY);
    SpillResult result = spill(sort, 0, rows(new Random(5), 60), 20);
    SortedTable table = sort.sorted(List.of(result));
    Path file = folder.resolve("visits-0.spill");
    byte[] bytes = Files.readAllBytes(file);
    bytes[3] ^= 0x40;
    Files.write(file, bytes);

    assertThatThrownBy(() -> SortedTables.rows(table))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "staging: error STAGING_DAMAGED rows that wait in staging to be sorted are damaged;"
                + " check the disk, then resume the run; it reads the rows again");
  }

  @Test
  void makesFilesForTheirOwnerAlone() throws IOException {
    spill(sort(TINY), 0, rows(new Random(5), 60), 20);

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("visits-0.spill"))))
        .isEqualTo("rw-------");
  }

  private TableSort sort(SortSizes sizes) {
    return new TableSort(SCHEMA, PATIENT, 1 << 20, folder, store, sizes);
  }

  private List<List<@Nullable Object>> sorted(
      List<List<@Nullable Object>> rows, int splits, int batch, SortSizes sizes) {
    TableSort sort =
        new TableSort(SCHEMA, PATIENT, 1 << 20, folder, new SortedTables.Memory(), sizes);
    return SortedTables.rows(sorted(sort, rows, splits, batch));
  }

  private List<List<@Nullable Object>> inParallel(
      List<List<@Nullable Object>> rows, int splits, int threads) throws Exception {
    TableSort sort =
        new TableSort(SCHEMA, PATIENT, 1 << 20, folder, new SortedTables.Memory(), TINY);
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<SpillResult>> running = new ArrayList<>();
      for (int split = 0; split < splits; split++) {
        int number = split;
        running.add(workers.submit(() -> spill(sort, number, part(rows, number, splits), 7)));
      }
      List<SpillResult> done = new ArrayList<>();
      for (Future<SpillResult> one : running) {
        done.add(one.get());
      }
      return SortedTables.rows(sort.sorted(done));
    } finally {
      workers.shutdown();
    }
  }

  private static SortedTable sorted(
      TableSort sort, List<List<@Nullable Object>> rows, int splits, int batch) {
    return sort.sorted(
        IntStream.range(0, splits)
            .mapToObj(split -> spill(sort, split, part(rows, split, splits), batch))
            .toList());
  }

  private static List<List<@Nullable Object>> part(
      List<List<@Nullable Object>> rows, int split, int splits) {
    return rows.subList(rows.size() * split / splits, rows.size() * (split + 1) / splits);
  }

  private static SpillResult spill(
      TableSort sort, int split, List<List<@Nullable Object>> rows, int batch) {
    try (SpillWriter spill = sort.spill(split, 1, BUFFERS)) {
      for (int from = 0; from < rows.size(); from += batch) {
        spill.write(
            SortedTables.batch(SCHEMA, rows.subList(from, Math.min(rows.size(), from + batch))));
      }
      return spill.finish();
    }
  }

  /** Rows with few patients, many ties, missing cells, and texts that begin alike. */
  private static List<List<@Nullable Object>> rows(Random random, int count) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          Arrays.asList(
              "V" + random.nextInt(1 + count / 2),
              random.nextInt(20) == 0 ? null : "code-" + random.nextInt(12),
              random.nextInt(9) == 0 ? null : number(random),
              random.nextInt(3) == 0 ? null : text(random)));
    }
    return rows;
  }

  private static Long number(Random random) {
    long value = random.nextLong() >> random.nextInt(64);
    return value == Long.MIN_VALUE ? 0 : value;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder("same beginning of all");
    for (int length = random.nextInt(9); length > 0; length--) {
      text.appendCodePoint("\u0000\u0001\u0002 aä€😀".codePoints().toArray()[random.nextInt(8)]);
    }
    return text.toString();
  }

  /** The rule, written plainly: patient, visit, year, note; missing first; texts by their bytes. */
  private static Comparator<List<@Nullable Object>> reference() {
    Comparator<@Nullable Object> cells = Comparator.nullsFirst(TableSortTest::compareCells);
    Comparator<List<@Nullable Object>> rows = Comparator.comparing(row -> row.get(1), cells);
    for (int column : new int[] {0, 2, 3}) {
      rows = rows.thenComparing(row -> row.get(column), cells);
    }
    return rows;
  }

  private static int compareCells(Object one, Object other) {
    return one instanceof Long number
        ? number.compareTo((Long) other)
        : Arrays.compareUnsigned(
            ((String) one).getBytes(StandardCharsets.UTF_8),
            ((String) other).getBytes(StandardCharsets.UTF_8));
  }

  private List<String> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void makesNoBoundsOfItsOwnWhereStoredOnesCannotBeReadBack() {
    TableSort.Store blind =
        new TableSort.Store() {
          @Override
          public Optional<byte[]> read(String name) {
            return Optional.empty();
          }

          @Override
          public void write(String name, byte[] bytes) {}
        };
    TableSort sort = new TableSort(SCHEMA, PATIENT, 1 << 20, folder, blind, TINY);

    assertThatThrownBy(() -> sort.bounds(new byte[] {1}, new int[] {0}, new int[] {1}, 1))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("STAGING_DAMAGED");
  }
}
