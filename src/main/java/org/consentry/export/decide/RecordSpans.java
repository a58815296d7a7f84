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
    SpanLog.addTo(this, CountedSubjects.spans(log));
  }

  /** Adds what another one knows, of the same subjects. */
  public void add(RecordSpans other) {
    for (int number = 0; number < pages.length; number++) {
      int[] from = other.pages[number];
      if (pages[number] == NOTHING) {
        pages[number] = from;
      } else if (from != NOTHING) {
        join(pages[number], from);
      }
    }
  }

  private static void join(int[] page, int[] other) {
    for (int at = 0; at < page.length; at += 2) {
      page[at] = Math.min(page[at], other[at]);
      page[at + 1] = Math.max(page[at + 1], other[at + 1]);
    }
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
