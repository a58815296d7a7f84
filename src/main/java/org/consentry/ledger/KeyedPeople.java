package org.consentry.ledger;

import java.util.Arrays;

/** The people of a run by their digests under the ledger's key, in the order of digests. */
public final class KeyedPeople {

  private final byte[] digests;
  private final int[] order;

  public KeyedPeople(FigureBook.People people) {
    digests = new byte[Math.multiplyExact(people.count(), Membership.DIGEST)];
    for (int person = 0; person < people.count(); person++) {
      people.digest(person, digests, person * Membership.DIGEST);
    }
    order = MembershipWriter.inOrder(digests, people.count());
  }

  int count() {
    return order.length;
  }

  /** The number of the person at a place in the order. */
  int at(int place) {
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
}
