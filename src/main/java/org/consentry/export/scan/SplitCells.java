package org.consentry.export.scan;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Numbers and names that are split over cells side by side: two or three cells of digits, two cells
 * of letters. For one thread.
 */
final class SplitCells {

  private static final int LONGEST = 20;
  private static final int REMEMBERED = 1 << 14;

  private final CellSearch search;
  private final byte[] digits = new byte[Token.LONGEST];
  private final long[] keys = new long[REMEMBERED];
  private final CellHits[] remembered = new CellHits[REMEMBERED];

  SplitCells(CellSearch search) {
    this.search = search;
  }

  void scan(CellBatch batch, long rows, List<ColumnScan> columns, ColumnScan.Subjects subjects) {
    byte[] kinds = new byte[batch.rows];
    byte[] before = new byte[batch.rows];
    byte[] beforeThat = new byte[batch.rows];
    for (int column = 0; column < batch.columns; column++) {
      byte[] last = beforeThat;
      beforeThat = before;
      before = kinds;
      kinds = last;
      kinds(batch, column, kinds);
      for (int row = 0; row < batch.rows && column > 0; row++) {
        if (kinds[row] != 0 && kinds[row] == before[row]) {
          look(batch, kinds[row], column - 1, column, row, rows, columns, subjects);
          if (column > 1 && kinds[row] == 2 && beforeThat[row] == 2) {
            look(batch, kinds[row], column - 2, column, row, rows, columns, subjects);
          }
        }
      }
    }
  }

  /** 1 for a short cell of letters, 2 for one of digits, else 0. */
  private static void kinds(CellBatch batch, int column, byte[] kinds) {
    for (int row = 0; row < batch.rows; row++) {
      int start = batch.starts[column][row];
      int end = batch.ends[column][row];
      kinds[row] =
          start == CellBatch.MISSING || end - start > LONGEST ? 0 : kind(batch, start, end);
    }
  }

  private static byte kind(CellBatch batch, int start, int end) {
    boolean letters = false;
    boolean digits = false;
    for (int i = start; i < end; i++) {
      byte c = batch.bytes[i];
      boolean digit = c >= '0' && c <= '9';
      letters |= !digit && (c < 0 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'));
      digits |= digit;
    }
    return (byte) (letters == digits ? 0 : letters ? 1 : 2);
  }

  /** Whether the digits of the cells are a number of the set; from the bytes alone. */
  private boolean mayBeNumber(CellBatch batch, int first, int last, int row) {
    int size = 0;
    for (int column = first; column <= last; column++) {
      size += batch.ends[column][row] - batch.starts[column][row];
    }
    if (size < Token.SHORTEST) {
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
    if (size < Token.SHORTEST) {
      return false;
    }
    boolean mayBeShortened = digits[0] == '0' || (size == 11 && digits[0] == '1');
    return mayBeShortened || search.isNumber(digits, size);
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
    if (kind == 2 && !mayBeNumber(batch, first, last, row)) {
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
