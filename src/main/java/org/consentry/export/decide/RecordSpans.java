package org.consentry.export.decide;

import java.util.Arrays;
import org.consentry.export.extract.SplitExtract;
import org.consentry.export.select.CountedSubjects;
import org.consentry.export.select.SpanLog;

/**
 * The first and last day of the released records of one table, by subject. Memory grows with the
 * subjects that have records, so that many small tables fit beside many subjects. Not thread-safe.
 */
public final class RecordSpans {

  /** Neighbours whose days are in one page. */
  private static final int PAGE = 32;

  /** The page of subjects of whom nothing is released: first days, then last days. */
  private static final int[] NOTHING = new int[2 * PAGE];

  static {
    Arrays.fill(NOTHING, 0, PAGE, SpanLog.FOREVER);
    Arrays.fill(NOTHING, PAGE, 2 * PAGE, SpanLog.EVER);
  }

  private final int[][] pages;

  /** Nothing is released yet of so many subjects. */
  public RecordSpans(int subjects) {
    pages = new int[(subjects + PAGE - 1) / PAGE][];
    Arrays.fill(pages, NOTHING);
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
    int number = subject / PAGE;
    if (pages[number] == NOTHING) {
      pages[number] = NOTHING.clone();
    }
    int[] page = pages[number];
    int at = subject % PAGE;
    page[at] = Math.min(page[at], first);
    page[PAGE + at] = Math.max(page[PAGE + at], last);
  }

  /** Whether any record of the subject is released. */
  public boolean contains(int subject) {
    return first(subject) <= last(subject);
  }

  /**
   * The first day of the subject's released records, days since 1970-01-01; {@link
   * Integer#MIN_VALUE} when the date of one is not known; {@link Integer#MAX_VALUE} when there is
   * none.
   */
  public int first(int subject) {
    return pages[subject / PAGE][subject % PAGE];
  }

  /** The last day; {@link Integer#MAX_VALUE} when the date of one is not known. */
  public int last(int subject) {
    return pages[subject / PAGE][PAGE + subject % PAGE];
  }
}
