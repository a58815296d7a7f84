package org.consentry.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * The order of releases. Those that were published here have the order of the ledger. One that was
 * adopted is before the first of the others that was sealed later, whenever it was adopted: the
 * newest release of a study decides how the next one is made.
 */
final class ReleaseOrder {

  private ReleaseOrder() {}

  /** The releases among entries, published here or adopted, the oldest first. */
  static List<LedgerEntry> of(List<LedgerEntry> entries) {
    List<LedgerEntry> releases = new ArrayList<>();
    for (LedgerEntry entry : entries) {
      if (entry.kind() == LedgerEntry.Kind.PUBLISHED) {
        releases.add(entry);
      } else if (entry.kind() == LedgerEntry.Kind.ADOPTED) {
        releases.add(placeOf(entry, releases), entry);
      }
    }
    return releases;
  }

  private static int placeOf(LedgerEntry adopted, List<LedgerEntry> releases) {
    for (int place = 0; place < releases.size(); place++) {
      if (releases.get(place).createdAt().isAfter(adopted.createdAt())) {
        return place;
      }
    }
    return releases.size();
  }
}
