package org.consentry.connector.csv;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.consentry.config.Encoding;
import org.consentry.connector.Utf8;

/** Checks bytes of an encoding and writes those of a one-byte encoding as UTF-8. */
final class Transcoder {

  /** No byte of a one-byte encoding needs more in UTF-8. */
  static final int MOST_BYTES = 3;

  private final boolean unicode;

  /** UTF-8 of every byte; of length zero when the byte is no character. */
  private final byte[][] table = new byte[256][];

  Transcoder(Encoding encoding) {
    unicode = encoding == Encoding.UTF_8;
    for (int b = 0; b < table.length; b++) {
      table[b] = unicode ? new byte[0] : utf8(encoding, (byte) b);
    }
  }

  private static byte[] utf8(Encoding encoding, byte b) {
    try {
      String character =
          encoding.charset().newDecoder().decode(ByteBuffer.wrap(new byte[] {b})).toString();
      return character.getBytes(StandardCharsets.UTF_8);
    } catch (CharacterCodingException noCharacter) {
      return new byte[0];
    }
  }

  /** Whether a byte over 7F is among those from {@code from} to {@code to} - 1. */
  static boolean isForeign(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether a NUL is among the bytes from {@code from} to {@code to} - 1. */
  static boolean hasNul(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether the bytes are text of the encoding. */
  boolean accepts(byte[] bytes, int from, int to) {
    if (unicode) {
      return Utf8.isValid(bytes, from, to);
    }
    for (int i = from; i < to; i++) {
      if (table[bytes[i] & 0xFF].length == 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Writes text that {@link #accepts} as UTF-8 into the same array.
   *
   * @return one past the last byte written
   */
  int write(byte[] bytes, int from, int to, int at) {
    int end = at;
    for (int i = from; i < to; i++) {
      for (byte b : table[bytes[i] & 0xFF]) {
        bytes[end++] = b;
      }
    }
    return end;
  }
}
