package org.consentry.profile;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * The shapes of values: every digit is 9, every letter A, anything else itself. Counts stop for
 * good when there are more than {@value #MOST} shapes, so they depend on the set of values alone.
 */
final class Shapes {

  private static final int MOST = 64;
  private static final int LONGEST = 24;

  /** Numbers of something are written in so many ways at most. */
  private static final int FEW = 3;

  /** More digits than a year or a code of a procedure needs. */
  private static final int FEWEST_DIGITS = 5;

  private final Map<String, Long> counts = new HashMap<>();
  private boolean many;

  /** The shape of a value; empty when it is too long to be a number of something. */
  static String of(String value) {
    if (value.length() > LONGEST) {
      return "";
    }
    StringBuilder shape = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      shape.append(Character.isDigit(c) ? '9' : Character.isLetter(c) ? 'A' : c);
    }
    return shape.toString();
  }

  void add(String shape) {
    if (!many) {
      counts.merge(shape, 1L, Long::sum);
      if (counts.size() > MOST) {
        many = true;
        counts.clear();
      }
    }
  }

  /** How many values have one of the most frequent shapes among those with enough digits. */
  long ofFewShapes() {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().chars().filter(c -> c == '9').count() >= FEWEST_DIGITS)
        .map(Map.Entry::getValue)
        .sorted(Comparator.reverseOrder())
        .limit(FEW)
        .mapToLong(Long::longValue)
        .sum();
  }
}
