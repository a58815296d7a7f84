package org.consentry.consent;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes of one column's cells to text, the same object for the same text where it comes again soon.
 * Holds a fixed number of short texts, each in the one place its bytes point to; a newer text
 * drives the older one out. Not thread-safe.
 */
final class CellTexts {

  private static final int PLACES = 1 << 8;
  private static final int LONGEST = 48;

  private final byte[][] bytes = new byte[PLACES][];
  private final String[] texts = new String[PLACES];

  /** The text of the bytes from {@code start} to {@code end} - 1, which are UTF-8. */
  String text(byte[] buffer, int start, int end) {
    int length = end - start;
    if (length == 0) {
      return "";
    }
    if (length > LONGEST) {
      return new String(buffer, start, length, StandardCharsets.UTF_8);
    }
    int place = hash(buffer, start, end);
    byte[] known = bytes[place];
    if (known == null || !Arrays.equals(known, 0, known.length, buffer, start, end)) {
      bytes[place] = Arrays.copyOfRange(buffer, start, end);
      texts[place] = new String(buffer, start, length, StandardCharsets.UTF_8);
    }
    return texts[place];
  }

  /** A number from 0 to {@link #PLACES} - 1. */
  private static int hash(byte[] buffer, int start, int end) {
    int h = end - start;
    for (int i = start; i < end; i++) {
      h = h * 31 + buffer[i];
    }
    h *= 0x9E3779B1;
    return h >>> 24;
  }
}
