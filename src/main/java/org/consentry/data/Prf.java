package org.consentry.data;

/**
 * A pseudo-random function under a secret key: HMAC-SHA-256 (RFC 2104, FIPS 198-1). Safe for any
 * number of threads.
 *
 * <p><b>Security promise:</b> the key cannot be read back, and toString does not show it.
 */
public interface Prf {

  /** Bytes of an answer. */
  int SIZE = 32;

  /**
   * Computes the function of {@code input[start, end)}.
   *
   * @param output receives {@value #SIZE} bytes from position {@code at}
   */
  void compute(byte[] input, int start, int end, byte[] output, int at);
}
