package org.consentry.export.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.consentry.data.Prf;

/**
 * SipHash-2-4 under a 128-bit key (J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast short-input
 * PRF", 2012): 64 bits that a reader without the key cannot compute or compare. Safe for any number
 * of threads.
 *
 * <p><b>Security promise:</b> the key cannot be read back and toString does not show it.
 */
public final class SipKey {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long first;
  private final long second;

  SipKey(long first, long second) {
    this.first = first;
    this.second = second;
  }

  /** A key that lives in this process alone. */
  public static SipKey random() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return of(bytes);
  }

  /** The key of a run that may be resumed: derived from a function under the run's own key. */
  public static SipKey of(Prf prf) {
    byte[] input = "scan".getBytes(StandardCharsets.US_ASCII);
    byte[] output = new byte[Prf.SIZE];
    prf.compute(input, 0, input.length, output, 0);
    return of(output);
  }

  private static SipKey of(byte[] bytes) {
    ByteBuffer key = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return new SipKey(key.getLong(), key.getLong());
  }

  /** The 64 bits of two numbers. */
  long hash(long one, long two) {
    byte[] bytes = new byte[16];
    LONGS.set(bytes, 0, one);
    LONGS.set(bytes, 8, two);
    return hash(bytes, 0, 16);
  }

  /**
   * The 64 bits of {@code bytes[from, to)}. Rounds are written one after the other: so they take
   * less time, and the method is compiled once instead of into each of its callers.
   */
  long hash(byte[] bytes, int from, int to) {
    long a = first ^ 0x736f6d6570736575L;
    long b = second ^ 0x646f72616e646f6dL;
    long c = first ^ 0x6c7967656e657261L;
    long d = second ^ 0x7465646279746573L;
    int whole = from + ((to - from) & ~7);
    long last = (long) (to - from) << 56;
    for (int i = to - 1; i >= whole; i--) {
      last |= (bytes[i] & 0xffL) << (8 * (i - whole));
    }
    for (int at = from; at <= whole; at += 8) {
      long word = at < whole ? (long) LONGS.get(bytes, at) : last;
      d ^= word;
      a += b;
      c += d;
      b = Long.rotateLeft(b, 13) ^ a;
      d = Long.rotateLeft(d, 16) ^ c;
      a = Long.rotateLeft(a, 32);
      c += b;
      a += d;
      b = Long.rotateLeft(b, 17) ^ c;
      d = Long.rotateLeft(d, 21) ^ a;
      c = Long.rotateLeft(c, 32);
      a += b;
      c += d;
      b = Long.rotateLeft(b, 13) ^ a;
      d = Long.rotateLeft(d, 16) ^ c;
      a = Long.rotateLeft(a, 32);
      c += b;
      a += d;
      b = Long.rotateLeft(b, 17) ^ c;
      d = Long.rotateLeft(d, 21) ^ a;
      c = Long.rotateLeft(c, 32);
      a ^= word;
    }
    c ^= 0xff;
    a += b;
    c += d;
    b = Long.rotateLeft(b, 13) ^ a;
    d = Long.rotateLeft(d, 16) ^ c;
    a = Long.rotateLeft(a, 32);
    c += b;
    a += d;
    b = Long.rotateLeft(b, 17) ^ c;
    d = Long.rotateLeft(d, 21) ^ a;
    c = Long.rotateLeft(c, 32);
    a += b;
    c += d;
    b = Long.rotateLeft(b, 13) ^ a;
    d = Long.rotateLeft(d, 16) ^ c;
    a = Long.rotateLeft(a, 32);
    c += b;
    a += d;
    b = Long.rotateLeft(b, 17) ^ c;
    d = Long.rotateLeft(d, 21) ^ a;
    c = Long.rotateLeft(c, 32);
    a += b;
    c += d;
    b = Long.rotateLeft(b, 13) ^ a;
    d = Long.rotateLeft(d, 16) ^ c;
    a = Long.rotateLeft(a, 32);
    c += b;
    a += d;
    b = Long.rotateLeft(b, 17) ^ c;
    d = Long.rotateLeft(d, 21) ^ a;
    c = Long.rotateLeft(c, 32);
    a += b;
    c += d;
    b = Long.rotateLeft(b, 13) ^ a;
    d = Long.rotateLeft(d, 16) ^ c;
    a = Long.rotateLeft(a, 32);
    c += b;
    a += d;
    b = Long.rotateLeft(b, 17) ^ c;
    d = Long.rotateLeft(d, 21) ^ a;
    c = Long.rotateLeft(c, 32);
    return a ^ b ^ c ^ d;
  }

  /** Returns a mask. */
  @Override
  public String toString() {
    return "SipKey[masked]";
  }
}
