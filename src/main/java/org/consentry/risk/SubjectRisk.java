package org.consentry.risk;

import java.util.Arrays;
import java.util.List;

/**
 * The risks of all subjects, each by the size of its smallest group: the risk is one divided by it.
 *
 * @param subjects how many there are
 * @param smallest the smallest group of any of them; 0 without subjects
 * @param uniques subjects who are alone in a group
 * @param below subjects with a group smaller than k
 * @param average the mean risk, 0 to 1; 0 without subjects
 * @param bands subjects by the size of their group: 1, 2 to 4, 5 to 10, 11 to 19, 20 and more
 */
public record SubjectRisk(
    long subjects, long smallest, long uniques, long below, double average, List<Long> bands) {

  /** The smallest group of each band. */
  public static final List<Integer> BANDS = List.of(1, 2, 5, 11, 20);

  public SubjectRisk {
    bands = List.copyOf(bands);
  }

  /**
   * The risks.
   *
   * @param sizes the smallest group of each subject; 0 for subjects who are not in the data
   */
  public static SubjectRisk of(int[] sizes, int k) {
    long subjects = 0;
    long smallest = Long.MAX_VALUE;
    long below = 0;
    double risk = 0;
    long[] bands = new long[BANDS.size()];
    for (int size : sizes) {
      if (size > 0) {
        subjects++;
        smallest = Math.min(smallest, size);
        below += size < k ? 1 : 0;
        risk += 1.0 / size;
        bands[band(size)]++;
      }
    }
    return new SubjectRisk(
        subjects,
        subjects == 0 ? 0 : smallest,
        bands[0],
        below,
        subjects == 0 ? 0 : risk / subjects,
        Arrays.stream(bands).boxed().toList());
  }

  private static int band(int size) {
    int band = BANDS.size() - 1;
    while (size < BANDS.get(band)) {
      band--;
    }
    return band;
  }
}
