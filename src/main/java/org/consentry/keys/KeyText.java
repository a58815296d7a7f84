package org.consentry.keys;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.consentry.problem.Place;

/** Key files as text: remarks, and one line of a word, a blank and base64. */
final class KeyText {

  private KeyText() {}

  static byte[] write(String remark, String header, byte[] key) {
    byte[] base64 = Base64.getEncoder().encode(key);
    ByteArrayOutputStream text = new ByteArrayOutputStream(256);
    text.writeBytes((remark + header + " ").getBytes(StandardCharsets.UTF_8));
    text.writeBytes(base64);
    text.write('\n');
    Arrays.fill(base64, (byte) 0);
    return text.toByteArray();
  }

  /** Never turns the content into a String, which could not be wiped. */
  static byte[] read(Secret content, String header, int size, Place place) {
    byte[] text = content.open(SecretAccess.granted());
    try {
      return decode(onlyLine(text, place), header, size, place);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private static byte[] onlyLine(byte[] text, Place place) {
    byte[] found = new byte[0];
    int start = 0;
    for (int i = 0; i <= text.length; i++) {
      if (i == text.length || text[i] == '\n') {
        int end = i > start && text[i - 1] == '\r' ? i - 1 : i;
        if (end > start && text[start] != '#') {
          if (found.length > 0) {
            throw format(place, "one line but found more", "");
          }
          found = Arrays.copyOfRange(text, start, end);
        }
        start = i + 1;
      }
    }
    return found;
  }

  private static byte[] decode(byte[] line, String header, int size, Place place) {
    byte[] word = (header + " ").getBytes(StandardCharsets.UTF_8);
    if (line.length < word.length || !Arrays.equals(line, 0, word.length, word, 0, word.length)) {
      throw format(place, "a line that begins with " + header, "check that this is the right file");
    }
    byte[] base64 = Arrays.copyOfRange(line, word.length, line.length);
    Arrays.fill(line, (byte) 0);
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw format(place, "base64 after " + header, "restore the file from its backup");
    } finally {
      Arrays.fill(base64, (byte) 0);
    }
    if (key.length != size) {
      throw format(
          place,
          size + " bytes after " + header + " but found " + key.length,
          "restore the file from its backup");
    }
    return key;
  }

  private static RuntimeException format(Place place, String expected, String hint) {
    return OwnerOnlyFiles.problem("KEY_FORMAT", place, "expected " + expected, hint);
  }
}
