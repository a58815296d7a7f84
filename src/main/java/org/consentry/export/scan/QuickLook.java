package org.consentry.export.scan;

import org.consentry.data.Codes;

/**
 * Recognises cells that need no full search, from their bytes alone: short numbers, amounts, and
 * codes of the program's own form. Agrees with {@link CellSearch}. For one thread.
 */
final class QuickLook {

  static final int LONGEST_AMOUNT = 10;

  private final IdentifierSet set;
  private final byte[] capitals = new byte[Codes.SIZE];

  QuickLook(IdentifierSet set) {
    this.set = set;
  }

  /** Whether a cell certainly has nothing to find; false means nothing. */
  boolean isClean(byte[] bytes, int start, int end) {
    int size = end - start;
    return size == Codes.SIZE
        ? isOwnCode(bytes, start)
        : size <= LONGEST_AMOUNT && isAmount(bytes, start, end);
  }

  /**
   * The class of a number of six or seven digits that is not in the set, or -1. Longer ones may be
   * dates or match a pattern.
   */
  int numberNotInSet(byte[] bytes, int start, int end) {
    int size = end - start;
    if (size < Token.SHORTEST || size > Token.SHORTEST + 1 || bytes[start] == '0') {
      return -1;
    }
    for (int i = start; i < end; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return -1;
      }
    }
    int tokenClass = Token.number(size);
    boolean in =
        set.sizeOf(tokenClass) > 0
            && set.has(IdentifierSet.digest(set.key(), tokenClass, bytes, start, end));
    return in ? -1 : tokenClass;
  }

  /** Up to five digits, or as many before a point and up to three behind it. */
  static boolean isAmount(byte[] bytes, int start, int end) {
    int digits = 0;
    int points = 0;
    int whole = 0;
    for (int i = start; i < end; i++) {
      byte c = bytes[i];
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == '.' && i > start && i + 1 < end) {
        points++;
        whole = digits;
      } else if (c != '-' || i > start) {
        return false;
      }
    }
    return points == 0
        ? digits < Token.SHORTEST
        : points == 1 && whole < Token.SHORTEST && digits - whole <= 3;
  }

  /**
   * Letters and digits as {@link Codes} writes them, that alternate, without a number of six
   * digits, and that are no record number of the source.
   */
  private boolean isOwnCode(byte[] bytes, int start) {
    int changes = 0;
    int digits = 0;
    boolean wasDigit = false;
    for (int i = 0; i < Codes.SIZE; i++) {
      byte c = bytes[start + i];
      boolean digit = c >= '2' && c <= '7';
      if (!digit && (c < 'a' || c > 'z')) {
        return false;
      }
      changes += digit == wasDigit ? 0 : 1;
      digits = digit ? digits + 1 : 0;
      if (digits >= Token.SHORTEST) {
        return false;
      }
      wasDigit = digit;
      capitals[i] = digit ? c : (byte) (c - 0x20);
    }
    return changes >= 4
        && (set.sizeOf(Token.RECORD) == 0
            || !set.has(IdentifierSet.digest(set.key(), Token.RECORD, capitals, 0, Codes.SIZE)));
  }
}
