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

  /** The kind of cells without a digit that are amounts, and the least of cells of digits. */
  private static final byte DIGITS = 2;

  private final CellSearch search;

  /** Of how many digits the source has numbers: a bit for each length. */
  private final long lengths;

  private byte[] kinds = new byte[0];
  private byte[] before = new byte[0];
  private byte[] beforeThat = new byte[0];
  private final byte[] digits = new byte[Token.LONGEST];
  private final long[] keys = new long[REMEMBERED];
  private final CellHits[] remembered = new CellHits[REMEMBERED];

  SplitCells(CellSearch search) {
    this.search = search;
    lengths = search.lengthsOfNumbers();
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
      byte last = before[row];
      if (kind >= DIGITS && last >= DIGITS) {
        int digits = kind + last - 2 * DIGITS;
        if (mayBeNumber(batch, column - 1, column, row, digits)) {
          look(batch, column - 1, column, row, rows, columns, subjects);
        }
        digits += beforeThat[row] - DIGITS;
        if (column > 1
            && beforeThat[row] >= DIGITS
            && mayBeNumber(batch, column - 2, column, row, digits)) {
          look(batch, column - 2, column, row, rows, columns, subjects);
        }
      } else if (kind == LETTERS && last == LETTERS) {
        look(batch, column - 1, column, row, rows, columns, subjects);
      }
    }
  }

  /** The kind of a short cell that has so many digits and no letter. */
  static byte digits(int count) {
    return (byte) (DIGITS + count);
  }

  /** The kind of a cell: short and of letters, short and of so many digits, or another. */
  static byte kind(byte[] bytes, int start, int end) {
    boolean letters = false;
    int digits = 0;
    for (int i = start; i < end && end - start <= LONGEST; i++) {
      byte c = bytes[i];
      boolean digit = c >= '0' && c <= '9';
      letters |= !digit && (c < 0 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'));
      digits += digit ? 1 : 0;
    }
    if (letters) {
      return digits == 0 ? LETTERS : OTHER;
    }
    return digits == 0 ? OTHER : digits(digits);
  }

  /**
   * Whether the digits of the cells are a number of the set. Most are not, because the set has none
   * of so many digits.
   */
  private boolean mayBeNumber(CellBatch batch, int first, int last, int row, int count) {
    if (count < SHORTEST || count > Token.LONGEST) {
      return false;
    }
    byte firstDigit = batch.bytes[batch.starts[first][row]];
    boolean isAsWritten = firstDigit >= '1' && firstDigit <= '9';
    if (isAsWritten && !hasLength(count) && !(count == 11 && firstDigit == '1' && hasLength(10))) {
      return false;
    }
    int size = 0;
    for (int column = first; column <= last; column++) {
      int start = batch.starts[column][row];
      int end = batch.ends[column][row];
      if (end - start < 2) {
        return false;
      }
      for (int i = start; i < end; i++) {
        byte c = batch.bytes[i];
        if (c >= '0' && c <= '9') {
          digits[size++] = c;
        }
      }
    }
    return search.isNumber(digits, size);
  }

  private boolean hasLength(int count) {
    return (lengths >>> count & 1) != 0;
  }

  private void look(
      CellBatch batch,
      int first,
      int last,
      int row,
      long rows,
      List<ColumnScan> columns,
      ColumnScan.Subjects subjects) {
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
