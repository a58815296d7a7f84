package org.consentry.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** Levels of numbers: spans of 5, 10 and 20, each named by its first number. */
final class Spans {

  private static final List<Integer> LENGTHS = List.of(5, 10, 20);

  private Spans() {}

  /** Levels of years, of which the floor means "or before". */
  static List<Level> years(int floor) {
    return levels(
        "years",
        length -> Map.of(first(floor, length), (first(floor, length) + length - 1) + " or before"));
  }

  /** Levels of ages, of which the oldest means "or older". */
  static List<Level> ages(long oldest) {
    return levels(
        "years of age",
        length -> Map.of(first(oldest, length), first(oldest, length) + " or older"));
  }

  /** Levels of ages without a top code. */
  static List<Level> ages() {
    return levels("years of age", length -> Map.of());
  }

  private static List<Level> levels(String unit, LongFunction<Map<Long, String>> labels) {
    List<Level> levels = new ArrayList<>();
    for (int length : LENGTHS) {
      Map<String, String> texts = new java.util.TreeMap<>();
      labels.apply(length).forEach((number, text) -> texts.put(Long.toString(number), text));
      levels.add(
          Level.ofNumbers(
              length + " " + unit,
              "Joined to spans of " + length + " " + unit + ", each named by its first.",
              texts,
              number -> first(number, length)));
    }
    levels.add(Level.NONE);
    return List.copyOf(levels);
  }

  private static long first(long number, long length) {
    return Math.floorDiv(number, length) * length;
  }
}
