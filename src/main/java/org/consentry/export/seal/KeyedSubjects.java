package org.consentry.export.seal;

import org.consentry.data.Prf;
import org.consentry.data.SubjectKeys;
import org.consentry.keys.LedgerKey;
import org.consentry.ledger.FigureBook;
import org.consentry.ledger.Membership;

/**
 * The subjects of a run as the ledger identifies them. Not thread-safe.
 *
 * <p><b>Security promise:</b> ids go in and only their digests under the ledger's key come out.
 */
public final class KeyedSubjects implements FigureBook.People {

  private final SubjectKeys keys;
  private final Prf digests;
  private final byte[] digest = new byte[Prf.SIZE];

  public KeyedSubjects(SubjectKeys keys, LedgerKey ledgerKey) {
    this.keys = keys;
    this.digests = ledgerKey.subjects();
  }

  @Override
  public int count() {
    return keys.size();
  }

  @Override
  public void digest(int subject, byte[] into, int at) {
    byte[] id = keys.key(subject);
    digests.compute(id, 0, id.length, digest, 0);
    System.arraycopy(digest, 0, into, at, Membership.DIGEST);
  }
}
