package org.consentry.export.scan;

import java.util.Arrays;

/**
 * A text cut into runs of letters and runs of digits, with what is between them. A run of letters
 * also ends where a small letter precedes a capital. Reused; not thread-safe.
 */
final class Segments {

  /** Nothing is between two runs. */
  static final byte GLUED = 0;

  /** One character that is no blank. */
  static final byte JOINED = 1;

  /** Up to three blanks or other characters in one line. */
  static final byte NEAR = 2;

  /** Anything else, and the beginning. */
  static final byte FAR = 3;

  private static final int NEAR_LENGTH = 3;
  private static final int RUNS_OF_CODE = 4;
  private static final int LETTERS_OF_CODE = 20;

  /** The text in capitals. */
  char[] text = new char[0];

  int length;
  int runs;
  int[] from = new int[16];
  int[] to = new int[16];
  boolean[] digits = new boolean[16];

  /** What is before each run. */
  byte[] gap = new byte[16];

  /** The first run that is glued to each run. */
  int[] chunk = new int[16];

  void read(String normal) {
    length = normal.length();
    if (text.length < length) {
      text = new char[Math.max(length, 2 * text.length)];
    }
    runs = 0;
    boolean lower = false;
    int state = 0;
    for (int i = 0; i < length; i++) {
      char c = normal.charAt(i);
      int kind = kind(c);
      boolean small = kind == 1 && Character.isLowerCase(c);
      if (kind != 0 && (kind != state || (lower && !small && Character.isUpperCase(c)))) {
        begin(i, kind == 2);
      }
      if (kind != 0) {
        to[runs - 1] = i + 1;
      }
      text[i] = small ? Character.toUpperCase(c) : c;
      state = kind;
      lower = small;
    }
    for (int i = 0; i < runs; i++) {
      gap[i] = i == 0 ? FAR : gap(to[i - 1], from[i]);
      chunk[i] = gap[i] == GLUED ? chunk[i - 1] : i;
    }
  }

  /** 1 for a letter, 2 for a digit, else 0. */
  private static int kind(char c) {
    if (c < 0x80) {
      if (c >= '0' && c <= '9') {
        return 2;
      }
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? 1 : 0;
    }
    return Character.isLetter(c) ? 1 : 0;
  }

  private void begin(int at, boolean isDigits) {
    if (runs == from.length) {
      int size = 2 * runs;
      from = Arrays.copyOf(from, size);
      to = Arrays.copyOf(to, size);
      digits = Arrays.copyOf(digits, size);
      gap = Arrays.copyOf(gap, size);
      chunk = Arrays.copyOf(chunk, size);
    }
    from[runs] = at;
    digits[runs] = isDigits;
    runs++;
  }

  private byte gap(int end, int start) {
    int size = start - end;
    if (size == 0) {
      return GLUED;
    }
    if (size > NEAR_LENGTH) {
      return FAR;
    }
    for (int i = end; i < start; i++) {
      if (text[i] == '\n' || text[i] == '\r' || text[i] == ';') {
        return FAR;
      }
    }
    return size == 1 && text[end] != ' ' && text[end] != '\t' ? JOINED : NEAR;
  }

  /** Whether a tab or the end of a line, a hyphen before it or not, is all that precedes a run. */
  boolean isBroken(int run) {
    int at = to[run - 1];
    if (text[at] == '-') {
      at++;
    }
    if (at < from[run] && text[at] == '\r') {
      at++;
    }
    return at + 1 == from[run] && (text[at] == '\n' || text[at] == '\t');
  }

  int size(int run) {
    return to[run] - from[run];
  }

  /** One past the last run of the chunk that begins at a run. */
  int chunkEnd(int run) {
    int end = run + 1;
    while (end < runs && gap[end] == GLUED) {
      end++;
    }
    return end;
  }

  String text(int run) {
    return new String(text, from[run], size(run));
  }

  /** The runs of {@code [first, end)} without what is between them. */
  String joined(int first, int end) {
    if (end == first + 1) {
      return text(first);
    }
    StringBuilder out = new StringBuilder();
    for (int i = first; i < end; i++) {
      out.append(text, from[i], size(i));
    }
    return out.toString();
  }

  /**
   * Whether letters and digits alternate in a long chunk, as in a random code, a key or a digest.
   * Among ten thousands of these some have a day or a number by chance.
   */
  boolean isOfCode(int run) {
    int first = chunk[run];
    int end = chunkEnd(run);
    return end - first >= RUNS_OF_CODE && to[end - 1] - from[first] >= LETTERS_OF_CODE;
  }
}
