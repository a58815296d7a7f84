package org.consentry.export.scan;

import java.util.Map;
import org.consentry.data.SmallCounts;

/**
 * Which matches of a column are no identifiers: ordinary words of a list of codes, and numbers that
 * chance explains.
 *
 * <p>A word is ordinary in a column when the column is a list (at most 1,000 different cells, none
 * longer than 200 bytes), rows of at least {@value SmallCounts#FEWEST} subjects have the word, and
 * at most half as many words match as there are different cells. So "White" in a column of races is
 * ordinary; a column of first names is not, because each of its cells matches.
 */
final class Ordinary {

  /** Different cells of a short list, such as the states of the USA, of which all may match. */
  private static final int SHORT_LIST = 60;

  /** Up to so many numbers expected by chance, each match counts. */
  private static final double CHANCE = 0.05;

  /** The same where times and counts are. */
  private static final double CHANCE_BESIDE_COUNTS = 0.001;

  private final int[] matched = new int[Token.CLASSES];
  private final int cellsOfList;
  private final double chance;

  /**
   * Looks at a whole column.
   *
   * @param cellsOfList different cells of a column that may be a list, else 0
   */
  Ordinary(Map<Long, Candidate> candidates, int cellsOfList, ScanRules.Numbers numbers) {
    this.cellsOfList = cellsOfList;
    this.chance = numbers == ScanRules.Numbers.ALL ? CHANCE : CHANCE_BESIDE_COUNTS;
    for (long digest : candidates.keySet()) {
      matched[Token.classOf(digest)]++;
    }
  }

  /** Whether a match is a finding. */
  boolean counts(long digest, Candidate candidate, IdentifierSet set, long[] looked) {
    int tokenClass = Token.classOf(digest);
    if (tokenClass == Token.SUBJECT) {
      return false;
    }
    boolean isList =
        cellsOfList > 0 && (cellsOfList <= SHORT_LIST || 2 * matched[tokenClass] <= cellsOfList);
    boolean ordinary = isList && candidate.subjects.size() >= SmallCounts.FEWEST;
    return !ordinary && !byChance(tokenClass, set, looked);
  }

  /** Numbers of so many digits are so many in the source that some match without a reason. */
  private boolean byChance(int tokenClass, IdentifierSet set, long[] looked) {
    double expected = expected(tokenClass, set, looked);
    return expected > chance && isAsExpected(matched[tokenClass], expected);
  }

  /**
   * Whether all matches of a column, with others that were not kept, are numbers that chance
   * explains.
   *
   * @param others cells with matches that were not kept
   */
  boolean areByChance(long others, IdentifierSet set, long[] looked) {
    double expected = 0;
    long all = others;
    for (int tokenClass = 0; tokenClass < Token.CLASSES; tokenClass++) {
      if (matched[tokenClass] > 0 && tokenClass < Token.LOCAL_PHONE) {
        return false;
      }
      all += matched[tokenClass];
      expected += expected(tokenClass, set, looked);
    }
    return isAsExpected(all, expected);
  }

  private static boolean isAsExpected(long found, double expected) {
    return found <= expected + 5 * Math.sqrt(expected) + 1;
  }

  private static double expected(int tokenClass, IdentifierSet set, long[] looked) {
    if (tokenClass < Token.LOCAL_PHONE) {
      return 0;
    }
    int digits = tokenClass == Token.LOCAL_PHONE ? 7 : Token.digits(tokenClass);
    double possible = 0.9 * Math.pow(10, digits);
    return looked[tokenClass] * (set.sizeOf(tokenClass) / possible);
  }
}
