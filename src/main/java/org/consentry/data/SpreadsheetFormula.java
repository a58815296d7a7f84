package org.consentry.data;

/**
 * Texts that a spreadsheet runs as a formula when they are opened as CSV: those that begin with
 * {@code =}, {@code +}, {@code -} or {@code @}, with a tab, a carriage return or a line feed, or
 * with a full-width form of one of the signs (OWASP, "CSV Injection").
 */
public final class SpreadsheetFormula {

  /** First byte, in UTF-8, of the full-width signs. */
  private static final int FULL_WIDTH = 0xEF;

  private static final boolean[] FIRST = firstBytes();

  private SpreadsheetFormula() {}

  private static boolean[] firstBytes() {
    boolean[] first = new boolean[256];
    for (char sign : "=+-@\t\r\n".toCharArray()) {
      first[sign] = true;
    }
    first[FULL_WIDTH] = true; // the other two bytes are looked at below
    return first;
  }

  /** Whether the UTF-8 bytes from start to end are such a text. */
  public static boolean is(byte[] buffer, int start, int end) {
    if (start >= end || !FIRST[buffer[start] & 0xFF]) {
      return false;
    }
    return (buffer[start] & 0xFF) != FULL_WIDTH || isFullWidth(buffer, start, end);
  }

  private static boolean isFullWidth(byte[] buffer, int start, int end) {
    if (end - start < 3 || (buffer[start + 1] & 0xFF) != 0xBC) {
      return false;
    }
    return switch (buffer[start + 2] & 0xFF) {
      case 0x9D, 0x8B, 0x8D, 0xA0 -> true; // U+FF1D, U+FF0B, U+FF0D, U+FF20
      default -> false;
    };
  }

  /** Whether the first cell with a value is such a text; false where no cell has one. */
  public static boolean isFirst(BytesColumn column) {
    for (int row = 0; row < column.rows(); row++) {
      if (!column.isMissing(row)) {
        return is(column.buffer(), column.starts()[row], column.ends()[row]);
      }
    }
    return false;
  }

  /** How many cells of a column are such texts. */
  public static long count(BytesColumn column) {
    byte[] buffer = column.buffer();
    int[] starts = column.starts();
    int[] ends = column.ends();
    long found = 0;
    for (int row = 0; row < column.rows(); row++) {
      if (starts[row] != BytesColumn.MISSING && is(buffer, starts[row], ends[row])) {
        found++;
      }
    }
    return found;
  }
}
