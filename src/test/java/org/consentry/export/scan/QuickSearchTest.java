package org.consentry.export.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.consentry.data.CodeForm;
import org.consentry.data.Codes;
import org.consentry.export.scan.CellSearch.Place;
import org.consentry.export.scan.Finding.Evidence;
import org.consentry.export.scan.ScanRules.FinestDate;
import org.consentry.export.scan.ScanRules.OwnDates;
import org.consentry.export.scan.ScanRules.Patterns;
import org.junit.jupiter.api.Test;

/**
 * What is decided from the bytes of cells is what the full search of their texts finds: the
 * reference implementation of each quick way.
 */
final class QuickSearchTest {

  private static final long SEED = 20261130;
  private static final int ROWS = 30_000;
  private static final ScanRules MONTHS =
      new ScanRules(Patterns.US, FinestDate.MONTH, OwnDates.FORBIDDEN, 3, 90);
  private static final ScanRules DAYS =
      new ScanRules(Patterns.NONE, FinestDate.DAY, OwnDates.ALLOWED, 3, 90);
  private static final List<String> WORDS =
      List.of(
          "left eye",
          "seen by Kowalska",
          "H02.401",
          "ptosis",
          "Okonkwo",
          "call 520-555-0134",
          "S\u00e1nchez",
          "aged 93",
          "Tucson AZ 85719",
          "U293ZXJieQ==",
          "kowalska%40example.org",
          "04/03/2021",
          "3 April 2021",
          "20210403",
          "2021-04-03T10:00:00",
          "2021-02-30",
          "2021-13-05",
          "1899-12-31",
          "2300-01-01",
          "AB-1234567",
          "MRN 7123456",
          "-",
          "0712345");

  private static IdentifierSet source(Random random) {
    IdentifierSet.Builder builder = new IdentifierSet.Builder(SipKey.random());
    for (String name : List.of("Kowalska", "Okonkwo", "S\u00e1nchez", "Sowerby", "AB1234567")) {
      builder.add(name);
    }
    for (int i = 0; i < 20; i++) {
      builder.add(Integer.toString(1_000_000 + random.nextInt(9_000_000)));
    }
    builder.add("7123456");
    builder.add("201905");
    builder.add("20190614");
    return builder.build();
  }

  private static String cell(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> LocalDate.of(1900, 1, 1).plusDays(random.nextInt(146_000)).toString();
      case 1 -> LocalDate.of(2019, 5, 1).plusDays(random.nextInt(60)).toString();
      case 2 -> Integer.toString(random.nextInt(10_000_000));
      case 3 -> random.nextInt(100_000) + "." + random.nextInt(1000);
      case 4 -> random.nextInt(20) == 0 ? "7123456" : "7" + random.nextInt(999_999);
      case 5 -> new CodeForm("P").of(code(random));
      case 6 -> code(random);
      default -> WORDS.get(random.nextInt(WORDS.size()));
    };
  }

  private static String code(Random random) {
    byte[] bytes = new byte[Codes.BYTES];
    random.nextBytes(bytes);
    byte[] text = new byte[Codes.SIZE];
    Codes.encode(bytes, 0, text, 0);
    return new String(text, StandardCharsets.US_ASCII);
  }

  /** Evidence and kind of what the full search finds in a cell, each once. */
  private static List<String> found(CellHits hits) {
    List<String> found = new ArrayList<>();
    hits.marks().stream()
        .filter(mark -> !mark.equals(Limits.COMPACT_DATE))
        .forEach(mark -> found.add(mark.evidence() + " " + mark.kind()));
    for (long[] digests : List.of(hits.candidates(), hits.words())) {
      for (long digest : digests) {
        found.add(Evidence.IDENTIFIER + " " + Token.kind(Token.classOf(digest)).word());
      }
    }
    return found.stream().distinct().toList();
  }

  @Test
  void countsTheCellsThatTheFullSearchOfEachFinds() throws Exception {
    Random random = new Random(SEED);
    IdentifierSet set = source(random);
    CellSearch search = new CellSearch(set, MONTHS);
    StringBuilder csv = new StringBuilder();
    Map<String, Long> expected = new TreeMap<>();
    for (int row = 0; row < ROWS; row++) {
      String cell = cell(random);
      csv.append(cell).append('\n');
      for (String one : found(search.search(cell, Place.CELL))) {
        expected.merge(one, 1L, Long::sum);
      }
    }

    TableScan table = new TableScan(set, MONTHS, "x.csv", List.of("any"), Place.CELL);
    CsvReader reader =
        new CsvReader(
            new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)), (byte) ',');
    for (CellBatch batch = reader.next(); batch.rows > 0; batch = reader.next()) {
      table.scan(batch);
    }

    Map<String, Long> actual = new TreeMap<>();
    table.findings().forEach(one -> actual.put(one.evidence() + " " + one.kind(), one.count()));
    assertThat(table.cells()).isEqualTo(ROWS);
    assertThat(actual).as("seed %d", SEED).isEqualTo(expected);
    assertThat(actual)
        .containsKeys(
            "IDENTIFIER name",
            "IDENTIFIER number",
            "IDENTIFIER record-number",
            "LIMIT date",
            "LIMIT age",
            "LIMIT zip-code",
            "PATTERN phone");
  }

  @Test
  void findsInDaysAndNumbersWhatTheSearchOfTheirTextFinds() {
    Random random = new Random(SEED);
    IdentifierSet set = source(random);
    List<Function<Random, String>> forms =
        List.of(
            any -> LocalDate.of(1890, 1, 1).plusDays(any.nextInt(153_400)).toString(),
            any -> LocalDate.of(2019, 5, 1).plusDays(any.nextInt(60)).toString(),
            any -> Integer.toString(any.nextInt(10_000_000)),
            any -> any.nextInt(3_000) + "-" + any.nextInt(20) + "-" + any.nextInt(40));
    for (ScanRules rules : List.of(MONTHS, DAYS, ScanRules.SAFE_HARBOR)) {
      CellSearch search = new CellSearch(set, rules);
      for (int i = 0; i < 20_000; i++) {
        String text = forms.get(i % forms.size()).apply(random);
        byte[] cell = text.getBytes(StandardCharsets.US_ASCII);
        for (Place place : List.of(Place.CELL, Place.AGE, Place.ZIP)) {
          long[] before = search.looked.clone();
          CellHits full = search.search(text, place);
          long[] afterFull = search.looked.clone();
          CellHits quick = search.search(cell, 0, cell.length, place);

          String about = "seed " + SEED + ", " + text + " as " + place;
          assertThat(quick.candidates()).as(about).containsExactly(full.candidates());
          assertThat(quick.words()).as(about).containsExactly(full.words());
          assertThat(quick.days()).as(about).containsExactly(full.days());
          assertThat(quick.marks()).as(about).isEqualTo(full.marks());
          for (int number = Token.LOCAL_PHONE; number < Token.CLASSES; number++) {
            assertThat(search.looked[number] - afterFull[number])
                .as(about)
                .isEqualTo(afterFull[number] - before[number]);
          }
        }
      }
    }
  }

  @Test
  void findsNumbersThatAreSplitOverCells() throws Exception {
    Random random = new Random(SEED);
    IdentifierSet.Builder builder = new IdentifierSet.Builder(SipKey.random());
    for (int i = 0; i < 400; i++) {
      builder.add(String.format("%08d", random.nextInt(100) * 1_000_003 % 100_000_000));
      builder.add(String.format("%09d", random.nextInt(1_000) * 900_001 % 1_000_000_000));
    }
    for (int i = 0; i < 4_000; i++) {
      builder.add("520" + (2_000_000 + random.nextInt(1_000)));
    }
    IdentifierSet set = builder.build();
    CellSearch search = new CellSearch(set, MONTHS);
    StringBuilder csv = new StringBuilder();
    long[] expected = new long[4];
    for (int row = 0; row < ROWS; row++) {
      List<String> cells = splitRow(random);
      csv.append(String.join(",", cells)).append('\n');
      for (int last = 1; last < cells.size(); last++) {
        for (int first = last - 1; first >= Math.max(0, last - 2); first--) {
          expected[last] += search.split(joined(cells.subList(first, last + 1))).isEmpty() ? 0 : 1;
        }
      }
    }

    TableScan table = new TableScan(set, MONTHS, "x.csv", List.of("a", "b", "c", "d"), Place.CELL);
    CsvReader reader =
        new CsvReader(
            new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)), (byte) ',');
    for (CellBatch batch = reader.next(); batch.rows > 0; batch = reader.next()) {
      table.scan(batch);
    }

    assertThat(table.findings())
        .as("seed %d", SEED)
        .extracting(Finding::column, Finding::count)
        .containsExactly(tuple("b", expected[1]), tuple("c", expected[2]), tuple("d", expected[3]));
  }

  /** Four cells of up to five digits, of which no single one is a number of the source. */
  private static List<String> splitRow(Random random) {
    List<String> cells = new ArrayList<>();
    String known =
        random.nextBoolean()
            ? (random.nextBoolean() ? "1" : "") + "520" + (2_000_000 + random.nextInt(1_000))
            : String.format("%08d", random.nextInt(100) * 1_000_003 % 100_000_000);
    int at = 0;
    while (cells.size() < 4) {
      int size = Math.min(2 + random.nextInt(4), known.length() - at);
      boolean isOther = size < 1 || random.nextInt(6) == 0;
      cells.add(isOther ? Integer.toString(random.nextInt(99)) : known.substring(at, at + size));
      at = isOther ? at : at + size;
    }
    return cells;
  }

  /** What is joined of cells that can be one number, and a text that is none of others. */
  private static String joined(List<String> cells) {
    String all = String.join("", cells);
    boolean may = cells.stream().allMatch(cell -> cell.length() > 1) && all.length() >= 8;
    return may ? all : "";
  }

  /** Rows of a row group, whose values are those of a dictionary unless they are long. */
  private static CellBatch batch(
      List<String> cells, List<String> dictionary, DecidedValues decided) {
    CellBytes bytes = new CellBytes(64);
    CellBatch batch = new CellBatch();
    batch.reset(1, cells.size());
    batch.decided = new DecidedValues[] {decided};
    for (int row = 0; row < cells.size(); row++) {
      int start = bytes.size;
      bytes.add(cells.get(row).getBytes(StandardCharsets.UTF_8));
      int id = dictionary.indexOf(cells.get(row));
      batch.set(0, row, start, bytes.size, id < 0 ? CellBatch.NO_ID : id);
    }
    batch.bytes = bytes.array;
    return batch;
  }

  @Test
  void findsTheSameWhereAValueOfADictionaryIsDecidedOnce() {
    Random random = new Random(SEED);
    IdentifierSet set = source(random);
    for (int different : new int[] {30, 600, 3000}) {
      List<String> values = Stream.generate(() -> cell(random)).limit(different).toList();
      List<String> dictionary = values.stream().distinct().limit(500).toList();
      TableScan each = new TableScan(set, MONTHS, "x.parquet", List.of("any"), Place.CELL);
      TableScan once = new TableScan(set, MONTHS, "x.parquet", List.of("any"), Place.CELL);
      for (int group = 0; group < 3; group++) {
        DecidedValues decided = new DecidedValues(dictionary.size());
        for (int i = 0; i < 4; i++) {
          List<String> cells =
              Stream.generate(() -> values.get(random.nextInt(different))).limit(700).toList();
          each.scan(batch(cells, List.of(), new DecidedValues(0)));
          once.scan(batch(cells, dictionary, decided));
        }
        assertThat(decided.kinds).contains(SplitCells.OTHER);
        assertThat(decided.hits).anyMatch(hits -> !hits.isEmpty());
      }

      assertThat(once.cells()).isEqualTo(each.cells());
      assertThat(once.findings())
          .as("%d of seed %d", different, SEED)
          .isEqualTo(each.findings())
          .isNotEmpty();
    }
  }
}
