package org.consentry.export.scan;

import java.nio.charset.StandardCharsets;

/** Bytes as text. Stateless. */
final class Texts {

  private Texts() {}

  /** UTF-8, or ISO 8859-1 where the bytes are not UTF-8, so that no letter is lost. */
  static String of(byte[] bytes, int start, int end) {
    String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') < 0
        ? text
        : new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }
}
