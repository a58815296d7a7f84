package org.consentry.operator.rules;

import org.consentry.data.Blanks;

/**
 * Codes as numbers that sort like the codes, six bits a character, the first in the highest bits.
 * Character 0 is "no more", 1 to 10 are the digits, 11 to 36 the letters. Reads UTF-8 bytes, in any
 * letter case, with blanks around. Pure and thread-safe.
 *
 * <p>Only the form of a code is read. Which codes of that form exist is known to rule sets alone,
 * but for the chapters of ICD-10-CM, beyond which nothing can exist.
 */
final class CodeKey {

  /** The cell has no code. */
  public static final long NONE = -1;

  /** The text of the cell cannot be a code. */
  public static final long UNREADABLE = -2;

  /** Bits of one character. */
  static final int BITS = 6;

  /** Characters of the longest ICD-10-CM code, without its point. */
  static final int DIAGNOSIS_LENGTH = 7;

  /** Characters of a CPT or HCPCS code. */
  static final int PROCEDURE_LENGTH = 5;

  /** Where the form of a procedure code begins: digits alone, a letter last, a letter first. */
  static final int FORM = PROCEDURE_LENGTH * BITS;

  /** Letters that begin a HCPCS Level II code. */
  private static final String HCPCS_LETTERS = "ABCDEGHJKLMPQRSTUV";

  /** Letters that end a CPT code: administration, Category II, multianalyte, Category III, PLA. */
  private static final String CPT_LETTERS = "AFMTU";

  private static final long LOWEST_CPT = 100;

  private CodeKey() {}

  /**
   * Reads a CPT or HCPCS code. Modifiers behind it ({@code 15823-RT}, {@code 15823 50}) are left
   * out: they add where and how, not what.
   *
   * @return its number, {@link #NONE} or {@link #UNREADABLE}
   */
  public static long procedure(byte[] buffer, int from, int to) {
    int start = Blanks.start(buffer, from, to);
    int end = Blanks.end(buffer, start, to);
    if (start == end) {
      return NONE;
    }
    if (end - start < PROCEDURE_LENGTH || !areModifiers(buffer, start + PROCEDURE_LENGTH, end)) {
      return UNREADABLE;
    }
    return procedureForm(buffer, start);
  }

  private static long procedureForm(byte[] buffer, int start) {
    long number = 0;
    int digits = 0;
    long key = 0;
    for (int i = start; i < start + PROCEDURE_LENGTH; i++) {
      int character = character(buffer[i]);
      if (character == 0) {
        return UNREADABLE;
      }
      if (isDigit(character)) {
        digits++;
        number = number * 10 + character - 1;
      }
      key = (key << BITS) | character;
    }
    if (digits == PROCEDURE_LENGTH) {
      return number < LOWEST_CPT ? UNREADABLE : key;
    }
    int first = character(buffer[start]);
    int last = character(buffer[start + PROCEDURE_LENGTH - 1]);
    if (digits == PROCEDURE_LENGTH - 1 && isOneOf(last, CPT_LETTERS)) {
      return (1L << FORM) | key;
    }
    return digits == PROCEDURE_LENGTH - 1 && isOneOf(first, HCPCS_LETTERS)
        ? (2L << FORM) | key
        : UNREADABLE;
  }

  private static boolean areModifiers(byte[] buffer, int from, int end) {
    int at = from;
    while (at < end) {
      boolean separated = buffer[at] == '-' || buffer[at] == ' ';
      if (!separated
          || end - at < 3
          || character(buffer[at + 1]) == 0
          || character(buffer[at + 2]) == 0) {
        return false;
      }
      at += 3;
    }
    return true;
  }

  /**
   * Reads an ICD-10-CM code, with or without its point.
   *
   * @return its number, {@link #NONE} or {@link #UNREADABLE}
   */
  public static long diagnosis(byte[] buffer, int from, int to) {
    int start = Blanks.start(buffer, from, to);
    int end = Blanks.end(buffer, start, to);
    if (start == end) {
      return NONE;
    }
    long key = 0;
    int length = 0;
    for (int i = start; i < end; i++) {
      if (buffer[i] == '.') {
        if (i - start != 3 || i + 1 == end) {
          return UNREADABLE;
        }
        continue;
      }
      int character = character(buffer[i]);
      if (character == 0 || ++length > DIAGNOSIS_LENGTH) {
        return UNREADABLE;
      }
      key = (key << BITS) | character;
    }
    if (length < 3) {
      return UNREADABLE;
    }
    long full = key << (BITS * (DIAGNOSIS_LENGTH - length));
    return isInAChapter(full) ? full : UNREADABLE;
  }

  /** The seventh character of a diagnosis: 0 when it has none. */
  static int seventh(long diagnosis) {
    return (int) (diagnosis & ((1 << BITS) - 1));
  }

  /** The number of a character: 0 when it is neither a digit nor a letter of ASCII. */
  static int character(byte value) {
    if (value >= '0' && value <= '9') {
      return 1 + value - '0';
    }
    if (value >= 'A' && value <= 'Z') {
      return 11 + value - 'A';
    }
    return value >= 'a' && value <= 'z' ? 11 + value - 'a' : 0;
  }

  /**
   * Whether the category is between the first and the last of its letter's chapters. Source: the
   * tabular list of ICD-10-CM, which is in the public domain.
   */
  private static boolean isInAChapter(long key) {
    int letter = (int) (key >> (BITS * 6));
    int second = (int) (key >> (BITS * 5)) & 63;
    int third = (int) (key >> (BITS * 4)) & 63;
    boolean counted =
        isDigit(third) || third == character((byte) 'A') || third == character((byte) 'B');
    if (isDigit(letter) || !isDigit(second) || !counted) {
      return false;
    }
    int number = (second - 1) * 10 + Math.min(third - 1, 9);
    return switch ((char) ('A' + letter - 11)) {
      case 'F' -> number >= 1;
      case 'D', 'E' -> number <= 89;
      case 'H', 'K' -> number <= 95;
      case 'P' -> number <= 96;
      case 'T' -> number <= 88;
      case 'U' -> number <= 85;
      default -> true;
    };
  }

  private static boolean isDigit(int character) {
    return character >= 1 && character <= 10;
  }

  private static boolean isOneOf(int character, String letters) {
    return letters.indexOf('A' + character - 11) >= 0;
  }
}
