package org.consentry.connector.parquet.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads small numbers as runs of equal ones and bit-packed groups of eight: definition levels,
 * dictionary ids, booleans. Not thread-safe.
 */
final class Runs {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int end;
  private final int width;
  private final long mask;
  private int at;
  private long run;
  private int value;
  private long packed;
  private long bit;

  Runs(byte[] bytes, int from, int end, int width) {
    if (width < 0 || width > 32) {
      throw new Damage("has numbers of more than 32 bits where it declares small ones");
    }
    this.bytes = bytes;
    this.at = from;
    this.end = end;
    this.width = width;
    this.mask = (1L << width) - 1;
  }

  /** Reads so many numbers, and returns their sum. */
  long read(int[] into, int from, int count) {
    long sum = 0;
    int i = from;
    int last = from + count;
    while (i < last) {
      if (run > 0) {
        int n = (int) Math.min(run, last - i);
        java.util.Arrays.fill(into, i, i + n, value);
        sum += (long) value * n;
        run -= n;
        i += n;
      } else if (packed > 0) {
        int n = (int) Math.min(packed, last - i);
        sum += unpack(into, i, n);
        packed -= n;
        i += n;
      } else {
        head();
      }
    }
    return sum;
  }

  private void head() {
    long head = 0;
    for (int shift = 0; ; shift += 7) {
      if (at >= end || shift > 28) {
        throw new Damage("has a page with fewer values than it declares");
      }
      int b = bytes[at++];
      head |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        break;
      }
    }
    if ((head & 1) == 0) {
      run = head >>> 1;
      value = value();
      return;
    }
    packed = (head >>> 1) * 8;
    bit = (long) at * 8;
    at = (int) Math.min(end, at + (head >>> 1) * width);
  }

  private int value() {
    int size = (width + 7) / 8;
    if (size > end - at) {
      throw new Damage("has a page with fewer values than it declares");
    }
    long number = 0;
    for (int i = 0; i < size; i++) {
      number |= (bytes[at++] & 0xFFL) << (8 * i);
    }
    if (number > mask) {
      throw new Damage("has a run of a number of more bits than it declares");
    }
    return (int) number;
  }

  private long unpack(int[] into, int from, int count) {
    if (bit + (long) count * width > (long) at * 8) {
      throw new Damage("has a page with fewer values than it declares");
    }
    long sum = 0;
    int last = from + count;
    int i = from;
    int safe = Math.min(bytes.length, end) - Long.BYTES;
    for (; i < last && bit >>> 3 <= safe; i++) {
      int number = (int) ((long) LONGS.get(bytes, (int) (bit >>> 3)) >>> (bit & 7) & mask);
      into[i] = number;
      sum += number;
      bit += width;
    }
    for (; i < last; i++) {
      long word = 0;
      int first = (int) (bit >>> 3);
      for (int k = 0; k < 8 && first + k < end; k++) {
        word |= (bytes[first + k] & 0xFFL) << (8 * k);
      }
      into[i] = (int) (word >>> (bit & 7) & mask);
      sum += into[i];
      bit += width;
    }
    return sum;
  }
}
