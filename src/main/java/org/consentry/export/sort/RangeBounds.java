package org.consentry.export.sort;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Where the ranges of a table's sorted rows begin, as beginnings of encoded rows. They decide which
 * spilled rows are sorted together, and nothing that is released. Immutable; safe for any number of
 * threads.
 */
final class RangeBounds {

  private static final int LONGEST = 64;
  private static final int SAMPLE = 1 << 14;

  /**
   * The first eight bytes of each bound, as a number whose order is that of the bytes; filled up
   * with the greatest number to one less than a power of two.
   */
  private final long[] heads;

  private final byte[][] bounds;
  private final int digest;

  private RangeBounds(byte[][] bounds) {
    this.bounds = bounds;
    heads = new long[2 * Integer.highestOneBit(bounds.length + 1) - 1];
    Arrays.fill(heads, Long.MAX_VALUE);
    CRC32C crc = new CRC32C();
    for (int i = 0; i < bounds.length; i++) {
      heads[i] = head(bounds[i], 0, bounds[i].length);
      crc.update(bounds[i].length);
      crc.update(bounds[i]);
    }
    digest = (int) crc.getValue();
  }

  /**
   * Bounds that cut a sample of rows into ranges of equal size.
   *
   * @param ranges how many, at least 1; there are fewer where rows are alike
   */
  static RangeBounds sample(byte[] rows, int[] starts, int[] ends, int count, int ranges) {
    int step = Math.max(1, count / SAMPLE);
    int size = (count + step - 1) / step;
    int[] from = new int[size];
    int[] to = new int[size];
    for (int i = 0; i < size; i++) {
      from[i] = starts[i * step];
      to[i] = ends[i * step];
    }
    RowSorter.sort(rows, from, to, size);
    byte[][] bounds = new byte[ranges - 1][];
    int found = 0;
    for (int range = 1; range < ranges && size > 0; range++) {
      int at = (int) ((long) range * size / ranges);
      byte[] bound = Arrays.copyOfRange(rows, from[at], Math.min(to[at], from[at] + LONGEST));
      if (found == 0 || Arrays.compareUnsigned(bounds[found - 1], bound) < 0) {
        bounds[found++] = bound;
      }
    }
    return new RangeBounds(Arrays.copyOf(bounds, found));
  }

  /** Number of ranges, at least 1. */
  int ranges() {
    return bounds.length + 1;
  }

  /** Changes when a bound does. */
  int digest() {
    return digest;
  }

  /** The range of an encoded row: the number of bounds that are not above it. */
  int of(byte[] row, int start, int end) {
    long head = head(row, start, end);
    int below = 0;
    for (int step = (heads.length + 1) >> 1; step > 0; step >>= 1) {
      below += heads[below + step - 1] < head ? step : 0;
    }
    return below < bounds.length && heads[below] == head
        ? among(below, head, row, start, end)
        : below;
  }

  /** The same where the first bytes of some bounds do not decide. */
  private int among(int from, long head, byte[] row, int start, int end) {
    int low = from;
    int high = bounds.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      byte[] bound = bounds[middle];
      if (heads[middle] == head
          && Arrays.compareUnsigned(bound, 0, bound.length, row, start, end) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static long head(byte[] bytes, int start, int end) {
    long head = 0;
    for (int at = start; at < start + Long.BYTES; at++) {
      head = (head << 8) | (at < end ? bytes[at] & 0xFF : 0);
    }
    return head ^ Long.MIN_VALUE;
  }

  /** Writes the bounds, and a check over them. */
  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(digest);
      out.writeInt(bounds.length);
      for (byte[] bound : bounds) {
        out.writeByte(bound.length);
        out.write(bound);
      }
    } catch (IOException impossible) {
      throw new IllegalStateException("memory cannot be written");
    }
    return bytes.toByteArray();
  }

  /** Reads what {@link #toBytes()} wrote; empty when it is damaged. */
  static Optional<RangeBounds> parse(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int digest = in.readInt();
      int count = in.readInt();
      if (count < 0 || count > bytes.length) {
        return Optional.empty();
      }
      byte[][] bounds = new byte[count][];
      for (int i = 0; i < count; i++) {
        bounds[i] = new byte[in.readUnsignedByte()];
        in.readFully(bounds[i]);
      }
      RangeBounds read = new RangeBounds(bounds);
      return read.digest == digest && in.read() < 0 ? Optional.of(read) : Optional.empty();
    } catch (IOException damaged) {
      return Optional.empty();
    }
  }
}
