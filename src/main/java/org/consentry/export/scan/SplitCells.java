package org.consentry.export.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers and names that are split over cells side by side: two or three cells of two digits or
 * more, two cells of letters. For one thread.
 */
final class SplitCells {

  private static final int LONGEST = 20;

  /** A year beside an age makes six digits, which many numbers of a source have. */
  private static final int SHORTEST = 8;

  private static final int REMEMBERED = 1 << 14;

  static final byte OTHER = 0;
  static final byte LETTERS = 1;
  static final byte DIGITS = 2;

  private final CellSearch search;

  /** Of the set, from {@link #SHORTEST} on: digits beside each other that are fewer are none. */
  private final int shortestNumber;

  private byte[] kinds = new byte[0];
  private byte[] before = new byte[0];
  private byte[] beforeThat = new byte[0];
  private final byte[] digits = new byte[Token.LONGEST];
  private final long[] keys = new long[REMEMBERED];
  private final CellHits[] remembered = new CellHits[REMEMBERED];

  SplitCells(CellSearch search) {
    this.search = search;
    shortestNumber = search.shortestNumber(SHORTEST);
  }

  /** Begins a batch. */
  void begin(int rows) {
    if (kinds.length < rows) {
      kinds = new byte[rows];
      before = new byte[rows];
      beforeThat = new byte[rows];
    }
    Arrays.fill(kinds, OTHER);
    Arrays.fill(before, OTHER);
  }

  /** Room for the kinds of the next column's cells. */
  byte[] next() {
    byte[] last = beforeThat;
    beforeThat = before;
    before = kinds;
    kinds = last;
    Arrays.fill(kinds, OTHER);
    return kinds;
  }

  /** Looks at a column, whose kinds are known, beside the two before. */
  void scan(
      CellBatch batch,
      int column,
      long rows,
      List<ColumnScan> columns,
      ColumnScan.Subjects subjects) {
    for (int row = 0; row < batch.rows && column > 0; row++) {
      byte kind = kinds[row];
      if (kind != OTHER && kind == before[row]) {
        look(batch, kind, column - 1, column, row, rows, columns, subjects);
        if (column > 1 && kind == DIGITS && beforeThat[row] == DIGITS) {
          look(batch, kind, column - 2, column, row, rows, columns, subjects);
        }
      }
    }
  }

  /** The kind of a cell: short and of letters, short and of digits, or another. */
  static byte kind(byte[] bytes, int start, int end) {
    boolean letters = false;
    boolean digits = false;
    for (int i = start; i < end && end - start <= LONGEST; i++) {
      byte c = bytes[i];
      boolean digit = c >= '0' && c <= '9';
      letters |= !digit && (c < 0 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'));
      digits |= digit;
    }
    return letters == digits ? OTHER : letters ? LETTERS : DIGITS;
  }

  /** Whether the digits of the cells are a number of the set; from the bytes alone. */
  private boolean mayBeNumber(CellBatch batch, int first, int last, int row) {
    int size = 0;
    for (int column = first; column <= last; column++) {
      int cell = batch.ends[column][row] - batch.starts[column][row];
      if (cell < 2) {
        return false;
      }
      size += cell;
    }
    byte firstDigit = batch.bytes[batch.starts[first][row]];
    boolean isAsWritten = firstDigit >= '1' && firstDigit <= '9';
    if (size < SHORTEST || (isAsWritten && size < shortestNumber)) {
      return false;
    }
    size = 0;
    for (int column = first; column <= last; column++) {
      for (int i = batch.starts[column][row]; i < batch.ends[column][row]; i++) {
        byte c = batch.bytes[i];
        if (c >= '0' && c <= '9') {
          if (size == digits.length) {
            return false;
          }
          digits[size++] = c;
        }
      }
    }
    if (size < SHORTEST) {
      return false;
    }
    return search.isNumber(digits, size);
  }

  private void look(
      CellBatch batch,
      byte kind,
      int first,
      int last,
      int row,
      long rows,
      List<ColumnScan> columns,
      ColumnScan.Subjects subjects) {
    if (kind == DIGITS && !mayBeNumber(batch, first, last, row)) {
      return;
    }
    long key = first;
    for (int column = first; column <= last; column++) {
      key =
          key * 0x9E3779B97F4A7C15L
              + CellKeys.of(batch.bytes, batch.starts[column][row], batch.ends[column][row]);
    }
    int slot = (int) (key >>> 20) & (REMEMBERED - 1);
    CellHits hits = keys[slot] == key ? remembered[slot] : null;
    if (hits == null) {
      StringBuilder joined = new StringBuilder();
      for (int column = first; column <= last; column++) {
        int start = batch.starts[column][row];
        joined.append(
            new String(
                batch.bytes, start, batch.ends[column][row] - start, StandardCharsets.UTF_8));
      }
      hits = search.split(joined.toString());
      keys[slot] = key;
      remembered[slot] = hits;
    }
    if (!hits.isEmpty()) {
      columns.get(last).count(hits, rows + row + 1, row, subjects);
    }
  }
}
