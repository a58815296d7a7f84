package org.consentry.risk;

/**
 * Risks when the sizes of the groups in the population are known. A journalist looks for any one at
 * all; a marketer links as many subjects as possible.
 *
 * @param highestJournalist 1/F of the group that is smallest in the population
 * @param marketer the share of subjects whom a marketer links rightly, on average
 * @param lowestPresence the lowest share of a population's group that is in the data
 * @param highestPresence the highest such share: how surely a member of the population is known to
 *     be in the data (delta-presence)
 */
public record PopulationRisk(
    double highestJournalist, double marketer, double lowestPresence, double highestPresence) {

  /**
   * Compares the groups of the data with those of the population.
   *
   * @param sample sizes in the data, f; 0 for a group of the population without a member in the
   *     data
   * @param population sizes in the population, F, at the same positions
   * @throws IllegalArgumentException when a group is smaller in the population than in the data,
   *     when the lists differ in length, or when no one is in the data
   */
  public static PopulationRisk of(long[] sample, long[] population) {
    if (sample.length != population.length) {
      throw new IllegalArgumentException("each group of the data needs one of the population");
    }
    long subjects = 0;
    double linked = 0;
    double journalist = 0;
    double lowest = 1;
    double highest = 0;
    for (int i = 0; i < sample.length; i++) {
      if (sample[i] < 0 || population[i] < Math.max(1, sample[i])) {
        throw new IllegalArgumentException("a population is at least as large as the data");
      }
      double share = (double) sample[i] / population[i];
      lowest = Math.min(lowest, share);
      highest = Math.max(highest, share);
      if (sample[i] > 0) {
        subjects += sample[i];
        linked += share;
        journalist = Math.max(journalist, 1.0 / population[i]);
      }
    }
    if (subjects == 0) {
      throw new IllegalArgumentException("no one is in the data");
    }
    return new PopulationRisk(journalist, linked / subjects, lowest, highest);
  }
}
