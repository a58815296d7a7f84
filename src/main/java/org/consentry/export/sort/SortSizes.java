package org.consentry.export.sort;

/**
 * Sizes of the sort; smaller in tests. Only {@code partRows} changes what is released.
 *
 * @param bufferBytes encoded rows that a split collects before it writes them to its spill file
 * @param rangeBytes encoded rows that are sorted in memory at once; a larger range is merged from
 *     sorted runs
 * @param sourceBytes source bytes for which one range is planned
 * @param partRows released rows of one part file; the last part has the rest
 */
public record SortSizes(int bufferBytes, int rangeBytes, long sourceBytes, long partRows) {

  /**
   * The sizes of a real run. Rows of a part file are the system property {@code consentry.partRows}
   * where it is set.
   */
  public static final SortSizes USUAL =
      new SortSizes(8 << 20, 16 << 20, 8L << 20, Long.getLong("consentry.partRows", 500_000));

  private static final int MOST_RANGES = 1024;

  public SortSizes {
    if (bufferBytes < 1 || rangeBytes < 1 || sourceBytes < 1 || partRows < 1) {
      throw new IllegalArgumentException("sizes must be at least 1");
    }
  }

  /** How many ranges a table of that many source bytes is spilled into. */
  int ranges(long tableBytes) {
    return (int) Math.min(MOST_RANGES, 1 + tableBytes / sourceBytes);
  }
}
