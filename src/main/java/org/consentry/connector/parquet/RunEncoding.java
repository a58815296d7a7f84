package org.consentry.connector.parquet;

/**
 * Dictionary ids as Parquet's RLE_DICTIONARY pages store them: the width in one byte, then runs of
 * equal ids and bit-packed groups of eight.
 */
final class RunEncoding {

  /** A shorter run is packed with its neighbours. */
  private static final int LEAST_RUN = 32;

  private RunEncoding() {}

  /**
   * Appends ids.
   *
   * @param ids from 0 to {@code distinct - 1}; up to seven more than {@code count} may be
   *     overwritten
   * @param distinct values of the dictionary so far, at least 1
   */
  static void encode(int[] ids, int count, int distinct, GrowingBytes out) {
    int width = Math.max(1, 32 - Integer.numberOfLeadingZeros(distinct - 1));
    out.put(width);
    int literal = 0;
    int i = 0;
    while (i < count) {
      int end = endOfRun(ids, i, count);
      if (end - i >= LEAST_RUN) {
        pack(ids, literal, i, width, out);
        run(ids[i], end - i, width, out);
        i = end;
        literal = end;
      } else {
        i = Math.min(i + 8, count);
      }
    }
    pack(ids, literal, count, width, out);
  }

  private static int endOfRun(int[] ids, int from, int count) {
    int id = ids[from];
    int end = from + 1;
    while (end < count && ids[end] == id) {
      end++;
    }
    return end;
  }

  private static void run(int id, int length, int width, GrowingBytes out) {
    out.putVarint((long) length << 1);
    for (int shift = 0; shift < width; shift += 8) {
      out.put(id >>> shift);
    }
  }

  /** Packs whole groups of eight; zeros fill the last. */
  private static void pack(int[] ids, int from, int to, int width, GrowingBytes out) {
    if (from == to) {
      return;
    }
    int groups = (to - from + 7) / 8;
    int padded = from + groups * 8;
    for (int i = to; i < padded; i++) {
      ids[i] = 0;
    }
    out.putVarint((long) groups << 1 | 1);
    out.putPacked(ids, from, padded, width);
  }
}
