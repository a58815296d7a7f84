package org.consentry.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What every released value of {@code type: code} is: one line, no control character, at most
 * {@link #maxLength()} characters, and at most {@value #BLANKS} blanks unless the mapping allows
 * longer codes. A text that people wrote does not pass as a code.
 *
 * <p>Characters are code points. Blanks are the characters of Unicode's category Zs. Control
 * characters are those of category Cc, and the line and paragraph separators.
 *
 * <p>Invariant of the fast path: a value of printable ASCII without a blank is read eight bytes at
 * a time and is not decoded.
 *
 * @param maxLength how many characters a code has at most, 1 to {@value #LONGEST}
 */
public record CodeLimits(int maxLength) {

  /** How many characters a code has at most, where the mapping allows no more. */
  public static final int LENGTH = 64;

  /** How many blanks a code of usual length has at most. */
  public static final int BLANKS = 3;

  /** How many characters a mapping may allow. */
  public static final int LONGEST = 1000;

  /** The limits of a column without limits of its own. */
  public static final CodeLimits USUAL = new CodeLimits(LENGTH);

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long FIRST_PRINTABLE = ONES * 0x21;

  /** Eight printable bytes, in place of those behind a short value. */
  private static final long PLAIN = ONES * 'A';

  private static final int TOO_LONG = 1;
  private static final int MANY_BLANKS = 2;
  private static final int CONTROL = 4;

  public CodeLimits {
    if (maxLength < 1 || maxLength > LONGEST) {
      throw new IllegalArgumentException("maxLength must be 1 to " + LONGEST);
    }
  }

  /** Whether the number of blanks is limited: of longer codes it is not. */
  private boolean limitsBlanks() {
    return maxLength <= LENGTH;
  }

  /** Whether the UTF-8 bytes from start to end are a code. */
  public boolean fits(byte[] buffer, int start, int end) {
    return (end - start <= maxLength && isPlain(buffer, start, end))
        || flaws(buffer, start, end) == 0;
  }

  /** The rows of a column whose values are no codes. */
  public BitSet flawed(BytesColumn column) {
    BitSet flawed = new BitSet();
    int[] starts = column.starts();
    int[] ends = column.ends();
    for (int row = 0; row < column.rows(); row++) {
      if (starts[row] != BytesColumn.MISSING && !fits(column.buffer(), starts[row], ends[row])) {
        flawed.set(row);
      }
    }
    return flawed;
  }

  /**
   * Whether the first value of a column is a code, or there is none. One is enough where the
   * program made them: they are alike in length and letters, and too far apart in memory to look at
   * each.
   */
  public boolean fitsFirst(BytesColumn column) {
    int row = 0;
    while (row < column.rows() && column.isMissing(row)) {
      row++;
    }
    return row == column.rows() || fits(column.buffer(), column.starts()[row], column.ends()[row]);
  }

  /** What is wrong with the values of these rows, in words with counts. */
  public String flaws(BytesColumn column, BitSet rows) {
    return words(rows.stream().map(row -> flaws(column, row)).toArray());
  }

  /** What is wrong with these texts, in words with counts; empty when all are codes. */
  public Optional<String> flaws(Collection<String> texts) {
    int[] found =
        texts.stream()
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .mapToInt(bytes -> flaws(bytes, 0, bytes.length))
            .toArray();
    return Optional.of(words(found)).filter(words -> !words.isEmpty());
  }

  private String words(int[] found) {
    List<String> words = new ArrayList<>();
    count(found, TOO_LONG, "more than " + maxLength + " characters", words);
    count(found, MANY_BLANKS, "more than " + BLANKS + " blanks", words);
    count(found, CONTROL, "a line break or another control character", words);
    return String.join(", ", words);
  }

  private int flaws(BytesColumn column, int row) {
    return flaws(column.buffer(), column.starts()[row], column.ends()[row]);
  }

  private static void count(int[] found, int flaw, String meaning, List<String> words) {
    int count = 0;
    for (int flaws : found) {
      count += (flaws & flaw) == 0 ? 0 : 1;
    }
    if (count > 0) {
      words.add(count + (count == 1 ? " has " : " have ") + meaning);
    }
  }

  /** The limits in words. */
  public String words() {
    return "one line of at most "
        + maxLength
        + " characters"
        + (limitsBlanks() ? " and " + BLANKS + " blanks" : "")
        + ", without control characters";
  }

  /** Printable ASCII without a blank. */
  private static boolean isPlain(byte[] buffer, int start, int end) {
    int last = end - Long.BYTES;
    if (last >= start) {
      for (int at = start; at < last; at += Long.BYTES) {
        if (hasOther((long) EIGHT_BYTES.get(buffer, at))) {
          return false;
        }
      }
      return !hasOther((long) EIGHT_BYTES.get(buffer, last));
    }
    if (start + Long.BYTES <= buffer.length) {
      long behind = -1L << ((end - start) * Byte.SIZE);
      return !hasOther(((long) EIGHT_BYTES.get(buffer, start) & ~behind) | (PLAIN & behind));
    }
    for (int at = start; at < end; at++) {
      if (buffer[at] <= ' ' || buffer[at] == 0x7F) {
        return false;
      }
    }
    return true;
  }

  /** Whether any of eight bytes is below {@code !} or above {@code ~}. */
  private static boolean hasOther(long bytes) {
    return (((bytes - FIRST_PRINTABLE) | (bytes + ONES) | bytes) & HIGH_BITS) != 0;
  }

  private int flaws(byte[] buffer, int start, int end) {
    int characters = 0;
    int blanks = 0;
    int found = 0;
    for (int at = start; at < end; characters++) {
      int size = size(buffer[at]);
      int character = character(buffer, at, size);
      at += size;
      switch (Character.getType(character)) {
        case Character.SPACE_SEPARATOR -> blanks++;
        case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
            found |= CONTROL;
        default -> {}
      }
    }
    found |= characters > maxLength ? TOO_LONG : 0;
    return found | (limitsBlanks() && blanks > BLANKS ? MANY_BLANKS : 0);
  }

  /** How many bytes a character has, by its first one. */
  private static int size(byte first) {
    if (first >= 0) {
      return 1;
    }
    return (first & 0xE0) == 0xC0 ? 2 : (first & 0xF0) == 0xE0 ? 3 : 4;
  }

  private static int character(byte[] buffer, int at, int size) {
    if (size == 1) {
      return buffer[at];
    }
    int character = buffer[at] & (0xFF >> (size + 1));
    for (int next = at + 1; next < at + size; next++) {
      character = (character << 6) | (buffer[next] & 0x3F);
    }
    return character;
  }
}
