package org.consentry.risk;

import java.util.OptionalDouble;

/**
 * Estimates how many subjects are alone with what is known of them in the whole population, from
 * the groups of a sample of it. Each answer is a number of people from 0 to the population's size,
 * and empty when the model does not fit the sample.
 */
public final class PopulationUniques {

  /** Up to this share of the population Pitman's model is the best one (Dankar et al., 2012). */
  private static final double SMALL_SHARE = 0.1;

  /** How far the population that a model expects may be off, as a share. */
  private static final double MOST_OFF = 0.1;

  private final GroupSizes sample;
  private final double population;
  private final double share;

  /**
   * Estimates for one sample.
   *
   * @param sample groups of the sample
   * @param population how many people the population has, at least as many as the sample
   * @throws IllegalArgumentException when the sample is empty or larger than the population
   */
  public PopulationUniques(GroupSizes sample, long population) {
    if (sample.subjects() == 0 || population < sample.subjects()) {
      throw new IllegalArgumentException("a sample has subjects, and not more than its population");
    }
    this.sample = sample;
    this.population = population;
    this.share = sample.subjects() / this.population;
  }

  /**
   * The decision rule of Dankar, El Emam, Neisa and Roffey, Estimating the re-identification risk
   * of clinical data sets (2012): Pitman for small samples, the smaller of SNB and Zayatz else, and
   * Zayatz when the other model does not fit.
   */
  public double byDankarsRule() {
    if (sample.uniques() == 0) {
      return 0;
    }
    double zayatz = zayatz();
    return share <= SMALL_SHARE
        ? pitman().orElse(zayatz)
        : Math.min(zayatz, slideNegativeBinomial().orElse(zayatz));
  }

  /**
   * Zayatz, Estimation of the percent of unique population elements on a microdata file using the
   * sample (1991). A population's group of size s shows exactly one member in the sample with a
   * hypergeometric probability.
   */
  public double zayatz() {
    double weighted = 0;
    double probability = share;
    long size = 1;
    for (int kind = 0; kind < sample.kinds(); kind++) {
      for (; size < sample.size(kind); size++) {
        double others = population - sample.subjects() - size + 1;
        probability *= Math.max(0, others) * (size + 1) / (population - size) / size;
      }
      weighted += sample.count(kind) * probability;
    }
    // Of the groups that show one member, those that have no other; each counts for 1/share.
    return sample.uniques() * (sample.uniques() * share / weighted) / share;
  }

  /**
   * Pitman's model as fitted by Hoshino, Applying Pitman's sampling formula to microdata disclosure
   * risk assessment (2001).
   */
  public OptionalDouble pitman() {
    double n = sample.subjects();
    double u = sample.groups();
    double c1 = sample.uniques();
    double c = c1 * (c1 - 1) / Math.max(1, sample.groupsOf(2));
    double theta = (n * u * c - c1 * (n - 1) * (2 * u + c)) / (2 * c1 * u + c1 * c - n * c);
    double alpha = (theta * (c1 - n) + (n - 1) * c1) / (n * u);
    return Newton.solve(this::pitmanEquations, theta, alpha)
        .filter(found -> found.y() > 0 && found.y() < 1 && found.x() > -found.y())
        .map(
            found ->
                valid(
                    Math.exp(
                        logGammaRatio(found.x(), found.y()) + found.y() * Math.log(population))))
        .orElse(OptionalDouble.empty());
  }

  /** The derivatives of the likelihood by theta and alpha, and the derivatives of those. */
  private Newton.Equations pitmanEquations(double theta, double alpha) {
    double ofGroups = 0;
    double weighted = 0;
    double ofSubjects = 0;
    double ofSizes = 0;
    double ft = 0;
    double fa = 0;
    double ga = 0;
    for (long i = 1; i < sample.groups(); i++) {
      double term = 1 / (theta + i * alpha);
      ofGroups += term;
      weighted += i * term;
      ft -= term * term;
      fa -= i * term * term;
      ga -= (double) i * i * term * term;
    }
    for (long i = 1; i < sample.subjects(); i++) {
      double term = 1 / (theta + i);
      ofSubjects += term;
      ft += term * term;
    }
    double sum = 0;
    double squares = 0;
    long j = 1;
    for (int kind = 0; kind < sample.kinds(); kind++) {
      for (; j < sample.size(kind); j++) {
        double term = 1 / (j - alpha);
        sum += term;
        squares += term * term;
      }
      ofSizes += sample.count(kind) * sum;
      ga -= sample.count(kind) * squares;
    }
    return new Newton.Equations(
        (ofGroups - ofSubjects) / ofGroups,
        (weighted - ofSizes) / weighted,
        ft / ofGroups,
        fa / ofGroups,
        fa / weighted,
        ga / weighted);
  }

  /** ln Γ(θ+1) - ln Γ(θ+α), by Stirling's series without the difference of large numbers. */
  private static double logGammaRatio(double theta, double alpha) {
    double shift = 0;
    double t = theta;
    for (; t < 50; t++) {
      shift += Math.log((t + alpha) / (t + 1));
    }
    double a = t + 1;
    double b = t + alpha;
    double main = (b - 0.5) * Math.log1p((1 - alpha) / b) + (1 - alpha) * Math.log(a) - (1 - alpha);
    return shift + main + stirling(a) - stirling(b);
  }

  private static double stirling(double x) {
    double x2 = x * x;
    return (1.0 / 12 - (1.0 / 360 - 1.0 / (1260 * x2)) / x2) / x;
  }

  /**
   * Slide negative binomial model of Chen and Keller-McNulty, Estimation of identification
   * disclosure risk in microdata (1998): a group of the population has one member and a negative
   * binomial number of others. The number of the population's groups is Shlosser's estimate (Haas
   * and Stokes, 1998).
   */
  public OptionalDouble slideNegativeBinomial() {
    double groups = shlosser();
    if (share == 1 || sample.uniques() == 0 || sample.groupsOf(2) == 0) {
      return OptionalDouble.empty();
    }
    for (double alpha = 0.01; alpha < 100; alpha *= 4) {
      for (double odds = 0.01; odds < 200; odds *= 4) {
        OptionalDouble found =
            Newton.solve((x, y) -> binomialEquations(groups, x, y), Math.log(alpha), Math.log(odds))
                .filter(at -> expectsThePopulation(groups, Math.exp(at.x()), share(at.y())))
                .map(at -> valid(groups * Math.pow(share(at.y()), Math.exp(at.x()))))
                .orElse(OptionalDouble.empty());
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return OptionalDouble.empty();
  }

  /** Parameters come from groups of one and two members; the larger ones show whether they fit. */
  private boolean expectsThePopulation(double groups, double alpha, double beta) {
    double expected = groups * (1 + alpha * (1 - beta) / beta);
    return Math.abs(expected - population) <= MOST_OFF * population;
  }

  private double shlosser() {
    double f = share;
    double once = 0;
    double seen = 0;
    double none = 0;
    double one = 0;
    for (int kind = 0; kind < sample.kinds(); kind++) {
      double size = sample.size(kind);
      double count = sample.count(kind);
      double left = Math.pow(1 - f, size);
      once += size * f * f * Math.pow(1 - f * f, size - 1) * count;
      seen += left * (Math.pow(1 + f, size) - 1) * count;
      none += left * count;
      one += size * f * Math.pow(1 - f, size - 1) * count;
    }
    return sample.groups() + sample.uniques() * (once / seen) * (none / one) * (none / one);
  }

  /** Beta, from 0 to 1, of its logarithmic odds. */
  private static double share(double logOdds) {
    return 1 / (1 + Math.exp(-logOdds));
  }

  /** By how much more groups of one and of two members the model expects than the sample has. */
  private Newton.Equations binomialEquations(double groups, double logAlpha, double logOdds) {
    return Newton.Equations.differentiated(
        (x, y) -> groupsOfOne(groups, Math.exp(x), share(y)) / sample.uniques() - 1,
        (x, y) -> groupsOfTwo(groups, Math.exp(x), share(y)) / sample.groupsOf(2) - 1,
        logAlpha,
        logOdds);
  }

  private double groupsOfOne(double groups, double alpha, double beta) {
    double q = (1 - share) * (1 - beta);
    return groups * share * Math.pow(beta / (1 - q), alpha) * (1 + alpha * q / (1 - q));
  }

  private double groupsOfTwo(double groups, double alpha, double beta) {
    double q = (1 - share) * (1 - beta);
    double common =
        groups * share * share * (1 - beta) / 2 * alpha * Math.pow(beta / (1 - q), alpha);
    return common * (2 - (1 - alpha) * q) / ((1 - q) * (1 - q));
  }

  private OptionalDouble valid(double uniques) {
    return uniques >= 0 && uniques <= population
        ? OptionalDouble.of(uniques)
        : OptionalDouble.empty();
  }
}
