package org.consentry.ledger;

import java.time.LocalDate;
import java.util.OptionalLong;

/**
 * A count as a recipient sees it: rounded to the nearest 10, or {@value #FEW} where fewer than
 * {@value #FEWEST_PEOPLE} people are behind it, none included.
 *
 * @param shown decimal digits, or {@value #FEW}
 * @param countedOn the day on which it was counted; earlier than its release when it is repeated
 */
public record Figure(String shown, LocalDate countedOn) {

  /** Fewer people than this are never counted for a recipient; fewer never move a figure. */
  public static final int FEWEST_PEOPLE = 11;

  /** The word that a release shows in place of a count of fewer people. */
  public static final String FEW = "<11";

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
    if (!shown.equals(FEW) && !shown.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException("a figure is digits or " + FEW);
    }
  }

  /**
   * The figure of a count.
   *
   * @param people how many people are known to be behind it
   */
  public static Figure of(long count, long people, LocalDate day) {
    return new Figure(people < FEWEST_PEOPLE ? FEW : Long.toString(nearestTen(count)), day);
  }

  /**
   * What a group adds to the count of all that was left out: its rows, but no more than 10 of fewer
   * than {@value #FEWEST_PEOPLE} people. Otherwise the total would give away what {@value #FEW}
   * hides, such as the many rows of one person.
   */
  public static long total(long count, long people) {
    return people < FEWEST_PEOPLE ? Math.min(count, FEWEST_PEOPLE - 1) : count;
  }

  /**
   * How much was read, from what else is published alone: what was released and the figure of all
   * that was left out, of which {@value #FEW} adds nothing; and no less than must have been. A
   * count of its own would give away, beside the exact number released, how much was left out.
   */
  public static Figure read(long released, Figure leftOut, LocalDate day) {
    long sum = released + leftOut.number().orElse(0);
    long nextTen = (released + leftOut.least() + TEN - 1) / TEN * TEN;
    return new Figure(Long.toString(Math.max(nearestTen(sum), nextTen)), day);
  }

  /** The least count that is shown so. */
  private long least() {
    return number().isEmpty() ? 0 : Math.max(FEWEST_PEOPLE, number().getAsLong() - TEN / 2);
  }

  private static long nearestTen(long count) {
    return (count + TEN / 2) / TEN * TEN;
  }

  /** The rounded count; empty when it is not shown. */
  public OptionalLong number() {
    return shown.equals(FEW) ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(shown));
  }
}
