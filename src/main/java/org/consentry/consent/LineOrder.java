package org.consentry.consent;

import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.consentry.data.RowBatch.Rejection;

/**
 * Follows the lines of a file of consent lines in order, and reports records that are no rows, and
 * empty lines among the rows. Not thread-safe.
 */
final class LineOrder {

  private static final long FIRST_LINE = 2;

  private final ConsentHeader header;
  private final ProblemCounts.Collector structure;
  private long expected = FIRST_LINE;
  private boolean isDamaged;

  /**
   * The order of one file.
   *
   * @param structure receives what is wrong
   */
  LineOrder(ConsentHeader header, ProblemCounts.Collector structure) {
    this.header = header;
    this.structure = structure;
  }

  /** Rows of one reader and the records it could not take, both in the order of the file. */
  <R> void merge(
      Iterable<R> rows, Iterator<Rejection> damage, Consumer<R> take, ToLongFunction<R> line) {
    Optional<Rejection> next = next(damage);
    for (R row : rows) {
      while (next.isPresent() && next.get().line() < line.applyAsLong(row)) {
        damaged(next.get());
        next = next(damage);
      }
      take.accept(row);
    }
    for (; next.isPresent(); next = next(damage)) {
      damaged(next.get());
    }
  }

  private static Optional<Rejection> next(Iterator<Rejection> damage) {
    return damage.hasNext() ? Optional.of(damage.next()) : Optional.empty();
  }

  /** A row that does not begin on the line after the one before follows an empty line. */
  void row(long line, long after) {
    requireNoGap(line);
    expected = after;
  }

  private void requireNoGap(long line) {
    boolean isGap = header.rows() == ConsentHeader.Rows.LINES && line != expected;
    if (isGap && !isDamaged) {
      structure.add(ConsentDamage.ragged(header.file(), expected, 1));
    }
    isDamaged = false;
  }

  /** How many lines a record goes on over that is no row is not known. */
  private void damaged(Rejection record) {
    requireNoGap(record.line());
    structure.add(ConsentDamage.of(header.file(), header.encoding(), record));
    isDamaged = true;
  }
}
