package org.consentry.connector;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.consentry.connector.PartWriter.PartFile;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.Field;
import org.consentry.data.LongColumn;
import org.consentry.data.RowBatch;
import org.consentry.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Rows to be written and what a reader must find: per column a list of String, Long or null. {@code
 * batches} makes them flow, each batch over buffers of its own.
 */
public record Table(Schema schema, List<List<@Nullable Object>> columns) {

  public static Table of(List<Field> fields, List<List<@Nullable Object>> columns) {
    return new Table(new Schema("visits", fields), columns);
  }

  int rows() {
    return columns.get(0).size();
  }

  /** Cuts the rows into batches of the given sizes and, at the end, whatever is left. */
  public List<RowBatch> batches(int... sizes) {
    List<RowBatch> batches = new ArrayList<>();
    int from = 0;
    for (int size : sizes) {
      batches.add(batch(from, from + size));
      from += size;
    }
    batches.add(batch(from, rows()));
    return batches;
  }

  /** Cuts the rows into batches of 0 to {@code most} rows. */
  public List<RowBatch> batches(SplittableRandom random, int most) {
    List<Integer> sizes = new ArrayList<>();
    int left = rows();
    while (left > most) {
      int size = random.nextInt(most + 1);
      sizes.add(size);
      left -= size;
    }
    return batches(sizes.stream().mapToInt(Integer::intValue).toArray());
  }

  private RowBatch batch(int from, int to) {
    List<Column> parts = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      List<@Nullable Object> values = columns.get(i).subList(from, to);
      boolean text = schema.fields().get(i).type().isBytes();
      parts.add(text ? texts(values) : longs(values));
    }
    return new RowBatch(to - from, parts, List.of(), row -> row + 2L);
  }

  private static LongColumn longs(List<@Nullable Object> values) {
    long[] longs =
        values.stream()
            .mapToLong(value -> value == null ? LongColumn.MISSING : (Long) value)
            .toArray();
    return new LongColumn(longs.length, longs);
  }

  /** Equal neighbours share one range of the buffer, as the engine's transformers make them. */
  private static BytesColumn texts(List<@Nullable Object> values) {
    int rows = values.size();
    int[] starts = new int[rows];
    int[] ends = new int[rows];
    byte[] buffer = new byte[16];
    int end = 0;
    for (int row = 0; row < rows; row++) {
      Object value = values.get(row);
      if (value == null) {
        starts[row] = BytesColumn.MISSING;
      } else if (row > 0 && value.equals(values.get(row - 1))) {
        starts[row] = starts[row - 1];
        ends[row] = ends[row - 1];
      } else {
        byte[] bytes = ((String) value).getBytes(StandardCharsets.UTF_8);
        if (buffer.length < end + bytes.length) {
          buffer = Arrays.copyOf(buffer, 2 * (end + bytes.length));
        }
        System.arraycopy(bytes, 0, buffer, end, bytes.length);
        starts[row] = end;
        end += bytes.length;
        ends[row] = end;
      }
    }
    return new BytesColumn(rows, Arrays.copyOf(buffer, end), starts, ends);
  }

  /** Writes batches through a sink and finishes. */
  public static PartFile write(Sink sink, Path file, Schema schema, List<RowBatch> batches) {
    try (PartWriter writer = sink.open(file, schema, Map.of())) {
      batches.forEach(writer::write);
      return writer.finish();
    }
  }

  /** The values of one column as a list that may have null. */
  public static List<@Nullable Object> column(@Nullable Object... values) {
    return new ArrayList<>(Arrays.asList(values));
  }

  /** One value a row, made by a function of the row. */
  public static List<@Nullable Object> generate(int rows, IntFunction<@Nullable Object> value) {
    return new ArrayList<>(IntStream.range(0, rows).mapToObj(value).toList());
  }
}
