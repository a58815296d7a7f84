package org.consentry.export.sort;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Arrays of spill writers that are done, for those that begin. A writer needs some megabytes for a
 * second; new ones for each split would all be copied by the garbage collector, because they are in
 * use when it comes. Safe for many threads.
 */
public final class SpillBuffers {

  private static final int ROWS_BYTES = 1 << 16;
  private static final int OUTPUT_BYTES = 1 << 18;
  private static final int ROWS = 1 << 10;

  private final Deque<Arrays> idle = new ArrayDeque<>();

  /** The arrays of one writer, which may replace them by larger ones. */
  static final class Arrays {
    byte[] rows = new byte[ROWS_BYTES];
    int[] starts = new int[ROWS];
    int[] ends = new int[ROWS];
    byte[] output = new byte[OUTPUT_BYTES];

    private Arrays() {}
  }

  /** Arrays that no writer uses; new ones when there are none. */
  synchronized Arrays take() {
    Arrays last = idle.pollLast();
    return last == null ? new Arrays() : last;
  }

  /**
   * Takes arrays back, unless a long row made them larger than a writer usually needs.
   *
   * @param capacity bytes of rows that the writer collected
   */
  synchronized void give(Arrays arrays, int capacity) {
    if (arrays.rows.length <= Math.max(capacity, ROWS_BYTES)
        && arrays.output.length == OUTPUT_BYTES) {
      idle.addLast(arrays);
    }
  }
}
