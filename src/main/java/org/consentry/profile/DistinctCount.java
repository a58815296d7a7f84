package org.consentry.profile;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * How many different values there are, from their 64-bit hashes: exact up to {@value #EXACT}, then
 * an estimate by HyperLogLog (Flajolet and others, 2007) with 2^14 registers and the estimator of
 * Ertl (New cardinality estimation algorithms for HyperLogLog sketches, arXiv 1702.01284, algorithm
 * 6), which needs no table of corrections. Its standard error is 1.04 / sqrt(2^14), 0.81 %.
 *
 * <p>The state depends on the set of values alone: not on their order, and not on how they were cut
 * into parts that were counted apart and joined. At most 128 KiB. Not thread-safe.
 */
public final class DistinctCount {

  /** Most values that are counted exactly, unless less memory is given. */
  static final int EXACT = 8_192;

  /** Standard error of an estimate, as a share of the true number. */
  static final double ERROR = 0.0082;

  private static final int PRECISION = 14;
  private static final int REGISTERS = 1 << PRECISION;
  private static final int LARGEST_RANK = Long.SIZE - PRECISION + 1;

  /** Any number but 0, which marks a free place. */
  private static final long HASH_OF_ZERO = 0x9E3779B97F4A7C15L;

  private final int exact;

  /** Open addressing; empty at first and once registers count. */
  private long[] hashes = {};

  private int found;

  /** Greatest ranks; empty while the count is exact. */
  private byte[] registers = {};

  /** An empty count. */
  public DistinctCount() {
    this(EXACT);
  }

  /**
   * An empty count.
   *
   * @param exact most values that are counted exactly, at most {@value #EXACT}
   */
  DistinctCount(int exact) {
    this.exact = exact;
  }

  /** Adds a value by its hash, all bits of which are mixed. */
  public void add(long hash) {
    if (isExact()) {
      remember(hash == 0 ? HASH_OF_ZERO : hash);
    } else {
      register(hash == 0 ? HASH_OF_ZERO : hash);
    }
  }

  /** Adds the values that another one counted, which is left as it is. */
  public void join(DistinctCount other) {
    if (other.isExact()) {
      other.forEach(this::add);
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
  public boolean isExact() {
    return registers.length == 0;
  }

  /** The number of different values, or its estimate. */
  public long count() {
    return isExact() ? found : Math.round(estimated());
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    out.writeBoolean(isExact());
    if (!isExact()) {
      out.write(registers);
      return;
    }
    out.writeInt(found);
    for (long hash : hashes) {
      if (hash != 0) {
        out.writeLong(hash);
      }
    }
  }

  /** Reads a state that was written. */
  public static DistinctCount read(DataInput in) throws IOException {
    DistinctCount count = new DistinctCount();
    if (in.readBoolean()) {
      int found = in.readInt();
      for (int i = 0; i < found; i++) {
        count.add(in.readLong());
      }
    } else {
      count.registers = new byte[REGISTERS];
      in.readFully(count.registers);
    }
    return count;
  }

  private void remember(long hash) {
    if (2 * found >= hashes.length) {
      grow();
    }
    int at = place(hash);
    if (hashes[at] == 0) {
      hashes[at] = hash;
      if (++found > exact) {
        estimate();
      }
    }
  }

  private void grow() {
    long[] old = hashes;
    hashes = new long[Math.max(16, 2 * old.length)];
    for (long hash : old) {
      if (hash != 0) {
        hashes[place(hash)] = hash;
      }
    }
  }

  private int place(long hash) {
    int at = (int) hash & (hashes.length - 1);
    while (hashes[at] != 0 && hashes[at] != hash) {
      at = (at + 1) & (hashes.length - 1);
    }
    return at;
  }

  private void forEach(LongConsumer action) {
    Arrays.stream(hashes).filter(hash -> hash != 0).forEach(action);
  }

  private void estimate() {
    registers = new byte[REGISTERS];
    forEach(this::register);
    hashes = new long[0];
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
