package org.consentry.operator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.consentry.operator.text.BytesLookup;

/** Transformers that replace listed values by the text of their row. */
final class Lookup {

  /** What an unlisted value becomes: it cannot be taken. */
  static final int INVALID = PerValue.INVALID_LABEL;

  /** What an unlisted value becomes: a missing cell. */
  static final int MISSING = PerValue.NO_LABEL;

  private Lookup() {}

  /**
   * Texts for values.
   *
   * @param keys the listed values, all different
   * @param texts what each becomes, none empty
   * @param other {@link #INVALID} or {@link #MISSING}
   */
  static Transformer labels(String expected, List<String> keys, List<String> texts, int other) {
    List<String> distinct = texts.stream().distinct().toList();
    Map<String, Integer> numbers = new HashMap<>();
    for (String text : distinct) {
      numbers.put(text, numbers.size());
    }
    int[] labelOf = texts.stream().mapToInt(text -> numbers.getOrDefault(text, 0)).toArray();
    return PerValue.labels(expected, new Labels(distinct), finder(keys, labelOf, other));
  }

  /** As {@link #labels}, where every unlisted value becomes one text. */
  static Transformer labelsOrElse(List<String> keys, List<String> texts, String other) {
    List<String> all = new ArrayList<>(texts);
    all.add(other);
    int[] labelOf = IntStream.range(0, keys.size()).toArray();
    return PerValue.labels("any value", new Labels(all), finder(keys, labelOf, keys.size()));
  }

  private static PerValue.ToLabel finder(List<String> keys, int[] labelOf, int other) {
    BytesLookup lookup = new BytesLookup(keys);
    return (b, start, end) -> {
      int key = lookup.findTrimmed(b, start, end);
      return key < 0 ? other : labelOf[key];
    };
  }
}
