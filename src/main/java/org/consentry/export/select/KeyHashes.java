package org.consentry.export.select;

import java.util.Set;
import org.consentry.data.Blanks;
import org.consentry.data.IdRule;
import org.consentry.data.Prf;

/**
 * Turns the key of a row into a hash of 64 bits under the run's one-time key, so that a reference
 * can be followed between tables without storing an id. Two keys share a hash with probability
 * 2^-64 per pair, in which case a reference may fail to resolve; nothing is disclosed by it. Safe
 * for any number of threads.
 */
public final class KeyHashes {

  private final Prf prf;
  private final Set<String> folded;

  /** Hashes under a function that dies with the run, of keys that are compared byte by byte. */
  public KeyHashes(Prf prf) {
    this(prf, Set.of());
  }

  /**
   * Hashes under a function that dies with the run.
   *
   * @param folded names of tables whose keys are compared like patient ids
   */
  public KeyHashes(Prf prf, Set<String> folded) {
    this.prf = prf;
    this.folded = Set.copyOf(folded);
  }

  /** The hash of a raw key of a table, or of a reference to one. */
  public long of(String table, byte[] buffer, int start, int end) {
    if (!folded.contains(table)) {
      return of(buffer, start, end);
    }
    byte[] key = IdRule.normalize(buffer, start, end);
    return of(key, 0, key.length);
  }

  /**
   * The hash of a raw key that is compared byte by byte without blanks at its ends, as pseudonyms
   * compare keys: {@code eAb1} and {@code EAB1} are two records.
   */
  public long of(byte[] buffer, int start, int end) {
    byte[] mac = new byte[Prf.SIZE];
    int first = Blanks.start(buffer, start, end);
    prf.compute(buffer, first, Blanks.end(buffer, first, end), mac, 0);
    long hash = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      hash = hash << 8 | (mac[i] & 0xff);
    }
    return hash;
  }
}
