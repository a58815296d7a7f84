package org.consentry.service.page;

import java.util.List;
import org.consentry.problem.CountWords;

/**
 * A part of a long list, so that no page has all of it.
 *
 * @param number of the part, from 1
 * @param size of each part
 * @param all how many there are
 */
public record Part(int number, int size, int all) {

  /** How many parts there are, at least one. */
  public int parts() {
    return Math.max(1, (all + size - 1) / size);
  }

  /** A part that exists, for a number that a person may have typed. */
  public static Part of(int number, int size, int all) {
    Part first = new Part(1, size, all);
    return new Part(Math.max(1, Math.min(number, first.parts())), size, all);
  }

  /** What of a list is in this part. */
  public <T> List<T> of(List<T> list) {
    int from = Math.min(list.size(), (number - 1) * size);
    return list.subList(from, Math.min(list.size(), from + size));
  }

  boolean hasBefore() {
    return number > 1;
  }

  boolean hasAfter() {
    return number < parts();
  }

  /** Such as {@code 101 to 200 of 1,000}. */
  String words() {
    return all == 0
        ? "None"
        : CountWords.of((number - 1L) * size + 1)
            + " to "
            + CountWords.of(Math.min(all, (long) number * size))
            + " of "
            + CountWords.of(all);
  }
}
