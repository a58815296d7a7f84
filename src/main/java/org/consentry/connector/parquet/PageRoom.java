package org.consentry.connector.parquet;

/**
 * Room for the page being made, which the columns of one file use one after the other: a file of a
 * thousand columns needs it once. Its content does not matter. Not thread-safe.
 */
final class PageRoom {

  private static final int BODY_BYTES = 1 << 18;

  /** The page, or the dictionary. */
  final GrowingBytes body = new GrowingBytes(BODY_BYTES);

  /** Ids of the values of a page, and of seven more. */
  final int[] ids;

  /** Numbers of a page. */
  final long[] numbers;

  PageRoom(PageLayout layout) {
    ids = new int[layout.pageRows() + 8];
    numbers = new long[layout.pageRows()];
  }
}
