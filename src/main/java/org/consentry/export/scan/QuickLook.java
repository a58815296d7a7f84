package org.consentry.export.scan;

import java.util.Arrays;
import org.consentry.data.CodeForm;
import org.consentry.data.Codes;

/**
 * Recognises cells that need no full search, from their bytes alone: short numbers, amounts, and
 * codes of the program's own form. Agrees with {@link CellSearch}. For one thread.
 */
final class QuickLook {

  private static final int LONGEST_CODE = CodeForm.LONGEST + 1 + Codes.SIZE;

  private final IdentifierSet set;
  private final byte[] capitals = new byte[CodeForm.LONGEST + Codes.SIZE];
  private final byte[] lastCode = new byte[LONGEST_CODE];
  private int lastSize;
  private boolean lastIsOwn;

  QuickLook(IdentifierSet set) {
    this.set = set;
  }

  /** Whether a cell certainly has nothing to find; false means nothing. */
  boolean isClean(byte[] bytes, int start, int end) {
    int size = end - start;
    return size >= Codes.SIZE
        ? isCleanCode(bytes, start, end)
        : Amount.digits(bytes, start, end) != Amount.NONE;
  }

  /** Whether a cell is a code of the program's own form that has nothing to find. */
  boolean isCleanCode(byte[] bytes, int start, int end) {
    int size = end - start;
    return size >= Codes.SIZE && size <= LONGEST_CODE && isOwnCode(bytes, start, size);
  }

  /**
   * The class of a number of six or seven digits that does not begin with 0, or -1. Longer ones may
   * be dates or match a pattern.
   */
  static int plainNumber(byte[] bytes, int start, int end) {
    int size = end - start;
    if (size < Token.SHORTEST || size > Token.SHORTEST + 1 || bytes[start] == '0') {
      return -1;
    }
    for (int i = start; i < end; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return -1;
      }
    }
    return Token.number(size);
  }

  /** The digest of a number of a class when it is in the set; else 0, which is none. */
  long match(int numberClass, byte[] bytes, int start, int end) {
    if (set.sizeOf(numberClass) == 0) {
      return 0;
    }
    long digest = IdentifierSet.digest(set.key(), numberClass, bytes, start, end);
    return set.has(digest) ? digest : 0;
  }

  /** As a column of codes often has one beneath the other, the same is looked at once. */
  private boolean isOwnCode(byte[] bytes, int start, int size) {
    if (size == lastSize && Arrays.equals(lastCode, 0, size, bytes, start, start + size)) {
      return lastIsOwn;
    }
    lastIsOwn = isNewOwnCode(bytes, start, size);
    lastSize = size;
    System.arraycopy(bytes, start, lastCode, 0, size);
    return lastIsOwn;
  }

  /**
   * A prefix of {@link CodeForm} or none, then letters and digits as {@link Codes} writes them,
   * that alternate, without a number of six digits, and that are no record number of the source,
   * with or without the prefix.
   */
  private boolean isNewOwnCode(byte[] bytes, int start, int size) {
    int prefix = size == Codes.SIZE ? 0 : size - Codes.SIZE - 1;
    if (!isPrefix(bytes, start, prefix, size)) {
      return false;
    }
    int from = start + size - Codes.SIZE;
    int changes = 0;
    int digits = 0;
    boolean wasDigit = false;
    for (int i = 0; i < Codes.SIZE; i++) {
      byte c = bytes[from + i];
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
      capitals[prefix + i] = digit ? c : (byte) (c - 0x20);
    }
    return changes >= 4
        && !isKnown(Token.RECORD, prefix, prefix + Codes.SIZE)
        && (prefix == 0 || !isKnown(Token.RECORD, 0, prefix + Codes.SIZE))
        && (prefix < TextTokens.SHORTEST_NAME || !isKnown(Token.NAME, 0, prefix));
  }

  /** Whether letters and {@code -} precede a code; leaves the letters. */
  private boolean isPrefix(byte[] bytes, int start, int prefix, int size) {
    if (size == Codes.SIZE) {
      return true;
    }
    for (int i = 0; i < prefix; i++) {
      byte c = bytes[start + i];
      if (c < 'A' || c > 'Z') {
        return false;
      }
      capitals[i] = c;
    }
    return prefix > 0 && bytes[start + prefix] == '-';
  }

  private boolean isKnown(int tokenClass, int from, int to) {
    return set.sizeOf(tokenClass) > 0
        && set.has(IdentifierSet.digest(set.key(), tokenClass, capitals, from, to));
  }
}
