package org.consentry.data;

import java.nio.charset.StandardCharsets;

/**
 * Characters that show nothing: white space of any width, controls, format characters such as the
 * zero-width space, the byte order mark and the soft hyphen, and the other default ignorable code
 * points of Unicode. At the ends of ids, dates and codes they mean nothing and are left out; this
 * is the one place that defines them.
 */
public final class Blanks {

  private static final int DELETE = 0x7F;

  private Blanks() {}

  /** Whether a character shows nothing. */
  public static boolean isBlank(int character) {
    if (character < DELETE) {
      return character <= ' ';
    }
    return switch (Character.getType(character)) {
      case Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.CONTROL,
          Character.FORMAT ->
          true;
      default -> isIgnorable(character);
    };
  }

  /**
   * Letters, marks and unassigned code points that Unicode shows as nothing
   * (Default_Ignorable_Code_Point, DerivedCoreProperties.txt), and the empty Braille pattern.
   */
  private static boolean isIgnorable(int character) {
    return switch (character) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x2800, 0x3164, 0xFFA0 -> true;
      default ->
          (character >= 0x180B && character <= 0x180F)
              || (character >= 0xFE00 && character <= 0xFE0F)
              || (character >= 0xFFF0 && character <= 0xFFF8)
              || (character >= 0xE0000 && character <= 0xE0FFF);
    };
  }

  /** The text without the blanks at its ends. */
  public static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (start < end && isBlank(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  /**
   * Whether {@link #start} and {@link #end} may move anything, decided without decoding: true when
   * a byte at the ends is no visible ASCII character.
   */
  public static boolean mayTrim(byte[] utf8, int start, int end) {
    return start < end && (!isVisible(utf8[start]) || !isVisible(utf8[end - 1]));
  }

  private static boolean isVisible(byte b) {
    return b > ' ' && b < DELETE;
  }

  /** The position of the first character that is no blank, or {@code end}. */
  public static int start(byte[] utf8, int start, int end) {
    int at = start;
    while (at < end && !isVisible(utf8[at])) {
      int length = Math.min(length(utf8[at]), end - at);
      if (!isBlank(character(utf8, at, length))) {
        return at;
      }
      at += length;
    }
    return at;
  }

  /** Behind the last character that is no blank, or {@code start}. */
  public static int end(byte[] utf8, int start, int end) {
    int to = end;
    while (to > start && !isVisible(utf8[to - 1])) {
      int at = to - 1;
      while (at > start && (utf8[at] & 0xC0) == 0x80) {
        at--;
      }
      if (!isBlank(character(utf8, at, to - at))) {
        return to;
      }
      to = at;
    }
    return to;
  }

  private static int length(byte first) {
    if (first >= 0) {
      return 1;
    }
    int bits = first & 0xFF;
    return bits >= 0xF0 ? 4 : bits >= 0xE0 ? 3 : 2;
  }

  /** The one character in these bytes; what is no UTF-8 reads as a visible one. */
  private static int character(byte[] utf8, int start, int length) {
    if (length == 1) {
      return utf8[start] >= 0 ? utf8[start] : '?';
    }
    String text = new String(utf8, start, length, StandardCharsets.UTF_8);
    return text.codePointCount(0, text.length()) == 1 ? text.codePointAt(0) : '?';
  }
}
