package org.consentry.data;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * How a patient id is written before anything is looked up or derived: Unicode NFC, trimmed, upper
 * case. The rule has a version because codes depend on it: changing it is a new rule, never an
 * edit.
 */
public final class IdRule {

  /** Name of the rule for manifests and key derivation notes. */
  public static final String VERSION = "id-rule-1: NFC, trim, upper-case";

  private IdRule() {}

  /** Normalises an id given as text. The answer may be empty. */
  public static String normalize(String id) {
    return Normalizer.normalize(id, Normalizer.Form.NFC).strip().toUpperCase(Locale.ROOT);
  }

  /**
   * Whether the bytes already are in normal form, decided without decoding. True only for ASCII
   * letters in upper case, digits and {@code - _ . : /}; anything else takes the slow path.
   */
  public static boolean isPlain(byte[] buffer, int start, int end) {
    for (int i = start; i < end; i++) {
      byte b = buffer[i];
      boolean plain = (b >= '-' && b <= ':') || (b >= 'A' && b <= 'Z') || b == '_';
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  /** Normalises an id given as UTF-8 bytes; never returns the buffer itself. */
  public static byte[] normalize(byte[] buffer, int start, int end) {
    String text = new String(buffer, start, end - start, StandardCharsets.UTF_8);
    return normalize(text).getBytes(StandardCharsets.UTF_8);
  }
}
