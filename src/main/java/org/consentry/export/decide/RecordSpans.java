package org.consentry.export.decide;

import java.util.Arrays;
import org.consentry.export.extract.SplitExtract;
import org.consentry.export.select.CountedSubjects;
import org.consentry.export.select.SpanLog;

/** The first and last day of the released records of one table, by subject. Not thread-safe. */
public final class RecordSpans {

  private final int[] firsts;
  private final int[] lasts;

  /** Nothing is released yet of so many subjects. */
  public RecordSpans(int subjects) {
    firsts = new int[subjects];
    lasts = new int[subjects];
    Arrays.fill(firsts, SpanLog.FOREVER);
    Arrays.fill(lasts, SpanLog.EVER);
  }

  /**
   * Adds what a split released.
   *
   * @param log what {@link SplitExtract#spans()} gave and {@link CountedSubjects#isWhole} knows
   */
  public void add(byte[] log) {
    SpanLog.addTo(this, CountedSubjects.spans(log));
  }

  public void add(int subject, int first, int last) {
    firsts[subject] = Math.min(firsts[subject], first);
    lasts[subject] = Math.max(lasts[subject], last);
  }

  /** Whether any record of the subject is released. */
  public boolean contains(int subject) {
    return firsts[subject] <= lasts[subject];
  }

  /**
   * The first day of the subject's released records, days since 1970-01-01; {@link
   * Integer#MIN_VALUE} when the date of one is not known; {@link Integer#MAX_VALUE} when there is
   * none.
   */
  public int first(int subject) {
    return firsts[subject];
  }

  /** The last day; {@link Integer#MAX_VALUE} when the date of one is not known. */
  public int last(int subject) {
    return lasts[subject];
  }
}
