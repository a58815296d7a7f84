package org.consentry.ledger;

import java.util.Arrays;

/**
 * The people of a run by their digests under the ledger's key, in the order of digests: it carries
 * no information, and one of them is found by halving.
 */
public final class KeyedPeople {

  /** Of a digest, to find its place in order. */
  private static final int MOST_BITS = 24;

  private final byte[] digests;
  private final int[] order;

  public KeyedPeople(FigureBook.People people) {
    digests = new byte[Math.multiplyExact(people.count(), Membership.DIGEST)];
    for (int person = 0; person < people.count(); person++) {
      people.digest(person, digests, person * Membership.DIGEST);
    }
    order = inOrder(digests, people.count());
  }

  int count() {
    return order.length;
  }

  /** The number of the person at a place in the order. */
  public int at(int place) {
    return order[place];
  }

  /** Copies the digest of a person, {@value Membership#DIGEST} bytes, to a position. */
  public void digest(int person, byte[] into, int at) {
    System.arraycopy(digests, person * Membership.DIGEST, into, at, Membership.DIGEST);
  }

  /** All digests, one behind the other by number. */
  byte[] digests() {
    return digests;
  }

  /** The number of a person; -1 for a person who is not of this run. */
  int find(byte[] digest) {
    int low = 0;
    int high = order.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int at = order[middle] * Membership.DIGEST;
      int compared =
          Arrays.compareUnsigned(digests, at, at + Membership.DIGEST, digest, 0, digest.length);
      if (compared == 0) {
        return order[middle];
      }
      if (compared < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** Digests are evenly spread: their first bits alone leave about one in each place. */
  private static int[] inOrder(byte[] digests, int count) {
    int bits = Math.max(1, Math.min(MOST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(count)));
    int[] starts = new int[(1 << bits) + 1];
    for (int person = 0; person < count; person++) {
      starts[head(digests, person, bits) + 1]++;
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    int[] order = new int[count];
    for (int person = 0; person < count; person++) {
      order[starts[head(digests, person, bits)]++] = person;
    }
    for (int i = 1; i < count; i++) {
      for (int j = i; j > 0 && compare(digests, order[j - 1], order[j]) > 0; j--) {
        int other = order[j];
        order[j] = order[j - 1];
        order[j - 1] = other;
      }
    }
    return order;
  }

  /** The first bits of a digest, as a number. */
  private static int head(byte[] digests, int person, int bits) {
    int at = person * Membership.DIGEST;
    int first = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      first = first << 8 | (digests[at + i] & 0xff);
    }
    return first >>> (Integer.SIZE - bits);
  }

  private static int compare(byte[] digests, int one, int other) {
    int a = one * Membership.DIGEST;
    int b = other * Membership.DIGEST;
    return Arrays.compareUnsigned(
        digests, a, a + Membership.DIGEST, digests, b, b + Membership.DIGEST);
  }
}
