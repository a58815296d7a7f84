package org.consentry.consent;

import java.util.Arrays;

/**
 * Keeps short sequences of ints, each once, in one flat array. Not thread-safe while it grows.
 *
 * <p>Invariant: a sequence is at its offset as its length followed by its words; offset 0 is the
 * empty sequence.
 */
final class IntPool {

  private int[] words = new int[1 << 8];
  private int[] table = new int[1 << 6];
  private int end = 1;
  private int sequences;

  /** The offset of the sequence's first word, the same for equal sequences. */
  int intern(int[] sequence) {
    int mask = table.length - 1;
    int slot = hash(sequence, 0, sequence.length) & mask;
    while (table[slot] != 0) {
      int at = table[slot];
      if (Arrays.equals(words, at, at + words[at - 1], sequence, 0, sequence.length)) {
        return at;
      }
      slot = (slot + 1) & mask;
    }
    table[slot] = append(sequence);
    int at = table[slot];
    if (++sequences * 4L > table.length * 3L) {
      grow();
    }
    return at;
  }

  private int append(int[] sequence) {
    int at = end + 1;
    end = Math.addExact(at, sequence.length);
    if (end > words.length) {
      words = Arrays.copyOf(words, Math.max(end, Math.addExact(words.length, words.length)));
    }
    words[at - 1] = sequence.length;
    System.arraycopy(sequence, 0, words, at, sequence.length);
    return at;
  }

  int word(int at) {
    return words[at];
  }

  /**
   * Adds all sequences to another pool.
   *
   * @return the offsets there, by the offsets here
   */
  int[] moveInto(IntPool other) {
    int[] moved = new int[end + 1];
    for (int at = 2; at < end + 1; at += words[at - 1] + 1) {
      moved[at] = other.intern(Arrays.copyOfRange(words, at, at + words[at - 1]));
    }
    return moved;
  }

  /** Exactly the words in use. */
  int[] trimmed() {
    return Arrays.copyOf(words, end);
  }

  private void grow() {
    table = new int[table.length * 2];
    int mask = table.length - 1;
    for (int at = 2; at < end + 1; at += words[at - 1] + 1) {
      int slot = hash(words, at, at + words[at - 1]) & mask;
      while (table[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      table[slot] = at;
    }
  }

  private static int hash(int[] words, int from, int to) {
    int h = to - from;
    for (int i = from; i < to; i++) {
      h = (h ^ words[i]) * 0x9E3779B1;
      h ^= h >>> 15;
    }
    return h;
  }
}
