package org.consentry.export.sort;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.LongColumn;
import org.consentry.data.RowBatch;
import org.consentry.data.Schema;
import org.jspecify.annotations.Nullable;

/** Sorts for tests: rows are lists of texts, numbers and nulls. */
public final class SortedTables {

  private SortedTables() {}

  /** A sort in a folder, whose bounds are in memory; the first column leads. */
  public static TableSort sort(Schema schema, Path folder, SortSizes sizes) {
    return new TableSort(schema, OptionalInt.empty(), 1 << 20, folder, new Memory(), sizes);
  }

  /** A store in memory. */
  static final class Memory implements TableSort.Store {
    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

    @Override
    public Optional<byte[]> read(String name) {
      return Optional.ofNullable(kept.get(name));
    }

    @Override
    public void write(String name, byte[] bytes) {
      kept.put(name, bytes);
    }
  }

  /** A batch of rows. */
  static RowBatch batch(Schema schema, List<? extends List<@Nullable Object>> rows) {
    List<Column> columns = new ArrayList<>();
    for (int column = 0; column < schema.fields().size(); column++) {
      columns.add(
          schema.fields().get(column).type().isBytes()
              ? texts(rows, column)
              : numbers(rows, column));
    }
    return new RowBatch(rows.size(), columns, List.of(), row -> row);
  }

  private static BytesColumn texts(List<? extends List<@Nullable Object>> rows, int column) {
    byte[] buffer = new byte[0];
    int[] starts = new int[rows.size()];
    int[] ends = new int[rows.size()];
    for (int row = 0; row < rows.size(); row++) {
      Object cell = rows.get(row).get(column);
      if (cell == null) {
        starts[row] = BytesColumn.MISSING;
        ends[row] = BytesColumn.MISSING;
      } else {
        byte[] text = ((String) cell).getBytes(StandardCharsets.UTF_8);
        starts[row] = buffer.length;
        buffer = Arrays.copyOf(buffer, buffer.length + text.length);
        System.arraycopy(text, 0, buffer, starts[row], text.length);
        ends[row] = buffer.length;
      }
    }
    return new BytesColumn(rows.size(), buffer, starts, ends);
  }

  private static LongColumn numbers(List<? extends List<@Nullable Object>> rows, int column) {
    long[] values = new long[rows.size()];
    for (int row = 0; row < rows.size(); row++) {
      Object cell = rows.get(row).get(column);
      values[row] = cell == null ? LongColumn.MISSING : (Long) cell;
    }
    return new LongColumn(rows.size(), values);
  }

  /** All rows of all parts, one after the other. */
  public static List<List<@Nullable Object>> rows(SortedTable table) {
    List<List<@Nullable Object>> all = new ArrayList<>();
    for (SortedTable.Part part : table.parts()) {
      long before = all.size();
      try (PartRows rows = table.open(part)) {
        for (Optional<RowBatch> batch = rows.next(); batch.isPresent(); batch = rows.next()) {
          for (int row = 0; row < batch.get().rows(); row++) {
            all.add(row(batch.get(), row));
          }
        }
      }
      if (all.size() - before != part.rows()) {
        throw new AssertionError("part " + part + " has " + (all.size() - before) + " rows");
      }
    }
    return all;
  }

  private static List<@Nullable Object> row(RowBatch batch, int row) {
    List<@Nullable Object> cells = new ArrayList<>();
    for (Column column : batch.columns()) {
      if (column.isMissing(row)) {
        cells.add(null);
      } else if (column instanceof BytesColumn text) {
        int start = text.starts()[row];
        cells.add(
            new String(text.buffer(), start, text.ends()[row] - start, StandardCharsets.UTF_8));
      } else {
        cells.add(((LongColumn) column).values()[row]);
      }
    }
    return cells;
  }
}
