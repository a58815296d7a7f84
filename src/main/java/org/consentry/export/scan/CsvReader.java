package org.consentry.export.scan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads CSV by RFC 4180 and its relatives (semicolon, tab, bar) into batches. Takes what is there:
 * ragged rows, quotes inside of cells, a quote that never ends. For one thread.
 */
final class CsvReader {

  /** A longer record is refused. */
  static final int LONGEST_RECORD = 1 << 24;

  static final int ROWS = 8192;

  private static final int BLOCK = 1 << 20;

  private final InputStream in;
  private final CellBatch batch = new CellBatch();
  private byte[] bytes = new byte[2 * BLOCK];
  private int from;
  private int end;
  private boolean atEnd;
  private final byte delimiter;

  CsvReader(InputStream in) throws IOException {
    this.in = in;
    fill();
    delimiter = delimiter();
  }

  /** Reads records behind the header of a file whose delimiter is known. */
  CsvReader(InputStream in, byte delimiter) throws IOException {
    this.in = in;
    fill();
    this.delimiter = delimiter;
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
    compact();
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
        return false;
      }
      grow();
    }
  }

  /** Reads a record that has no quote and ends in the buffer; false for any other. */
  private boolean readPlain() {
    byte[] b = bytes;
    byte between = delimiter;
    int column = 0;
    int start = from;
    for (int i = from; i < end; i++) {
      byte c = b[i];
      if (c == between) {
        batch.cell(column++, start, i);
        start = i + 1;
      } else if (c == '\n') {
        boolean isPair = i > start && b[i - 1] == '\r';
        batch.cell(column, start, isPair ? i - 1 : i);
        batch.endRow(column + 1);
        from = i + 1;
        return true;
      } else if (c == '"') {
        return false;
      }
    }
    return false;
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
