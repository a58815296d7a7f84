package org.consentry.connector.parquet;

/**
 * Where a Parquet file is cut. Every cut depends on the rows alone, so that the same rows give the
 * same bytes however they came in batches.
 *
 * @param pageRows rows of a page; all columns end a page there
 * @param pageBytes a page of text that is no dictionary page also ends when it has that much
 * @param groupRows rows of a row group; a multiple of {@code pageRows}
 * @param groupBytes a row group also ends, at the end of a page, when its pages and dictionaries
 *     have that much; with the texts at hand this bounds the memory of an open file
 * @param dictionaryBytes a dictionary of texts has no more; further values go out plainly
 * @param dictionaryValues a dictionary of texts or numbers has no more values
 */
public record PageLayout(
    int pageRows,
    int pageBytes,
    int groupRows,
    long groupBytes,
    int dictionaryBytes,
    int dictionaryValues) {

  /** Measured; see the decision on Parquet pages. */
  public static final PageLayout DEFAULT =
      new PageLayout(1 << 14, 1 << 20, 1 << 20, 48L << 20, 4 << 20, 1 << 17);

  public PageLayout {
    if (pageRows < 8 || groupRows < pageRows || groupRows % pageRows != 0) {
      throw new IllegalArgumentException(
          "a row group is a multiple of a page: " + groupRows + " of " + pageRows);
    }
  }
}
