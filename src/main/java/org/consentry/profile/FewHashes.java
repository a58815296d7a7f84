package org.consentry.profile;

/**
 * A set of hashes that stops at {@value #MOST}: enough to see whether values repeat. Its number
 * depends on the set of values alone. Not thread-safe.
 */
final class FewHashes {

  /** The greatest number that is counted. */
  static final int MOST = 64;

  private final long[] hashes = new long[MOST];
  private int found;

  void add(long hash) {
    for (int i = 0; i < found; i++) {
      if (hashes[i] == hash) {
        return;
      }
    }
    if (found < MOST) {
      hashes[found++] = hash;
    }
  }

  /** How many there are; {@value #MOST} means that or more. */
  int count() {
    return found;
  }
}
