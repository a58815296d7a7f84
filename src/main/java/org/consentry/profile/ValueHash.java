package org.consentry.profile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64 with a fixed seed, the 64-bit hash of the xxHash fast digest algorithm (Y. Collet,
 * specification 0.1.1). Among n different values two have the same hash with a probability of about
 * n * n / 2^65. It is no protection against crafted values; hashes never leave the memory.
 */
final class ValueHash {

  /** Any number: it only has to be the same for all values of a profile. */
  private static final long SEED = 0x636F6E73656E7472L;

  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;

  private static final int STRIPE = 32;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private ValueHash() {}

  /** The hash of a value. */
  static long of(byte[] b, int start, int end) {
    return of(b, start, end, SEED);
  }

  /** The hash under another seed. */
  static long of(byte[] b, int start, int end, long seed) {
    int at = start;
    long h;
    if (end - start >= STRIPE) {
      long v1 = seed + P1 + P2;
      long v2 = seed + P2;
      long v3 = seed;
      long v4 = seed - P1;
      for (; end - at >= STRIPE; at += STRIPE) {
        v1 = round(v1, word(b, at));
        v2 = round(v2, word(b, at + 8));
        v3 = round(v3, word(b, at + 16));
        v4 = round(v4, word(b, at + 24));
      }
      h =
          Long.rotateLeft(v1, 1)
              + Long.rotateLeft(v2, 7)
              + Long.rotateLeft(v3, 12)
              + Long.rotateLeft(v4, 18);
      h = join(join(join(join(h, v1), v2), v3), v4);
    } else {
      h = seed + P5;
    }
    return scramble(tail(h + (end - start), b, at, end));
  }

  private static long tail(long hash, byte[] b, int start, int end) {
    long h = hash;
    int at = start;
    for (; end - at >= Long.BYTES; at += Long.BYTES) {
      h = Long.rotateLeft(h ^ round(0, word(b, at)), 27) * P1 + P4;
    }
    if (end - at >= Integer.BYTES) {
      h = Long.rotateLeft(h ^ (((int) INTS.get(b, at) & 0xFFFF_FFFFL) * P1), 23) * P2 + P3;
      at += Integer.BYTES;
    }
    for (; at < end; at++) {
      h = Long.rotateLeft(h ^ ((b[at] & 0xFF) * P5), 11) * P1;
    }
    return h;
  }

  private static long scramble(long hash) {
    long h = (hash ^ (hash >>> 33)) * P2;
    h = (h ^ (h >>> 29)) * P3;
    return h ^ (h >>> 32);
  }

  private static long round(long state, long word) {
    return Long.rotateLeft(state + word * P2, 31) * P1;
  }

  private static long join(long hash, long state) {
    return (hash ^ round(0, state)) * P1 + P4;
  }

  private static long word(byte[] b, int at) {
    return (long) LONGS.get(b, at);
  }
}
