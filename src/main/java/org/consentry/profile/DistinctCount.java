package org.consentry.profile;

/**
 * How many different values there are, from their 64-bit hashes: exact up to {@value #EXACT}, then
 * an estimate by HyperLogLog (Flajolet and others, 2007) with 2^14 registers and the estimator of
 * Ertl (New cardinality estimation algorithms for HyperLogLog sketches, arXiv 1702.01284, algorithm
 * 6), which needs no table of corrections. Its standard error is 1.04 / sqrt(2^14), 0.81 %.
 *
 * <p>The state depends on the set of values alone: not on their order, and not on how they were cut
 * into parts that were counted apart and merged. At most 128 KiB. Not thread-safe.
 */
final class DistinctCount {

  /** Most values that are counted exactly. */
  static final int EXACT = 8_192;

  /** Standard error of an estimate, as a share of the true number. */
  static final double ERROR = 0.0082;

  private static final int PRECISION = 14;
  private static final int REGISTERS = 1 << PRECISION;
  private static final int LARGEST_RANK = Long.SIZE - PRECISION + 1;
  private static final int FIRST_ROOM = 16;

  /** Open addressing; 0 marks a free place. */
  private long[] hashes = new long[FIRST_ROOM];

  private int found;
  private boolean hasZero;

  /** Greatest ranks; empty while the count is exact. */
  private byte[] registers = new byte[0];

  void add(long hash) {
    if (!isExact()) {
      register(hash);
    } else if (remember(hash) && found > EXACT) {
      estimate();
    }
  }

  /** Adds the values that another one counted, which is left as it is. */
  void merge(DistinctCount other) {
    if (other.isExact()) {
      other.forEach(this);
      return;
    }
    if (isExact()) {
      estimate();
    }
    for (int i = 0; i < REGISTERS; i++) {
      registers[i] = (byte) Math.max(registers[i], other.registers[i]);
    }
  }

  /** Whether the count is exact. */
  boolean isExact() {
    return registers.length == 0;
  }

  /** The number of different values, or its estimate. */
  long count() {
    return isExact() ? found : Math.round(estimated());
  }

  private boolean remember(long hash) {
    if (hash == 0) {
      boolean isNew = !hasZero;
      hasZero = true;
      found += isNew ? 1 : 0;
      return isNew;
    }
    int at = place(hashes, hash);
    if (hashes[at] == hash) {
      return false;
    }
    hashes[at] = hash;
    found++;
    if (2 * found > hashes.length) {
      grow();
    }
    return true;
  }

  private void grow() {
    long[] larger = new long[2 * hashes.length];
    for (long hash : hashes) {
      if (hash != 0) {
        larger[place(larger, hash)] = hash;
      }
    }
    hashes = larger;
  }

  private static int place(long[] table, long hash) {
    int at = (int) hash & (table.length - 1);
    while (table[at] != 0 && table[at] != hash) {
      at = (at + 1) & (table.length - 1);
    }
    return at;
  }

  private void forEach(DistinctCount into) {
    if (hasZero) {
      into.add(0);
    }
    for (long hash : hashes) {
      if (hash != 0) {
        into.add(hash);
      }
    }
  }

  private void estimate() {
    long[] exact = hashes;
    boolean zero = hasZero;
    registers = new byte[REGISTERS];
    hashes = new long[0];
    for (long hash : exact) {
      if (hash != 0) {
        register(hash);
      }
    }
    if (zero) {
      register(0);
    }
  }

  private void register(long hash) {
    int at = (int) (hash >>> (Long.SIZE - PRECISION));
    int rank = Math.min(Long.numberOfLeadingZeros(hash << PRECISION) + 1, LARGEST_RANK);
    if (registers[at] < rank) {
      registers[at] = (byte) rank;
    }
  }

  /** Ertl's algorithm 6 over the number of registers of each rank. */
  private double estimated() {
    int[] ofRank = new int[LARGEST_RANK + 1];
    for (byte rank : registers) {
      ofRank[rank]++;
    }
    double m = REGISTERS;
    double z = m * tau(1 - ofRank[LARGEST_RANK] / m);
    for (int rank = LARGEST_RANK - 1; rank >= 1; rank--) {
      z = 0.5 * (z + ofRank[rank]);
    }
    z += m * sigma(ofRank[0] / m);
    return m * m / (2 * Math.log(2) * z);
  }

  private static double sigma(double share) {
    if (share == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double x = share;
    double y = 1;
    double z = x;
    double before;
    do {
      x *= x;
      before = z;
      z += x * y;
      y += y;
    } while (z != before);
    return z;
  }

  private static double tau(double share) {
    if (share == 0 || share == 1) {
      return 0;
    }
    double x = share;
    double y = 1;
    double z = 1 - x;
    double before;
    do {
      x = Math.sqrt(x);
      before = z;
      y *= 0.5;
      z -= (1 - x) * (1 - x) * y;
    } while (z != before);
    return z / 3;
  }
}
