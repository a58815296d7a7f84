package org.consentry.data;

import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/**
 * Codes as they are released: 128 bits as 26 characters of base32 (RFC 4648 section 6), lower case,
 * without padding.
 */
public final class Codes {

  /** Characters of a code. */
  public static final int SIZE = 26;

  /** Bytes of a code. */
  public static final int BYTES = 16;

  private static final byte[] DIGITS =
      "abcdefghijklmnopqrstuvwxyz234567".getBytes(StandardCharsets.US_ASCII);

  private Codes() {}

  /**
   * Writes a code.
   *
   * @param bytes the first 16 bytes from position {@code from} count
   * @param text receives {@value #SIZE} characters from position {@code at}
   */
  public static void encode(byte[] bytes, int from, byte[] text, int at) {
    long bits = 0;
    int pending = 0;
    int next = at;
    for (int i = from; i < from + BYTES; i++) {
      bits = bits << 8 | (bytes[i] & 0xff);
      pending += 8;
      while (pending >= 5) {
        pending -= 5;
        text[next++] = DIGITS[(int) (bits >>> pending) & 31];
      }
    }
    text[next] = DIGITS[(int) (bits << (5 - pending)) & 31];
  }

  /** The keyed code of one id in normal form: the leftmost 128 bits of the function of it. */
  public static String keyed(Prf prf, byte[] id) {
    byte[] answer = new byte[Prf.SIZE];
    prf.compute(id, 0, id.length, answer, 0);
    byte[] text = new byte[SIZE];
    encode(answer, 0, text, 0);
    return new String(text, StandardCharsets.US_ASCII);
  }

  /**
   * The keyed codes of many subjects.
   *
   * @param selected whose code is wanted
   * @return one row per subject, missing for those not selected
   * @throws IllegalArgumentException for more than some 82 million selected subjects
   */
  public static BytesColumn keyed(Prf prf, SubjectKeys keys, IntPredicate selected) {
    BytesColumn column = emptyColumn(keys.size(), selected);
    byte[] answer = new byte[Prf.SIZE];
    for (int subject = 0; subject < keys.size(); subject++) {
      if (!column.isMissing(subject)) {
        byte[] id = keys.key(subject);
        prf.compute(id, 0, id.length, answer, 0);
        encode(answer, 0, column.buffer(), column.starts()[subject]);
      }
    }
    return column;
  }

  /** A column with room for a code per selected subject, to be filled. */
  public static BytesColumn emptyColumn(int subjects, IntPredicate selected) {
    int[] starts = new int[subjects];
    int[] ends = new int[subjects];
    long end = 0;
    for (int subject = 0; subject < subjects; subject++) {
      boolean wanted = selected.test(subject);
      starts[subject] = wanted ? (int) end : BytesColumn.MISSING;
      end += wanted ? SIZE : 0;
      ends[subject] = wanted ? (int) end : BytesColumn.MISSING;
      if (end > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException("more subjects than one column of codes can have");
      }
    }
    return new BytesColumn(subjects, new byte[(int) end], starts, ends);
  }
}
