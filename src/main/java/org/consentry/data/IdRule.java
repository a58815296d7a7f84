package org.consentry.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * How a patient id is written before anything is looked up or derived: without {@link Blanks} at
 * its ends, in Unicode NFC, and in upper case where a letter has one upper case that has it as its
 * lower case. So {@code p1} and {@code P1} meet, but {@code ß} is not {@code SS}, and neither a
 * dotless {@code ı} is an {@code I} nor a long {@code ſ} an {@code S}. The rule has a version
 * because codes depend on it: changing it is a new rule, never an edit.
 */
public final class IdRule {

  /** Name of the rule for manifests and key derivation notes. */
  public static final String VERSION = "id-rule-2: NFC, trim, upper-case letter by letter";

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EACH = 0x0101_0101_0101_0101L;
  private static final long HIGH = 0x8080_8080_8080_8080L;

  private IdRule() {}

  /** Normalises an id given as text. The answer may be empty. */
  public static String normalize(String id) {
    String trimmed = Blanks.trim(Normalizer.normalize(id, Normalizer.Form.NFC));
    StringBuilder normal = new StringBuilder(trimmed.length());
    trimmed.codePoints().map(IdRule::upperCase).forEach(normal::appendCodePoint);
    return normal.toString();
  }

  private static int upperCase(int letter) {
    int upper = Character.toUpperCase(letter);
    return Character.toLowerCase(upper) == letter ? upper : letter;
  }

  /**
   * Whether the bytes already are in normal form, decided without decoding. True only for ASCII
   * letters in upper case, digits and {@code - _ . : /}; anything else takes the slow path.
   */
  public static boolean isPlain(byte[] buffer, int start, int end) {
    int at = start;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      if (!isPlain((long) LONGS.get(buffer, at))) {
        return false;
      }
    }
    for (; at < end; at++) {
      byte b = buffer[at];
      boolean plain = (b >= '-' && b <= ':') || (b >= 'A' && b <= 'Z') || b == '_';
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  /** The same of eight bytes; the high bit of a byte is set where it is in a range. */
  private static boolean isPlain(long w) {
    long numbers = (w + EACH * (0x80 - '-')) & ~(w + EACH * (0x7F - ':'));
    long letters = (w + EACH * (0x80 - 'A')) & ~(w + EACH * (0x7F - 'Z'));
    long underscores = ~((w ^ EACH * '_') + EACH * 0x7F);
    return ((numbers | letters | underscores) & ~w & HIGH) == HIGH;
  }

  /** Normalises an id given as UTF-8 bytes; never returns the buffer itself. */
  public static byte[] normalize(byte[] buffer, int start, int end) {
    String text = new String(buffer, start, end - start, StandardCharsets.UTF_8);
    return normalize(text).getBytes(StandardCharsets.UTF_8);
  }
}
