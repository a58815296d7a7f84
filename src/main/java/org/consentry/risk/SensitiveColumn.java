package org.consentry.risk;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The values of one sensitive column by subject, and how they spread over groups of subjects. A
 * subject with several rows has each of its different values once. Not thread-safe.
 */
public final class SensitiveColumn {

  /** The value of a subject without a value. */
  public static final int MISSING = 0;

  private final int values;
  private final long[] pairs;

  /**
   * A column.
   *
   * @param values one more than the largest value
   * @param pairs subject in the upper half, value in the lower, 0 or more both; {@link #MISSING} of
   *     a subject counts when it has no other value. Sorted by this
   */
  public SensitiveColumn(int values, long[] pairs) {
    this.values = values;
    this.pairs = pairs;
    Arrays.sort(pairs);
  }

  /** What is required of the values of each group. */
  public interface Model {

    /**
     * The measure of every group.
     *
     * @param values the values that released subjects have, ascending
     * @param all how many released subjects have each of them
     */
    Measure measure(int[] values, long[] all);

    /** Whether a measure is good enough. */
    boolean isEnough(double measure);

    /** The worse of two measures. */
    double worse(double one, double other);
  }

  /** How well the values of a group hide. Its time does not grow with the values of others. */
  @FunctionalInterface
  public interface Measure {

    /**
     * Measures.
     *
     * @param places the values of the group, ascending, as places among all values
     * @param counts how many subjects of the group have each of them, 1 or more
     */
    double of(int[] places, long[] counts);
  }

  /**
   * What was found.
   *
   * @param worst the worst measure of all groups; 0 without groups
   * @param exposed the subjects of groups whose measure is not good enough
   */
  public record Result(double worst, BitSet exposed) {}

  /**
   * Measures every group.
   *
   * @param groups the number of each subject's group, from 0 on; below 0 for subjects in none
   */
  public Result measure(int[] groups, Model model) {
    long[] entries = entries(groups);
    long[] counts = new long[values];
    for (long entry : entries) {
      counts[(int) entry]++;
    }
    int[] present = IntStream.range(0, values).filter(value -> counts[value] > 0).toArray();
    int[] places = new int[values];
    for (int place = 0; place < present.length; place++) {
      places[present[place]] = place;
    }
    long[] all = Arrays.stream(present).mapToLong(value -> counts[value]).toArray();
    Measure measure = model.measure(present, all);
    BitSet failing = new BitSet();
    boolean isFirst = true;
    double worst = 0;
    for (int from = 0; from < entries.length; ) {
      int group = (int) (entries[from] >> Integer.SIZE);
      int to = from;
      while (to < entries.length && entries[to] >> Integer.SIZE == group) {
        to++;
      }
      double found = measure(entries, from, to, places, measure);
      failing.set(group, !model.isEnough(found));
      worst = isFirst ? found : model.worse(worst, found);
      isFirst = false;
      from = to;
    }
    BitSet exposed = new BitSet();
    for (int subject = 0; subject < groups.length; subject++) {
      exposed.set(subject, groups[subject] >= 0 && failing.get(groups[subject]));
    }
    return new Result(worst, exposed);
  }

  /** Measures the entries of one group, in which equal values are neighbours. */
  private static double measure(long[] entries, int from, int to, int[] places, Measure measure) {
    int[] ofGroup = new int[to - from];
    long[] counts = new long[to - from];
    int different = 0;
    for (int at = from; at < to; at++) {
      if (at > from && entries[at] == entries[at - 1]) {
        counts[different - 1]++;
      } else {
        ofGroup[different] = places[(int) entries[at]];
        counts[different++] = 1;
      }
    }
    return measure.of(Arrays.copyOf(ofGroup, different), Arrays.copyOf(counts, different));
  }

  /** Group in the upper half and value in the lower, once for each value of each subject. */
  private long[] entries(int[] groups) {
    long[] entries = new long[pairs.length + groups.length];
    int count = 0;
    int at = 0;
    for (int subject = 0; subject < groups.length; subject++) {
      int before = count;
      int last = MISSING;
      for (; at < pairs.length && pairs[at] >> Integer.SIZE == subject; at++) {
        int value = (int) pairs[at];
        if (value != last && groups[subject] >= 0) {
          entries[count++] = (long) groups[subject] << Integer.SIZE | value;
        }
        last = value;
      }
      if (count == before && groups[subject] >= 0) {
        entries[count++] = (long) groups[subject] << Integer.SIZE | MISSING;
      }
    }
    long[] found = Arrays.copyOf(entries, count);
    Arrays.sort(found);
    return found;
  }
}
