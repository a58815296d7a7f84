package org.consentry.operator;

import java.util.List;
import java.util.Optional;

/**
 * How far two raters agree on the classes of the same rows: confusion matrix, agreement, and
 * Cohen's kappa with a confidence interval.
 *
 * <p>Kappa is that of Cohen, Educational and Psychological Measurement 20 (1960) 37-46; its
 * standard error for the interval is the large-sample one of Fleiss, Cohen and Everitt,
 * Psychological Bulletin 72 (1969) 323-327, which does not assume that kappa is zero.
 */
public final class RaterAgreement {

  private static final List<ServiceClass> CLASSES = List.of(ServiceClass.values());

  /** Standard normal deviate of a two-sided interval of 95 %. */
  static final double Z_95 = 1.959963984540054;

  /**
   * Cohen's kappa.
   *
   * @param value agreement beyond chance: 1 is perfect, 0 is chance
   * @param standardError of the value, not assuming that it is zero
   * @param low lower end of the interval of 95 %, at least -1
   * @param high upper end, at most 1
   */
  public record Kappa(double value, double standardError, double low, double high) {}

  private final long[][] counts;
  private long total;

  /** No row yet. */
  public RaterAgreement() {
    this(CLASSES.size());
  }

  RaterAgreement(int categories) {
    this.counts = new long[categories][categories];
  }

  /** Adds a row that the reviewer and the rules named. */
  public void add(ServiceClass reviewer, ServiceClass rules) {
    add(CLASSES.indexOf(reviewer), CLASSES.indexOf(rules), 1);
  }

  void add(int first, int second, long rows) {
    counts[first][second] += rows;
    total += rows;
  }

  /** Rows in all. */
  public long total() {
    return total;
  }

  /** Rows that the reviewer and the rules named so. */
  public long count(ServiceClass reviewer, ServiceClass rules) {
    return counts[CLASSES.indexOf(reviewer)][CLASSES.indexOf(rules)];
  }

  /** Rows that both named alike. */
  public long agreed() {
    long agreed = 0;
    for (int i = 0; i < counts.length; i++) {
      agreed += counts[i][i];
    }
    return agreed;
  }

  /** Share of rows that both named alike, 0 to 1; empty without rows. */
  public Optional<Double> agreement() {
    return total == 0 ? Optional.empty() : Optional.of((double) agreed() / total);
  }

  /** Cohen's kappa; empty without rows, and where both gave every row one and the same class. */
  public Optional<Kappa> kappa() {
    int size = counts.length;
    double[] rows = new double[size];
    double[] columns = new double[size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        rows[i] += (double) counts[i][j] / total;
        columns[j] += (double) counts[i][j] / total;
      }
    }
    double observed = (double) agreed() / total;
    double expected = 0;
    for (int i = 0; i < size; i++) {
      expected += rows[i] * columns[i];
    }
    if (total == 0 || expected >= 1) {
      return Optional.empty();
    }
    double kappa = (observed - expected) / (1 - expected);
    double error = standardError(rows, columns, kappa, expected);
    return Optional.of(
        new Kappa(
            kappa, error, Math.max(-1, kappa - Z_95 * error), Math.min(1, kappa + Z_95 * error)));
  }

  /** Formula 13 of Fleiss, Cohen and Everitt, in its form for unweighted kappa. */
  private double standardError(double[] rows, double[] columns, double kappa, double expected) {
    double diagonal = 0;
    double beside = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows.length; j++) {
        double share = (double) counts[i][j] / total;
        if (i == j) {
          double factor = 1 - (rows[i] + columns[i]) * (1 - kappa);
          diagonal += share * factor * factor;
        } else {
          double sum = columns[i] + rows[j];
          beside += share * sum * sum;
        }
      }
    }
    double chance = kappa - expected * (1 - kappa);
    double variance =
        (diagonal + (1 - kappa) * (1 - kappa) * beside - chance * chance)
            / (total * (1 - expected) * (1 - expected));
    return Math.sqrt(Math.max(0, variance));
  }
}
