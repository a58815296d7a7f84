package org.consentry.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.consentry.data.BytesColumn;
import org.consentry.data.CellFormat;
import org.consentry.data.RowBatch;
import org.consentry.data.WrittenDates;
import org.consentry.data.WrittenNumbers;
import org.consentry.testing.MemoryTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table in formats gives of every cell what the format reads of it alone, in every split. */
final class FormattedTableTest {

  private static final CellFormat DATES =
      new CellFormat(
          Optional.of(WrittenDates.of("d.M.yyyy")),
          Optional.empty(),
          Set.of("unbekannt"),
          Map.of(),
          Optional.empty());
  private static final CellFormat NUMBERS =
      new CellFormat(
          Optional.empty(),
          Optional.of(new WrittenNumbers(',', Optional.of('.'), List.of("€"))),
          Set.of("-"),
          Map.of(),
          Optional.empty());
  private static final CellFormat NULLS =
      new CellFormat(
          Optional.empty(), Optional.empty(), Set.of("NULL", "\\N"), Map.of(), Optional.empty());
  private static final Map<String, CellFormat> FORMATS =
      Map.of("day", DATES, "cost", NUMBERS, "note", NULLS);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void readsEveryCellAsItsFormatReadsItAlone(long seed) {
    List<String> columns = List.of("note", "plain", "cost", "day");
    List<List<String>> rows = rows(new Random(seed));
    SourceTable table =
        FormattedTable.of(MemoryTable.of("visits", columns, rows).cut(1000, 300), FORMATS);

    List<List<String>> read = read(table, List.of(3, 0, 2, 1));

    assertThat(read)
        .as("seed " + seed)
        .isEqualTo(
            rows.stream()
                .map(
                    row ->
                        List.of(
                            DATES.read(row.get(3)),
                            NULLS.read(row.get(0)),
                            NUMBERS.read(row.get(2)),
                            row.get(1)))
                .toList());
  }

  private static List<List<String>> rows(Random random) {
    return IntStream.range(0, 5000)
        .mapToObj(
            row ->
                List.of(
                    pick(random, "NULL", "\\N", " NULL ", "null", "a note", ""),
                    pick(random, "1.234,50", "NULL", "-", ""),
                    pick(
                        random,
                        random.nextInt(2000) + "," + random.nextInt(100) + " €",
                        "1.234." + random.nextInt(1000),
                        "1234.5",
                        "-",
                        " ",
                        ""),
                    pick(
                        random, day(random), "31.4.2020", "unbekannt", " unbekannt", "2020-01-01")))
        .toList();
  }

  private static String day(Random random) {
    LocalDate day = LocalDate.of(1950, 1, 1).plusDays(random.nextInt(40_000));
    return day.getDayOfMonth() + "." + day.getMonthValue() + "." + day.getYear();
  }

  private static String pick(Random random, String... words) {
    return words[random.nextInt(words.length)];
  }

  private static List<List<String>> read(SourceTable table, List<Integer> columns) {
    List<List<String>> rows = new ArrayList<>();
    for (Split split : table.splits()) {
      try (BatchReader reader = table.open(split, columns)) {
        for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
          for (int row = 0; row < batch.get().rows(); row++) {
            rows.add(row(batch.get(), row));
          }
        }
      }
    }
    return rows;
  }

  private static List<String> row(RowBatch batch, int row) {
    return batch.columns().stream()
        .map(BytesColumn.class::cast)
        .map(column -> text(column, row))
        .toList();
  }

  private static String text(BytesColumn column, int row) {
    int start = column.starts()[row];
    return column.isMissing(row)
        ? ""
        : new String(column.buffer(), start, column.ends()[row] - start, StandardCharsets.UTF_8);
  }
}
