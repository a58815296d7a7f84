package org.consentry.operator.rules;

import java.util.Arrays;
import java.util.List;
import org.consentry.data.Blanks;
import org.consentry.data.UsAreas;

/** Two-letter codes that the US Postal Service gives states, territories and the armed forces. */
final class UsStates {

  private static final List<String> CODES = List.copyOf(UsAreas.names().keySet());

  /** The number of a code by its letters; -1 for no code. */
  private static final int[] NUMBERS = new int[26 * 26];

  static {
    Arrays.fill(NUMBERS, Facts.UNKNOWN);
    for (int i = 0; i < CODES.size(); i++) {
      NUMBERS[index(CODES.get(i).charAt(0), CODES.get(i).charAt(1))] = i;
    }
  }

  private UsStates() {}

  public static List<String> codes() {
    return CODES;
  }

  /** The number of a code of a file, or -1. */
  public static int number(String code) {
    return code.length() == 2 ? at(code.charAt(0), code.charAt(1)) : Facts.UNKNOWN;
  }

  /** The number of a cell, in any letter case, with blanks around, or -1. */
  public static int number(byte[] buffer, int from, int to) {
    int start = Blanks.start(buffer, from, to);
    int end = Blanks.end(buffer, start, to);
    return end - start == 2 ? at(buffer[start] & ~32, buffer[start + 1] & ~32) : Facts.UNKNOWN;
  }

  private static int at(int first, int second) {
    boolean letters = first >= 'A' && first <= 'Z' && second >= 'A' && second <= 'Z';
    return letters ? NUMBERS[index(first, second)] : Facts.UNKNOWN;
  }

  private static int index(int first, int second) {
    return (first - 'A') * 26 + second - 'A';
  }
}
