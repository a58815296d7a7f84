package org.consentry.profile;

/**
 * Words with a small number each, looked up by the hash of their letters, so that a lookup makes no
 * object. Hashes have 64 bits: two words of a list of a hundred thousand meet with a probability of
 * one in a billion. Filled once, then read by all threads.
 */
final class WordTable {

  private static final long START = 0xcbf29ce484222325L;
  private static final long FACTOR = 0x100000001b3L;

  private final long[] hashes;
  private final byte[] values;
  private final int mask;

  WordTable(int words) {
    int size = Integer.highestOneBit(Math.max(words, 4) * 2) * 2;
    hashes = new long[size];
    values = new byte[size];
    mask = size - 1;
  }

  /** Adds words, separated by blanks or line breaks, that all have one value. */
  WordTable words(int value, String words) {
    int start = 0;
    for (int i = 0; i <= words.length(); i++) {
      if (i == words.length() || words.charAt(i) <= ' ') {
        if (i > start) {
          put(hash(words, start, i), value);
        }
        start = i + 1;
      }
    }
    return this;
  }

  /** The hash of no letter. */
  static long start() {
    return START;
  }

  /** The hash with one more letter, which is folded already. */
  static long add(long hash, char folded) {
    return (hash ^ folded) * FACTOR;
  }

  /** The hash of the letters and digits of a range; case, marks and all else do not count. */
  static long hash(CharSequence text, int start, int end) {
    long hash = START;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      char folded = Chars.isDigit(c) ? c : Chars.fold(c);
      if (folded != 0) {
        hash = add(hash, folded);
      }
    }
    return hash;
  }

  void put(long hash, int value) {
    int at = slot(hash);
    hashes[at] = hash;
    values[at] = (byte) value;
  }

  /** The value of a word; 0 for a word that is not in the table. */
  int get(long hash) {
    return values[slot(hash)];
  }

  private int slot(long hash) {
    int at = (int) (hash ^ (hash >>> 32)) & mask;
    while (values[at] != 0 && hashes[at] != hash) {
      at = (at + 1) & mask;
    }
    return at;
  }
}
