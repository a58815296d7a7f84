package org.consentry.risk;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Finds the levels of the identity columns that lose least among all combinations that pass: the
 * optimum of the full-domain lattice (Samarati, 2001). The search begins at the highest levels and
 * goes on below those that pass, or may pass when they are refined.
 */
public final class LevelSearch {

  /** So many combinations are looked at; more would take hours. */
  public static final long MOST_COMBINATIONS = 1_000_000;

  private final IdentityTable table;
  private final long k;
  private final double suppressed;
  private final InformationLoss loss;
  private final Requirement alsoRequired;
  private final Refined refined;
  private long considered;

  /** What is required of groups beside their size, such as diversity. */
  public interface Requirement {

    /** Nothing. */
    Requirement NONE = Optional::of;

    /**
     * Looks at groups.
     *
     * @param groups the group of each subject
     * @return the same, but below 0 for subjects who have to be suppressed beside those of small
     *     groups; empty when the groups do not pass
     */
    Optional<int[]> stay(int[] groups);
  }

  /** What becomes of groups that do not pass what else is required when they are split. */
  public enum Refined {
    /** They do not pass: joining groups that pass gives groups that pass. */
    FAIL,
    /** They may pass, because other subjects are suppressed then. */
    MAY_PASS
  }

  /**
   * A search.
   *
   * @param k how many subjects a group has at least; subjects of smaller ones are suppressed
   * @param suppressed the largest share of subjects that may be suppressed, 0 to 1
   * @param alsoRequired of groups beside their size
   * @param refined whether more levels have to be looked at because of it
   * @throws IllegalArgumentException when there are more than a million combinations of levels
   */
  public LevelSearch(
      IdentityTable table,
      long k,
      double suppressed,
      InformationLoss loss,
      Requirement alsoRequired,
      Refined refined) {
    this.table = table;
    this.k = k;
    this.suppressed = suppressed;
    this.loss = loss;
    this.alsoRequired = alsoRequired;
    this.refined = refined;
    if (combinations(table).compareTo(BigInteger.valueOf(MOST_COMBINATIONS)) > 0) {
      throw new IllegalArgumentException("more than a million combinations of levels");
    }
  }

  /**
   * What was found.
   *
   * @param levels one for each column
   * @param groups the groups that stay
   * @param suppressed how many subjects are in smaller groups
   * @param loss as the search measures it
   */
  public record Found(List<Integer> levels, GroupSizes groups, long suppressed, double loss) {

    public Found {
      levels = List.copyOf(levels);
    }
  }

  /** How many combinations of levels the columns of a table have. */
  public static BigInteger combinations(IdentityTable table) {
    return IntStream.range(0, table.width())
        .mapToObj(column -> BigInteger.valueOf(table.hierarchy(column).height() + 1L))
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }

  /** The levels that lose least. Empty when not even the highest levels pass. */
  public Optional<Found> best() {
    return best(1, looked -> {}).stream().findFirst();
  }

  /**
   * The levels that lose least, the best first; of those that lose the same, those found first.
   *
   * @param most how many
   * @param progress receives how many combinations were looked at, after each
   */
  public List<Found> best(int most, LongConsumer progress) {
    int[] top = new int[table.width()];
    Arrays.setAll(top, column -> table.hierarchy(column).height());
    BitSet seen = new BitSet();
    seen.set((int) number(top));
    Deque<int[]> waiting = new ArrayDeque<>(List.of(top));
    List<Found> best = new ArrayList<>();
    considered = 0;
    while (!waiting.isEmpty()) {
      int[] levels = waiting.pop();
      considered++;
      if (isLarge(levels)) {
        Optional<Found> found = passing(levels);
        found.ifPresent(passed -> add(passed, best, most));
        if (found.isPresent() || refined == Refined.MAY_PASS) {
          below(levels, seen, waiting);
        }
      }
      progress.accept(considered);
    }
    return best;
  }

  /** How many combinations of levels the last search looked at. */
  public long considered() {
    return considered;
  }

  private static void add(Found found, List<Found> best, int most) {
    int at = best.size();
    while (at > 0 && best.get(at - 1).loss() > found.loss()) {
      at--;
    }
    best.add(at, found);
    if (best.size() > most) {
      best.remove(most);
    }
  }

  /** Splitting groups makes no small group larger. */
  private void below(int[] levels, BitSet seen, Deque<int[]> waiting) {
    for (int column = 0; column < levels.length; column++) {
      if (levels[column] > 0) {
        int[] lower = levels.clone();
        lower[column]--;
        int number = (int) number(lower);
        if (!seen.get(number)) {
          seen.set(number);
          waiting.push(lower);
        }
      }
    }
  }

  private long number(int[] levels) {
    long number = 0;
    for (int column = 0; column < levels.length; column++) {
      number = number * (table.hierarchy(column).height() + 1) + levels[column];
    }
    return number;
  }

  private boolean isLarge(int[] levels) {
    long small = Arrays.stream(table.sizes(levels)).filter(size -> size < k).sum();
    return small <= suppressed * table.subjects();
  }

  private Optional<Found> passing(int[] levels) {
    return alsoRequired.stay(table.groups(levels)).map(stay -> found(levels, stay));
  }

  private Found found(int[] levels, int[] stay) {
    long[] sizes = new long[Arrays.stream(stay).max().orElse(-1) + 1];
    Arrays.stream(stay).filter(group -> group >= 0).forEach(group -> sizes[group]++);
    long[] large = Arrays.stream(sizes).filter(size -> size >= k).toArray();
    long out = table.subjects() - Arrays.stream(large).sum();
    // Each of those who are suppressed is a small group.
    long[] all = Arrays.copyOf(large, Math.toIntExact(large.length + out));
    Arrays.fill(all, large.length, all.length, 1);
    return new Found(
        Arrays.stream(levels).boxed().toList(),
        GroupSizes.of(large),
        out,
        loss.of(table, levels, all, k));
  }
}
