package org.consentry.export.scan;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads CSV by RFC 4180 and its relatives (semicolon, tab, bar) into batches. Takes what is there:
 * ragged rows, quotes inside of cells, a quote that never ends. For one thread.
 *
 * <p>Records without a quote are read eight bytes at a time: a word shows at once which of its
 * bytes end a cell. {@code CsvReaderTest} compares the answers with those of a plain reader.
 */
final class CsvReader {

  /** A longer record is refused. */
  static final int LONGEST_RECORD = 1 << 24;

  /** As many usual rows stay in the cache while they are searched column by column. */
  static final int ROWS = 2048;

  private static final int BLOCK = 1 << 20;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long LOW = 0x7F7F7F7F7F7F7F7FL;
  private static final long LINE_BREAKS = ONES * '\n';
  private static final long QUOTES = ONES * '"';

  private final InputStream in;
  private final CellBatch batch = new CellBatch();
  private byte[] bytes = new byte[2 * BLOCK];
  private int from;
  private int end;
  private boolean atEnd;

  /** The buffer has no complete record any more. */
  private boolean isUsedUp;

  private final byte delimiter;
  private final long delimiters;

  CsvReader(InputStream in) throws IOException {
    this.in = in;
    fill();
    delimiter = delimiter();
    delimiters = ONES * delimiter;
  }

  /** Reads records behind the header of a file whose delimiter is known. */
  CsvReader(InputStream in, byte delimiter) throws IOException {
    this.in = in;
    fill();
    this.delimiter = delimiter;
    this.delimiters = ONES * delimiter;
  }

  byte delimiterByte() {
    return delimiter;
  }

  /** The cell is longer than a reader can take. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private byte delimiter() {
    int[] counts = new int[128];
    boolean quoted = false;
    for (int i = from; i < end && (quoted || bytes[i] != '\n'); i++) {
      quoted ^= bytes[i] == '"';
      if (!quoted && bytes[i] >= 0) {
        counts[bytes[i]]++;
      }
    }
    char best = ',';
    for (char c : new char[] {';', '\t', '|'}) {
      best = counts[c] > counts[best] ? c : best;
    }
    return (byte) best;
  }

  /** The cells of the next row as texts; for the header. */
  List<String> header() throws IOException {
    batch.clear();
    List<String> names = new ArrayList<>();
    if (readRecord()) {
      for (int i = 0; i < batch.columns; i++) {
        int start = batch.starts[i][0];
        names.add(
            start == CellBatch.MISSING
                ? ""
                : new String(bytes, start, batch.ends[i][0] - start, StandardCharsets.UTF_8));
      }
    }
    return names;
  }

  /** The next rows; a batch without rows at the end. Valid until the next call. */
  CellBatch next() throws IOException {
    batch.clear();
    if (isUsedUp) {
      compact();
    }
    while (batch.rows < ROWS && readRecord()) {
      // The record is in the batch.
    }
    batch.bytes = bytes;
    return batch;
  }

  /** Moves what was not read yet to the front, which ends the batch before. */
  private void compact() throws IOException {
    System.arraycopy(bytes, from, bytes, 0, end - from);
    end -= from;
    from = 0;
    isUsedUp = false;
    fill();
  }

  private void fill() throws IOException {
    while (!atEnd && end < bytes.length) {
      int read = in.read(bytes, end, bytes.length - end);
      atEnd = read < 0;
      end += Math.max(read, 0);
    }
  }

  /**
   * Reads one record; false when the buffer has none that is complete and the batch has rows, or at
   * the end of the file.
   */
  private boolean readRecord() throws IOException {
    while (true) {
      if (readPlain()) {
        return true;
      }
      int after = endOfRecord();
      if ((after >= 0 ? after : end) - from > LONGEST_RECORD) {
        throw new TooLong();
      }
      if (after >= 0) {
        split(after);
        from = after;
        return true;
      }
      if (from == end && atEnd) {
        return false;
      }
      if (atEnd) {
        split(end);
        from = end;
        return true;
      }
      if (batch.rows > 0) {
        isUsedUp = true;
        return false;
      }
      grow();
    }
  }

  /** Reads a record that has no quote and ends in the buffer; false for any other. */
  private boolean readPlain() {
    byte[] b = bytes;
    int column = 0;
    int start = from;
    int at = from;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      long word = (long) LONGS.get(b, at);
      long marks =
          ~((differs(word, delimiters) & differs(word, LINE_BREAKS) & differs(word, QUOTES)) | LOW);
      for (; marks != 0; marks &= marks - 1) {
        int i = at + (Long.numberOfTrailingZeros(marks) >>> 3);
        if (b[i] == delimiter) {
          batch.cell(column++, start, i);
          start = i + 1;
        } else {
          return b[i] == '\n' && endPlain(column, start, i);
        }
      }
    }
    for (; at < end; at++) {
      if (b[at] == delimiter) {
        batch.cell(column++, start, at);
        start = at + 1;
      } else if (b[at] == '\n') {
        return endPlain(column, start, at);
      } else if (b[at] == '"') {
        return false;
      }
    }
    return false;
  }

  private boolean endPlain(int column, int start, int lineBreak) {
    boolean isPair = lineBreak > start && bytes[lineBreak - 1] == '\r';
    batch.cell(column, start, isPair ? lineBreak - 1 : lineBreak);
    batch.endRow(column + 1);
    from = lineBreak + 1;
    return true;
  }

  /** High bits set where the byte is not the pattern's. */
  private static long differs(long word, long pattern) {
    long x = word ^ pattern;
    return ((x & LOW) + LOW) | x;
  }

  private void grow() throws IOException {
    if (from > 0) {
      System.arraycopy(bytes, from, bytes, 0, end - from);
      end -= from;
      from = 0;
    } else {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    fill();
  }

  /** One past the line break that ends the record, or -1. */
  private int endOfRecord() {
    boolean quoted = false;
    byte[] b = bytes;
    for (int i = from; i < end; i++) {
      byte c = b[i];
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\n' && !quoted) {
        return i + 1;
      }
    }
    return -1;
  }

  private void split(int after) {
    int stop = after;
    if (stop > from && bytes[stop - 1] == '\n') {
      stop--;
    }
    if (stop > from && bytes[stop - 1] == '\r') {
      stop--;
    }
    int column = 0;
    int start = from;
    while (true) {
      start = cell(column, start, stop);
      column++;
      if (start < 0) {
        break;
      }
    }
    batch.endRow(column);
  }

  /** Reads a cell; the start of the next one, or -1 after the last. */
  private int cell(int column, int start, int stop) {
    byte[] b = bytes;
    int i = start;
    if (i < stop && b[i] == '"') {
      int to = ++i;
      int first = i;
      while (i < stop) {
        if (b[i] == '"') {
          if (i + 1 < stop && b[i + 1] == '"') {
            i++;
          } else if (i + 1 == stop || b[i + 1] == delimiter) {
            i++;
            break;
          }
        }
        b[to++] = b[i++];
      }
      batch.cell(column, first, to);
      return i < stop ? i + 1 : -1;
    }
    while (i < stop && b[i] != delimiter) {
      i++;
    }
    batch.cell(column, start, i);
    return i < stop ? i + 1 : -1;
  }
}
