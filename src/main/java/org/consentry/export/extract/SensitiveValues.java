package org.consentry.export.extract;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.LongColumn;
import org.consentry.data.RowBatch;

/**
 * The values of sensitive columns in the released rows of one split, by subject. Only the different
 * values are in memory as text. Not thread-safe: one a split.
 */
final class SensitiveValues {

  private final List<Integer> positions;
  private final List<Values> columns;

  /** Collects columns at these positions in the schema. */
  SensitiveValues(List<Integer> positions) {
    this.positions = List.copyOf(positions);
    this.columns = positions.stream().map(position -> new Values()).toList();
  }

  /** The different values of one column, and which subject has which. */
  private static final class Values {
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private long[] pairs = new long[0];
    private int count;

    void add(int subject, String value) {
      long pair = (long) subject << Integer.SIZE | number(value);
      if (count > 0 && pairs[count - 1] == pair) {
        return;
      }
      if (count == pairs.length) {
        pairs = Arrays.copyOf(pairs, Math.max(16, 2 * count));
      }
      pairs[count++] = pair;
    }

    private int number(String value) {
      Integer known = numbers.putIfAbsent(value, numbers.size());
      return known == null ? numbers.size() - 1 : known;
    }
  }

  void add(RowBatch released, int[] subjects) {
    for (int i = 0; i < columns.size(); i++) {
      Column column = released.columns().get(positions.get(i));
      for (int row = 0; row < released.rows(); row++) {
        if (!column.isMissing(row)) {
          columns.get(i).add(subjects[row], value(column, row));
        }
      }
    }
  }

  /**
   * A value as text whose characters are its bytes, in an order that is that of the values: numbers
   * are eight bytes, the sign turned.
   */
  private static String value(Column column, int row) {
    if (column instanceof BytesColumn texts) {
      int start = texts.starts()[row];
      return new String(
          texts.buffer(), start, texts.ends()[row] - start, StandardCharsets.ISO_8859_1);
    }
    return ofNumber(((LongColumn) column).values()[row]);
  }

  private static String ofNumber(long number) {
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(number ^ Long.MIN_VALUE).array();
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** All that was added, as {@link #read} takes it. */
  byte[] toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Values values : columns) {
      write(out, values.numbers.size());
      values
          .numbers
          .keySet()
          .forEach(
              value -> {
                write(out, value.length());
                out.writeBytes(value.getBytes(StandardCharsets.ISO_8859_1));
              });
      write(out, values.count);
      ByteBuffer pairs = ByteBuffer.allocate(values.count * Long.BYTES);
      pairs.asLongBuffer().put(values.pairs, 0, values.count);
      out.writeBytes(pairs.array());
    }
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, int number) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @param positions those of the columns
   */
  static void read(byte[] all, List<Integer> positions, KnownTuples.Sensitive receiver) {
    ByteBuffer in = ByteBuffer.wrap(all);
    for (int position : positions) {
      String[] values = new String[in.getInt()];
      for (int number = 0; number < values.length; number++) {
        byte[] value = new byte[in.getInt()];
        in.get(value);
        values[number] = new String(value, StandardCharsets.ISO_8859_1);
      }
      int count = in.getInt();
      for (int i = 0; i < count; i++) {
        long pair = in.getLong();
        receiver.add(position, (int) (pair >> Integer.SIZE), values[(int) pair]);
      }
    }
  }
}
