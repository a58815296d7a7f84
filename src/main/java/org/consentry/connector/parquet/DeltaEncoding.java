package org.consentry.connector.parquet;

import java.util.Arrays;

/**
 * Numbers as Parquet's DELTA_BINARY_PACKED stores them: blocks of 128 differences, each less the
 * smallest of its block, in four packs of 32 with a width of their own. Arithmetic wraps at 32 or
 * 64 bits as the column's physical type does.
 */
final class DeltaEncoding {

  private static final int BLOCK = 128;
  private static final int PACKS = 4;
  private static final int PACK = BLOCK / PACKS;

  private final long[] deltas = new long[BLOCK];
  private final int[] widths = new int[PACKS];

  /** Appends at least one value. */
  void encode(long[] values, int count, Width width, GrowingBytes out) {
    out.putVarint(BLOCK);
    out.putVarint(PACKS);
    out.putVarint(count);
    out.putZigzag(values[0]);
    for (int from = 1; from < count; from += BLOCK) {
      block(values, from, Math.min(from + BLOCK, count), width, out);
    }
  }

  private void block(long[] values, int from, int to, Width width, GrowingBytes out) {
    int count = to - from;
    long min = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      long wide = values[from + i] - values[from + i - 1];
      long delta = width == Width.INT32 ? (int) wide : wide;
      deltas[i] = delta;
      min = Math.min(min, delta);
    }
    int packs = (count + PACK - 1) / PACK;
    Arrays.fill(deltas, count, packs * PACK, min);
    out.putZigzag(min);
    for (int pack = 0; pack < PACKS; pack++) {
      widths[pack] = pack < packs ? subtract(min, pack * PACK, width) : 0;
      out.put(widths[pack]);
    }
    for (int pack = 0; pack < packs; pack++) {
      out.putPacked(deltas, pack * PACK, (pack + 1) * PACK, widths[pack]);
    }
  }

  /** Takes the smallest difference from those of a pack and returns how many bits are left. */
  private int subtract(long min, int from, Width width) {
    long mask = width == Width.INT32 ? 0xFFFF_FFFFL : -1L;
    long bits = 0;
    for (int i = from; i < from + PACK; i++) {
      long rest = (deltas[i] - min) & mask;
      deltas[i] = rest;
      bits |= rest;
    }
    return 64 - Long.numberOfLeadingZeros(bits);
  }

  /** The physical type whose arithmetic wraps. */
  enum Width {
    INT32,
    INT64
  }
}
