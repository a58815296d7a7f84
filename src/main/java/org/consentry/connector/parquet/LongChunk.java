package org.consentry.connector.parquet;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.consentry.connector.parquet.DeltaEncoding.Width;
import org.consentry.data.Column;
import org.consentry.data.LongColumn;
import org.jspecify.annotations.Nullable;

/** A column of numbers: a dictionary while few differ, differences otherwise. */
final class LongChunk extends ChunkWriter {

  private final Width width;
  private final DeltaEncoding deltas = new DeltaEncoding();
  private final LongDictionary dictionary;
  private final long[] values;
  private final PageRoom room;
  private int count;
  private boolean open = true;

  /** Values of the dictionary that finished pages use. */
  private int used;

  private long min;
  private long max;

  LongChunk(ColumnDescriptor descriptor, PageTools tools) {
    super(descriptor, tools);
    PageLayout layout = tools.layout();
    width =
        descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT32
            ? Width.INT32
            : Width.INT64;
    dictionary = new LongDictionary(layout.dictionaryValues());
    values = new long[layout.pageRows() + 1];
    room = tools.room();
  }

  @Override
  void append(Column column, int from, int to) {
    LongColumn longs = (LongColumn) column;
    int before = presence.missing();
    presence.add(longs, from, to);
    long[] in = longs.values();
    if (presence.missing() == before) {
      System.arraycopy(in, from, values, count, to - from);
      count += to - from;
      return;
    }
    int at = count;
    for (int row = from; row < to; row++) {
      long value = in[row];
      values[at] = value;
      at += value == LongColumn.MISSING ? 0 : 1;
    }
    count = at;
  }

  @Override
  Encoding encodeValues(GrowingBytes out) {
    int length = count;
    count = 0;
    if (length == 0) {
      min = 1;
      max = 0;
      return Encoding.PLAIN;
    }
    measure(length);
    if (open) {
      open = dictionary.ids(values, length, room.ids) && pays(length);
    }
    if (open) {
      used = dictionary.count();
      RunEncoding.encode(room.ids, length, used, out);
      return Encoding.RLE_DICTIONARY;
    }
    deltas.encode(values, length, width, out);
    return Encoding.DELTA_BINARY_PACKED;
  }

  /** A dictionary pays if a value comes twice on average in the first page that has values. */
  private boolean pays(int length) {
    return used > 0 || dictionary.count() <= length / 2;
  }

  private void measure(int length) {
    long least = values[0];
    long most = least;
    for (int i = 1; i < length; i++) {
      least = Math.min(least, values[i]);
      most = Math.max(most, values[i]);
    }
    min = least;
    max = most;
  }

  @Override
  Statistics<?> pageStatistics() {
    Statistics<?> statistics = Statistics.createStats(descriptor().getPrimitiveType());
    statistics.incrementNumNulls(presence.missing());
    if (min <= max) {
      if (statistics instanceof LongStatistics longs) {
        longs.setMinMax(min, max);
      } else {
        ((IntStatistics) statistics).setMinMax((int) min, (int) max);
      }
    }
    return statistics;
  }

  @Override
  @Nullable Statistics<?> groupStatistics() {
    return null;
  }

  @Override
  int dictionary(GrowingBytes out) {
    for (int id = 0; id < used; id++) {
      if (width == Width.INT32) {
        out.putInt((int) dictionary.value(id));
      } else {
        out.putLong(dictionary.value(id));
      }
    }
    return used;
  }

  @Override
  int dictionaryBytes() {
    return dictionary.count() * Long.BYTES;
  }

  @Override
  void reset() {
    dictionary.clear();
    used = 0;
    open = true;
  }
}
