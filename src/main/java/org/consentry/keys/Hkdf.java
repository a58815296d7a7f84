package org.consentry.keys;

import java.util.Arrays;
import org.consentry.data.Prf;

/** HKDF with SHA-256: one key in, independent keys out, one per label (RFC 5869). */
final class Hkdf {

  private Hkdf() {}

  /** RFC 5869 section 2.2; an empty salt means 32 zero bytes. */
  static byte[] extract(byte[] salt, byte[] secret) {
    return new HmacSha256(salt.length == 0 ? new byte[Prf.SIZE] : salt).compute(secret);
  }

  /**
   * RFC 5869 section 2.3.
   *
   * @param length 1 to 8160 bytes
   */
  static byte[] expand(byte[] pseudoRandomKey, byte[] info, int length) {
    if (length < 1 || length > 255 * Prf.SIZE) {
      throw new IllegalArgumentException("HKDF gives 1 to 8160 bytes but was asked for " + length);
    }
    HmacSha256 prf = new HmacSha256(pseudoRandomKey);
    byte[] answer = new byte[length];
    byte[] block = new byte[0];
    int filled = 0;
    for (int counter = 1; filled < length; counter++) {
      byte[] input = Arrays.copyOf(block, block.length + info.length + 1);
      System.arraycopy(info, 0, input, block.length, info.length);
      input[input.length - 1] = (byte) counter;
      block = prf.compute(input);
      int taken = Math.min(block.length, length - filled);
      System.arraycopy(block, 0, answer, filled, taken);
      filled += taken;
    }
    Arrays.fill(block, (byte) 0);
    return answer;
  }
}
