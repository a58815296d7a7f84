package org.consentry.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.consentry.problem.Problems;

/** Finds the word that was probably meant. */
public final class Suggestion {

  private static final int MAX_LISTED = 20;

  private Suggestion() {}

  /**
   * The known word nearest to a wrong one: fewest insertions, deletions, substitutions and swaps of
   * neighbours, case ignored, at most one for every three letters (at least one).
   *
   * @return empty when nothing is near; of equally near words the first
   */
  public static Optional<String> nearest(String word, Collection<String> known) {
    String wanted = word.toLowerCase(Locale.ROOT);
    int limit = Math.max(1, Math.min(wanted.length(), 24) / 3);
    Optional<String> best = Optional.empty();
    for (String candidate : known) {
      int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT), limit);
      if (distance <= limit) {
        best = Optional.of(candidate);
        limit = distance - 1;
      }
    }
    return best;
  }

  /** A hint such as {@code did you mean 'role'?}; otherwise the known words. */
  public static String hint(String word, Collection<String> known) {
    return nearest(word, known)
        .map(Suggestion::of)
        .orElseGet(() -> known.isEmpty() ? "remove it" : "one of: " + list(known));
  }

  /** The hint that a word was probably meant. */
  public static String of(String near) {
    return "did you mean '" + near + "'?";
  }

  /**
   * The first known word with the same first letter that differs from a wrong one in at most half
   * of its letters: for words that are missing anyway.
   */
  public static Optional<String> resembling(String word, Collection<String> known) {
    String wanted = word.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(candidate -> resemble(wanted, candidate.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  private static boolean resemble(String one, String other) {
    int limit = Math.min(Math.max(one.length(), other.length()), 24) / 2;
    return !one.isEmpty()
        && one.charAt(0) == other.charAt(0)
        && distance(one, other, limit) <= limit;
  }

  /**
   * Checks a word of a catalogue that is open.
   *
   * @param noun what messages call one of its words
   * @param known its words
   * @param problems receives the problem of an unknown word
   */
  public static void check(
      String noun, WithPlace<String> word, Collection<String> known, Problems problems) {
    if (!known.contains(word.value())) {
      problems.error(
          "UNKNOWN_WORD",
          word.place(),
          "there is no " + noun + " " + SafeWord.word(word.value()),
          hint(word.value(), known));
    }
  }

  private static String list(Collection<String> known) {
    String shown = known.stream().limit(MAX_LISTED).collect(Collectors.joining(", "));
    return known.size() > MAX_LISTED ? shown + ", ... (" + known.size() + " in all)" : shown;
  }

  /** Optimal string alignment distance; anything above the limit is some number above it. */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) > limit) {
      return limit + 1;
    }
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        d[i][j] = swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
      }
    }
    return d[a.length()][b.length()];
  }
}
