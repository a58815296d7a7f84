package org.consentry.export.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * 64 bits that identify a cell in the memory of cells already searched; seeded per process, so that
 * no one can prepare a cell that is taken for another.
 */
final class CellKeys {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long SEED = new SecureRandom().nextLong();
  private static final long SEED_2 = new SecureRandom().nextLong() | 1;

  private CellKeys() {}

  static long of(byte[] bytes, int from, int to) {
    int size = to - from;
    if (size > 16) {
      return ofLong(bytes, from, to);
    }
    long a;
    long b;
    if (size >= 8) {
      a = (long) LONGS.get(bytes, from);
      b = (long) LONGS.get(bytes, to - 8);
    } else {
      a = 0;
      b = 0;
      for (int i = from; i < to; i++) {
        a = a << 8 | (bytes[i] & 0xff);
      }
    }
    return last(mixed(a ^ SEED) ^ b, size);
  }

  private static long ofLong(byte[] bytes, int from, int to) {
    long state = SEED;
    for (int i = from; i < to - 8; i += 8) {
      state = mixed(state ^ (long) LONGS.get(bytes, i));
    }
    return last(state ^ (long) LONGS.get(bytes, to - 8), to - from);
  }

  /** Both halves of a product with the seed, folded. */
  private static long mixed(long x) {
    return Math.multiplyHigh(x, SEED_2) ^ (x * SEED_2);
  }

  private static long last(long state, int size) {
    long x = state + size * 0x9E3779B97F4A7C15L;
    x = mixed(x ^ (x >>> 32));
    return (x ^ (x >>> 29)) * 0xBF58476D1CE4E5B9L;
  }
}
