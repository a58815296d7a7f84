package org.consentry.export.figures;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How many different values there are: exact up to {@value #EXACT}, from then on estimated by
 * HyperLogLog (Flajolet et al., 2007) with 2048 registers, whose standard error is 2.3 %. The
 * answer depends on the set of values alone, whatever their order and however they were joined. Not
 * thread-safe.
 */
final class Distinct {

  static final int EXACT = 512;

  private static final int BITS = 11;
  private static final int REGISTERS = 1 << BITS;
  private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

  /** Hashes in open addressing, 0 where there is none; empty at first and once registers count. */
  private long[] hashes = new long[0];

  private int known;
  private byte[] registers = new byte[0];

  /** Mixes all bits of a number (the finalizer of SplitMix64). */
  static long mix(long number) {
    long mixed = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** Adds a value by its hash, all bits of which are mixed. */
  void add(long hash) {
    if (registers.length == 0) {
      remember(hash == 0 ? 1 : hash);
    } else {
      register(hash);
    }
  }

  private void register(long hash) {
    int register = (int) (hash >>> (Long.SIZE - BITS));
    byte rank = (byte) (1 + Long.numberOfLeadingZeros((hash << BITS) | (REGISTERS >> 1)));
    if (registers[register] < rank) {
      registers[register] = rank;
    }
  }

  private void remember(long hash) {
    if (hashes.length == 0) {
      hashes = new long[2 * EXACT];
    }
    int at = (int) hash & (hashes.length - 1);
    while (hashes[at] != 0) {
      if (hashes[at] == hash) {
        return;
      }
      at = (at + 1) & (hashes.length - 1);
    }
    hashes[at] = hash;
    if (++known > EXACT) {
      estimate();
    }
  }

  private void estimate() {
    registers = new byte[REGISTERS];
    long[] all = hashes;
    hashes = new long[0];
    Arrays.stream(all).filter(hash -> hash != 0).forEach(this::register);
  }

  /** Adds all values of another. */
  void join(Distinct other) {
    if (other.registers.length == 0) {
      Arrays.stream(other.hashes).filter(hash -> hash != 0).forEach(this::add);
      return;
    }
    if (registers.length == 0) {
      estimate();
    }
    for (int i = 0; i < REGISTERS; i++) {
      registers[i] = (byte) Math.max(registers[i], other.registers[i]);
    }
  }

  /** How many. */
  long count() {
    if (registers.length == 0) {
      return known;
    }
    double sum = 0;
    int zeros = 0;
    for (byte register : registers) {
      sum += 1.0 / (1L << register);
      zeros += register == 0 ? 1 : 0;
    }
    double raw = ALPHA * REGISTERS * REGISTERS / sum;
    boolean isSparse = raw <= 2.5 * REGISTERS && zeros > 0;
    return Math.round(isSparse ? REGISTERS * StrictMath.log((double) REGISTERS / zeros) : raw);
  }

  void write(DataOutput out) throws IOException {
    out.writeBoolean(registers.length > 0);
    if (registers.length > 0) {
      out.write(registers);
      return;
    }
    out.writeInt(known);
    for (long hash : hashes) {
      if (hash != 0) {
        out.writeLong(hash);
      }
    }
  }

  static Distinct read(DataInput in) throws IOException {
    Distinct distinct = new Distinct();
    if (in.readBoolean()) {
      distinct.estimate();
      in.readFully(distinct.registers);
      return distinct;
    }
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      distinct.add(in.readLong());
    }
    return distinct;
  }
}
