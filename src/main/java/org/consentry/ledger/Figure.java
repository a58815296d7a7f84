package org.consentry.ledger;

import java.time.LocalDate;
import java.util.OptionalLong;
import org.consentry.data.SmallCounts;

/**
 * A count as a recipient sees it: rounded to the nearest 10, or {@value SmallCounts#FEW} where
 * fewer than {@value SmallCounts#FEWEST} people are behind it, none included.
 *
 * @param shown decimal digits, or {@value SmallCounts#FEW}
 * @param countedOn the day on which it was counted; earlier than its release when it is repeated
 */
public record Figure(String shown, LocalDate countedOn) {

  private static final long TEN = 10;

  /** What a figure counts in the table of a release, or among persons when the table is empty. */
  public record Key(String table, String what) implements Comparable<Key> {

    /** What was read: persons, or rows of the table. */
    public static final String READ = "read";

    /** All that was left out, for whatever reason; see {@link Figure#total}. */
    public static final String EXCLUDED = "excludedTotal";

    /** Whether this counts what one group left out of its table. */
    public boolean ofGroup() {
      return !what.equals(READ) && !what.equals(EXCLUDED) && what.indexOf(' ') < 0;
    }

    @Override
    public int compareTo(Key other) {
      int order = table.compareTo(other.table);
      return order == 0 ? what.compareTo(other.what) : order;
    }
  }

  public Figure {
    if (!shown.equals(SmallCounts.FEW) && !shown.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException("a figure is digits or " + SmallCounts.FEW);
    }
  }

  /**
   * The figure of a count.
   *
   * @param people how many people are known to be behind it
   */
  public static Figure of(long count, long people, LocalDate day) {
    return new Figure(SmallCounts.rounded(count, people), day);
  }

  /**
   * What a group adds to the count of all that was left out: its rows, but no more than 10 of fewer
   * than {@value SmallCounts#FEWEST} people. Otherwise the total would give away what {@value
   * SmallCounts#FEW} hides, such as the many rows of one person.
   */
  public static long total(long count, long people) {
    return people < SmallCounts.FEWEST ? Math.min(count, SmallCounts.FEWEST - 1) : count;
  }

  /**
   * How much was read, from what else is published alone: what was released and the figure of all
   * that was left out, of which {@value SmallCounts#FEW} adds nothing; and no less than must have
   * been. A count of its own would give away, beside the exact number released, how much was left
   * out.
   */
  public static Figure read(long released, Figure leftOut, LocalDate day) {
    long sum = released + leftOut.number().orElse(0);
    long nextTen = (released + leftOut.least() + TEN - 1) / TEN * TEN;
    return new Figure(Long.toString(Math.max(SmallCounts.nearestTen(sum), nextTen)), day);
  }

  /** The least count that is shown so. */
  private long least() {
    return number().isEmpty() ? 0 : Math.max(SmallCounts.FEWEST, number().getAsLong() - TEN / 2);
  }

  /** The rounded count; empty when it is not shown. */
  public OptionalLong number() {
    return shown.equals(SmallCounts.FEW)
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(shown));
  }
}
