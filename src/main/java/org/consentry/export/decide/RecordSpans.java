package org.consentry.export.decide;

import java.util.Arrays;
import org.consentry.export.extract.SplitExtract;
import org.consentry.export.select.CountedSubjects;
import org.consentry.export.select.SpanLog;

/**
 * The first and last day of the released records of one table, by subject. Memory grows with the
 * subjects that have records, so that many small tables fit beside many subjects. Not thread-safe,
 * but for threads that {@link #add(byte[], int, int)} different subjects.
 */
public final class RecordSpans {

  /** Neighbours whose days are in one page. */
  private static final int PAGE = 32;

  /** The page of subjects of whom nothing is released: first and last day of each in turn. */
  private static final int[] NOTHING = new int[2 * PAGE];

  static {
    for (int at = 0; at < NOTHING.length; at += 2) {
      NOTHING[at] = SpanLog.FOREVER;
      NOTHING[at + 1] = SpanLog.EVER;
    }
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
    SpanLog.addTo(this, CountedSubjects.spans(log), subject -> true);
  }

  /**
   * The same for one of several threads, each of which adds the days of subjects of its own.
   *
   * @param thread its number, from 0
   * @param threads how many there are
   */
  public void add(byte[] log, int thread, int threads) {
    SpanLog.addTo(this, CountedSubjects.spans(log), subject -> subject / PAGE % threads == thread);
  }

  public void add(int subject, int first, int last) {
    int number = subject / PAGE;
    if (pages[number] == NOTHING) {
      pages[number] = NOTHING.clone();
    }
    int[] page = pages[number];
    int at = 2 * (subject % PAGE);
    page[at] = Math.min(page[at], first);
    page[at + 1] = Math.max(page[at + 1], last);
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
    return pages[subject / PAGE][2 * (subject % PAGE)];
  }

  /** The last day; {@link Integer#MAX_VALUE} when the date of one is not known. */
  public int last(int subject) {
    return pages[subject / PAGE][2 * (subject % PAGE) + 1];
  }
}
