package org.consentry.connector.parquet;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.consentry.connector.parquet.DeltaEncoding.Width;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.jspecify.annotations.Nullable;

/**
 * A column of texts: a dictionary while that is shorter, otherwise lengths and bytes apart
 * (DELTA_LENGTH_BYTE_ARRAY), which compresses better and faster than plain values.
 *
 * <p>Rows that share one range of the batch's buffer share their id without a look at the bytes: a
 * {@link RangeMemo} remembers recent ranges of the batch at hand. Statistics know the least and the
 * greatest value only where the dictionary had all of them; a column index is not written.
 */
final class BytesChunk extends ChunkWriter {

  private final PageLayout layout;
  private final BytesDictionary dictionary;

  /** Ids of the page's values while the dictionary is open, their lengths afterwards. */
  private final int[] ids;

  private final PageRoom room;
  private final RangeMemo memo = new RangeMemo();
  private final DeltaEncoding lengthEncoding = new DeltaEncoding();
  private final GrowingBytes plain = new GrowingBytes(1 << 12);
  private int count;
  private boolean open = true;
  private int dictionaryPages;
  private long missing;

  BytesChunk(ColumnDescriptor descriptor, PageTools tools) {
    super(descriptor, tools);
    layout = tools.layout();
    dictionary = new BytesDictionary(layout.dictionaryValues(), layout.dictionaryBytes());
    ids = new int[layout.pageRows() + 8];
    room = tools.room();
  }

  @Override
  void newBatch() {
    memo.clear();
  }

  @Override
  void append(Column column, int from, int to) throws IOException {
    BytesColumn bytes = (BytesColumn) column;
    int row = open ? appendIds(bytes, from, to) : from;
    if (row < to) {
      if (open) {
        endPage();
        open = false;
      }
      appendPlain(bytes, row, to);
    }
  }

  /** Appends ids until the dictionary has no room and returns the first row left. */
  private int appendIds(BytesColumn column, int from, int to) {
    int[] starts = column.starts();
    int[] ends = column.ends();
    int at = count;
    int row = from;
    for (; row < to; row++) {
      int start = starts[row];
      if (start != BytesColumn.MISSING) {
        int id = memo.id(column.buffer(), start, ends[row], dictionary);
        if (id < 0) {
          break;
        }
        ids[at++] = id;
      }
    }
    count = at;
    presence.add(column, from, row);
    return row;
  }

  private void appendPlain(BytesColumn column, int from, int to) throws IOException {
    int[] starts = column.starts();
    int[] ends = column.ends();
    int begin = from;
    for (int row = from; row < to; row++) {
      int start = starts[row];
      if (start != BytesColumn.MISSING) {
        int length = ends[row] - start;
        ids[count++] = length;
        plain.put(column.buffer(), start, length);
        if (plain.size() >= layout.pageBytes()) {
          presence.add(column, begin, row + 1);
          begin = row + 1;
          endPage();
        }
      }
    }
    presence.add(column, begin, to);
  }

  @Override
  Encoding encodeValues(GrowingBytes out) {
    int length = count;
    count = 0;
    missing += presence.missing();
    if (length == 0) {
      return Encoding.PLAIN;
    }
    if (open && (dictionaryPages > 0 || pays(length))) {
      dictionaryPages++;
      RunEncoding.encode(ids, length, dictionary.count(), out);
      return Encoding.RLE_DICTIONARY;
    }
    if (open) {
      open = false;
      spellOut(length);
    }
    for (int i = 0; i < length; i++) {
      room.numbers[i] = ids[i];
    }
    lengthEncoding.encode(room.numbers, length, Width.INT32, out);
    out.put(plain.array(), 0, plain.size());
    plain.clear();
    return Encoding.DELTA_LENGTH_BYTE_ARRAY;
  }

  /**
   * A dictionary pays if, in the first page that has values, one value in ten came before, because
   * then many will come again in the pages after, or if it saves a fifth of the bytes already.
   */
  private boolean pays(int length) {
    if (dictionary.count() <= length * 9L / 10) {
      return true;
    }
    long spelled = 0;
    for (int i = 0; i < length; i++) {
      spelled += dictionary.length(ids[i]);
    }
    int width = 32 - Integer.numberOfLeadingZeros(dictionary.count());
    long looked = dictionary.size() + (long) length * width / 8;
    return looked * 5 <= spelled * 4;
  }

  /** Puts values in the place of ids; what does not pay cannot grow much by that. */
  private void spellOut(int length) {
    for (int i = 0; i < length; i++) {
      int id = ids[i];
      ids[i] = dictionary.length(id);
      plain.put(dictionary.bytes(), dictionary.start(id), dictionary.length(id));
    }
  }

  @Override
  @Nullable Statistics<?> pageStatistics() {
    return null;
  }

  @Override
  Statistics<?> groupStatistics() {
    Statistics<?> statistics = Statistics.createStats(descriptor().getPrimitiveType());
    statistics.incrementNumNulls(missing);
    if (open && dictionary.count() > 0) {
      statistics.updateStats(value(extreme(1)));
      statistics.updateStats(value(extreme(-1)));
    }
    return statistics;
  }

  /** The id of the greatest value (sign 1) or the least (sign -1), bytes unsigned. */
  private int extreme(int sign) {
    byte[] bytes = dictionary.bytes();
    int best = 0;
    for (int id = 1; id < dictionary.count(); id++) {
      int start = dictionary.start(id);
      int bestStart = dictionary.start(best);
      int order =
          Arrays.compareUnsigned(
              bytes,
              start,
              start + dictionary.length(id),
              bytes,
              bestStart,
              bestStart + dictionary.length(best));
      if (order * sign > 0) {
        best = id;
      }
    }
    return best;
  }

  private Binary value(int id) {
    int start = dictionary.start(id);
    return Binary.fromConstantByteArray(
        Arrays.copyOfRange(dictionary.bytes(), start, start + dictionary.length(id)));
  }

  @Override
  int dictionary(GrowingBytes out) {
    if (dictionaryPages == 0) {
      return 0;
    }
    out.put(dictionary.bytes(), 0, dictionary.size());
    return dictionary.count();
  }

  @Override
  int dictionaryBytes() {
    return dictionary.size();
  }

  @Override
  void reset() {
    dictionary.clear();
    memo.clear();
    open = true;
    dictionaryPages = 0;
    missing = 0;
  }
}
