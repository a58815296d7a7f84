package org.consentry.connector;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.consentry.config.CsvWords;
import org.consentry.config.Encoding;
import org.consentry.connector.csv.CsvSource;
import org.consentry.data.BytesColumn;
import org.consentry.data.RejectReason;
import org.consentry.data.RowBatch;

/**
 * Everything a table gives, as text.
 *
 * @param rows values in file order; a missing one is empty
 * @param lines line number of every row
 * @param rejected reason and line of what was rejected
 */
public record Read(List<List<String>> rows, List<Long> lines, List<String> rejected) {

  /** A comment character that no test file has: the same dialect, read by commons-csv. */
  private static final Optional<Character> NO_COMMENT = Optional.of('\u0001');

  static CsvSource.Config config(Encoding encoding, Optional<Character> comment) {
    return new CsvSource.Config(
        ".",
        new CsvWords(encoding, Optional.empty(), Optional.empty()),
        Map.of(),
        Optional.empty(),
        comment);
  }

  public static SourceTable fast(Path directory, Encoding encoding, CsvSource.Sizes sizes) {
    return table(directory, config(encoding, Optional.empty()), sizes);
  }

  public static SourceTable general(Path directory, Encoding encoding, CsvSource.Sizes sizes) {
    return table(directory, config(encoding, NO_COMMENT), sizes);
  }

  public static SourceTable table(Path directory, CsvSource.Config config, CsvSource.Sizes sizes) {
    return new CsvSource(config, directory.resolve(config.path()), config.path(), sizes)
        .table("t")
        .orElseThrow();
  }

  public static Read all(SourceTable table) {
    return columns(table, IntStream.range(0, table.columns().size()).boxed().toList());
  }

  public static Read columns(SourceTable table, List<Integer> columns) {
    Read read = new Read(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Split split : table.splits()) {
      read.add(table.open(split, columns));
    }
    return read;
  }

  /** All rows as a look from the first row on reads them. */
  public static Read look(SourceTable table) {
    Read read = new Read(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    read.add(table.first(IntStream.range(0, table.columns().size()).boxed().toList()));
    return read;
  }

  private void add(BatchReader rows) {
    try (BatchReader reader = rows) {
      for (Optional<RowBatch> b = reader.next(); b.isPresent(); b = reader.next()) {
        add(b.get());
      }
    }
  }

  private void add(RowBatch batch) {
    for (int row = 0; row < batch.rows(); row++) {
      List<String> values = new ArrayList<>();
      for (var column : batch.columns()) {
        values.add(text((BytesColumn) column, row));
      }
      rows.add(values);
      lines.add(batch.lines().applyAsLong(row));
    }
    for (RowBatch.Rejection rejection : batch.rejections()) {
      RejectReason reason = rejection.reason();
      rejected.add(reason + " " + rejection.line());
    }
  }

  private static String text(BytesColumn column, int row) {
    if (column.isMissing(row)) {
      return "";
    }
    int start = column.starts()[row];
    return new String(column.buffer(), start, column.ends()[row] - start, StandardCharsets.UTF_8);
  }
}
