package org.consentry.pipeline;

import org.consentry.data.IdRule;
import org.consentry.keys.Prf;

/**
 * Turns the key of a row into a print of 64 bits under the run's one-time key, so that a reference
 * can be followed between tables without keeping an id. Two keys share a print with probability
 * 2^-64 per pair, in which case a reference may fail to resolve; nothing is disclosed by it. Safe
 * for any number of threads.
 */
public final class KeyPrints {

  private final Prf prf;

  /** Prints under a function that dies with the run. */
  public KeyPrints(Prf prf) {
    this.prf = prf;
  }

  /**
   * The print of a raw key, normalised first, so that it agrees with pseudonyms of the same key.
   */
  public long of(byte[] buffer, int start, int end) {
    byte[] mac = new byte[Prf.SIZE];
    if (IdRule.isPlain(buffer, start, end)) {
      prf.compute(buffer, start, end, mac, 0);
    } else {
      byte[] key = IdRule.normalize(buffer, start, end);
      prf.compute(key, 0, key.length, mac, 0);
    }
    long print = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      print = print << 8 | (mac[i] & 0xff);
    }
    return print;
  }
}
