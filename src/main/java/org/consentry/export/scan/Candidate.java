package org.consentry.export.scan;

import java.util.Map;

/** A token of a column that is in the set, and in whose rows it is. For one thread. */
final class Candidate {

  /** Cells in which it is the first of its kind. */
  final Count count = new Count();

  /** Other cells. */
  final Count also = new Count();

  final FewNumbers subjects = new FewNumbers();

  /** One that is in no row. */
  static Candidate ofNoRow() {
    Candidate candidate = new Candidate();
    candidate.count.add(0);
    return candidate;
  }

  /** Adds those that the same column has so many rows later, by their digests. */
  static void merge(Map<Long, Candidate> into, Map<Long, Candidate> later, long rows) {
    later.forEach(
        (digest, one) -> into.computeIfAbsent(digest, first -> new Candidate()).addAll(one, rows));
  }

  void addAll(Candidate other, long rows) {
    count.addAll(other.count, rows);
    also.addAll(other.also, rows);
    for (long subject : other.subjects.toArray()) {
      subjects.add(subject);
    }
  }

  /** How often, and where first. */
  static final class Count {
    long cells;
    long firstRow;

    /** One cell that is in no row. */
    static Count ofNoRow() {
      Count count = new Count();
      count.add(0);
      return count;
    }

    void add(long row) {
      firstRow = cells == 0 ? row : Math.min(firstRow, row);
      cells++;
    }

    /** Adds what was counted so many rows later. */
    void addAll(Count other, long rows) {
      if (other.cells > 0) {
        long row = other.firstRow == 0 ? 0 : other.firstRow + rows;
        firstRow = cells == 0 ? row : Math.min(firstRow, row);
        cells += other.cells;
      }
    }
  }
}
