package org.consentry.connector.parquet.source;

/** Reads numbers as differences in packed blocks (DELTA_BINARY_PACKED). Not thread-safe. */
final class Deltas {

  private static final int MOST_BLOCK = 1 << 20;

  private final byte[] bytes;
  private final int end;
  private final int inMini;
  private final int minis;
  private final long count;
  private final int[] widths;
  private int at;
  private long left;
  private boolean first = true;
  private long last;
  private long least;
  private int mini;
  private int leftInMini;
  private long bit;
  private int width;

  Deltas(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
    long block = varint();
    long perBlock = varint();
    count = varint();
    if (block < 1 || block > MOST_BLOCK || perBlock < 1 || perBlock > block || count < 0) {
      throw new Damage("has differences in blocks of an impossible size");
    }
    minis = (int) perBlock;
    inMini = (int) (block / perBlock);
    if (inMini % 8 != 0 || (long) inMini * minis != block) {
      throw new Damage("has differences in blocks of an impossible size");
    }
    widths = new int[minis];
    mini = minis;
    left = count;
    last = zigzag();
  }

  /** Position after the last number; nothing may have been read. */
  static int end(byte[] bytes, int from, int end) {
    Deltas deltas = new Deltas(bytes, from, end);
    for (long rest = deltas.count - 1; rest > 0; ) {
      deltas.block(rest);
      for (int i = 0; i < deltas.minis && rest > 0; i++) {
        deltas.advance(deltas.inMini / 8L * deltas.widths[i]);
        rest -= deltas.inMini;
      }
    }
    return deltas.at;
  }

  long count() {
    return count;
  }

  void read(long[] into, int number) {
    if (number > left) {
      throw new Damage("has a page with fewer values than it declares");
    }
    left -= number;
    int i = 0;
    if (first && number > 0) {
      first = false;
      into[i++] = last;
    }
    while (i < number) {
      if (leftInMini == 0) {
        nextMini(left + number - i);
      }
      int n = Math.min(leftInMini, number - i);
      unpack(into, i, n);
      leftInMini -= n;
      i += n;
    }
  }

  private void unpack(long[] into, int from, int number) {
    long value = last;
    for (int i = from; i < from + number; i++) {
      value += least + bits();
      into[i] = value;
    }
    last = value;
  }

  private long bits() {
    if (width == 0) {
      return 0;
    }
    int byteAt = (int) (bit >>> 3);
    int shift = (int) (bit & 7);
    bit += width;
    long word = 0;
    int size = Math.min(8, end - byteAt);
    if (size == 8) {
      word = (long) Plain.LONGS.get(bytes, byteAt);
    } else {
      for (int k = 0; k < size; k++) {
        word |= (bytes[byteAt + k] & 0xFFL) << (8 * k);
      }
    }
    word >>>= shift;
    if (shift + width > Long.SIZE) {
      word |= (bytes[byteAt + 8] & 0xFFL) << (Long.SIZE - shift);
    }
    return width == Long.SIZE ? word : word & ((1L << width) - 1);
  }

  private void nextMini(long rest) {
    if (mini == minis) {
      block(rest);
      mini = 0;
    }
    width = widths[mini++];
    bit = (long) at * 8;
    advance(inMini / 8L * width);
    leftInMini = inMini;
  }

  private void block(long rest) {
    least = zigzag();
    for (int i = 0; i < minis; i++) {
      widths[i] = next();
      boolean used = (long) i * inMini < rest;
      if (used && widths[i] > Long.SIZE) {
        throw new Damage("has differences of more than 64 bits");
      }
    }
  }

  private void advance(long count) {
    if (count > end - at) {
      throw new Damage("has a page with fewer values than it declares");
    }
    at += (int) count;
  }

  private int next() {
    if (at >= end) {
      throw new Damage("has a page with fewer values than it declares");
    }
    return bytes[at++] & 0xFF;
  }

  private long zigzag() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int b = next();
      value |= (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw new Damage("has a number of more than ten bytes");
  }
}
