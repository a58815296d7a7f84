package org.consentry.export.scan;

/** Which cells of a column have dates, and in how many a date is one of the row's person. */
final class OwnDates {

  private static final int LOOKED_AT_FIRST = 10_000;
  private static final int LOOKED_AT = 16;

  private final IdentifierSet set;
  private final Candidate.Count own = new Candidate.Count();

  /** Cells of the column, with a date or without. */
  long filled;

  /** Cells with a date. */
  long dated;

  private long checked;

  OwnDates(IdentifierSet set) {
    this.set = set;
  }

  /** Adds what the same column has so many rows later. */
  void merge(OwnDates later, long rows) {
    own.addAll(later.own, rows);
    filled += later.filled;
    dated += later.dated;
    checked += later.checked;
  }

  boolean areLookedUp(long row) {
    return set.sizeOf(Token.DATE) > 0 && (row % LOOKED_AT == 0 || !fewAreOwn());
  }

  /**
   * In a long column of nothing but dates, of which few are true ones, not each is looked up: what
   * counts there is whether half of them are.
   */
  private boolean fewAreOwn() {
    return checked > LOOKED_AT_FIRST && isOnlyDates() && 10 * own.cells < checked;
  }

  private boolean isOnlyDates() {
    return 10 * dated >= 9 * filled;
  }

  /** Looks up the days of a cell. */
  void look(CellHits hits, long row, long subject) {
    checked++;
    for (long day : hits.days()) {
      if (set.has(IdentifierSet.dateDigest(set.key(), subject, day))) {
        own.add(row);
        break;
      }
    }
  }

  /** The cells with true dates; none where chance explains them. */
  Candidate.Count found() {
    return !isOnlyDates() || 2 * own.cells >= checked ? own : new Candidate.Count();
  }
}
