package org.consentry.keys;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.consentry.data.Prf;
import org.consentry.data.Sha256;

/**
 * HMAC-SHA-256 (RFC 2104, FIPS 198-1). The digests of the two padded key blocks are computed once;
 * each call starts from clones of them. That halves the work of a call and is a third faster than a
 * {@code javax.crypto.Mac} per thread (185 against 280 ns for an id of ten bytes). The two digests
 * are never changed after construction, so cloning them is safe from any thread.
 */
final class HmacSha256 implements Prf {

  private static final int BLOCK = 64;

  private final MessageDigest inner;
  private final MessageDigest outer;

  /** Takes a key of any length; the caller wipes its array. */
  HmacSha256(byte[] key) {
    byte[] block = new byte[BLOCK];
    byte[] start = key.length > BLOCK ? Sha256.digest(key) : key;
    System.arraycopy(start, 0, block, 0, start.length);
    this.inner = keyed(block, (byte) 0x36);
    this.outer = keyed(block, (byte) 0x5c);
    Arrays.fill(block, (byte) 0);
  }

  private static MessageDigest keyed(byte[] block, byte pad) {
    byte[] padded = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      padded[i] = (byte) (block[i] ^ pad);
    }
    MessageDigest digest = Sha256.begin();
    digest.update(padded);
    Arrays.fill(padded, (byte) 0);
    return digest;
  }

  @Override
  public void compute(byte[] input, int start, int end, byte[] output, int at) {
    try {
      MessageDigest digest = (MessageDigest) inner.clone();
      digest.update(input, start, end - start);
      digest.digest(output, at, SIZE);
      digest = (MessageDigest) outer.clone();
      digest.update(output, at, SIZE);
      digest.digest(output, at, SIZE);
    } catch (CloneNotSupportedException | DigestException e) {
      throw new IllegalStateException("the SHA-256 of this Java cannot be cloned");
    }
  }

  /** Returns the function of a whole array. */
  byte[] compute(byte[] input) {
    byte[] output = new byte[SIZE];
    compute(input, 0, input.length, output, 0);
    return output;
  }

  /** Shows nothing of the key. */
  @Override
  public String toString() {
    return "HmacSha256";
  }
}
