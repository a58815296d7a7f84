package org.consentry.data;

import java.nio.charset.StandardCharsets;

/**
 * 128 bits as 26 characters of base32 (RFC 4648 section 6), lower case, without padding. In a
 * release they follow the prefix of a {@link CodeForm}.
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
}
