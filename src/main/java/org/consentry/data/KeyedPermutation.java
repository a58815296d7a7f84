package org.consentry.data;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A permutation of the numbers from 0 to {@link IntegerCodes#COUNT} - 1 under a key: different
 * numbers have different answers, and without the key no answer shows anything of its number, not
 * even which of two was the greater. Safe for any number of threads.
 *
 * <p>It is a Feistel network of {@value #ROUNDS} rounds, as many as FF1 has (NIST SP 800-38G), over
 * two halves of {@value #BITS} bits; the function of each round is pseudo-random and independent of
 * the others (Luby and Rackoff 1988). An answer beyond the numbers is permuted again (Black and
 * Rogaway 2002).
 *
 * <p>The functions are computed in blocks, each when it is first needed: many numbers cost a look
 * at a table for each round, and a few do not pay for all of it.
 */
public final class KeyedPermutation {

  private static final int ROUNDS = 10;
  private static final int BITS = 15;
  private static final int HALF = (1 << BITS) - 1;
  private static final int IN_BLOCK = Prf.SIZE / Short.BYTES;
  private static final int BLOCKS = (HALF + 1) / IN_BLOCK;

  private final Prf prf;
  private final AtomicReferenceArray<short[]> blocks = new AtomicReferenceArray<>(ROUNDS * BLOCKS);

  /** The permutation under the key of a function. */
  public KeyedPermutation(Prf prf) {
    this.prf = prf;
  }

  /**
   * The answer to a number.
   *
   * @param number 0 to {@link IntegerCodes#COUNT} - 1
   */
  public int of(int number) {
    if (number < 0 || number >= IntegerCodes.COUNT) {
      throw new IllegalArgumentException("there are " + IntegerCodes.COUNT + " integer codes");
    }
    int answer = number;
    do {
      answer = permuted(answer);
    } while (answer >= IntegerCodes.COUNT);
    return answer;
  }

  private int permuted(int number) {
    int left = number >>> BITS;
    int right = number & HALF;
    for (int round = 0; round < ROUNDS; round++) {
      int next = left ^ function(round, right);
      left = right;
      right = next;
    }
    return left << BITS | right;
  }

  private int function(int round, int half) {
    int position = round * BLOCKS + half / IN_BLOCK;
    short[] block = blocks.get(position);
    if (block == null) {
      block = block(position);
      blocks.set(position, block);
    }
    return block[half % IN_BLOCK];
  }

  private short[] block(int position) {
    byte[] input = ByteBuffer.allocate(Integer.BYTES).putInt(position).array();
    byte[] answer = new byte[Prf.SIZE];
    prf.compute(input, 0, input.length, answer, 0);
    ByteBuffer bytes = ByteBuffer.wrap(answer);
    short[] block = new short[IN_BLOCK];
    for (int i = 0; i < block.length; i++) {
      block[i] = (short) (bytes.getShort() & HALF);
    }
    return block;
  }
}
