package org.consentry.config;

import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.data.EnumWord;
import org.consentry.problem.Place;

/**
 * How well the values of a sensitive column hide in each group of subjects with the same identity:
 * one measure, and its bound in every group.
 *
 * @param column a released column, as {@code table.column}
 * @param distinct different values, at least (distinct l-diversity)
 * @param entropy exponential of the entropy of the values, at least (entropy l-diversity)
 * @param recursive what the most frequent value may be at most (recursive (c, l)-diversity)
 * @param closeness distance from the values of all released subjects, at most (t-closeness)
 * @param distance how far two values are from each other; goes with {@code closeness}
 * @param hierarchy the CSV file of the distance, relative to the job; its first column lists the
 *     values, the others are coarser levels, and the last has one value
 */
@Doc(
    "How well the values of a sensitive column hide in each group of people with the same identity")
public record SensitiveRule(
    Place place,
    @Doc("a released column, as table.column") WithPlace<String> column,
    @Doc("different values, at least") Optional<Integer> distinct,
    @Doc("exponential of the entropy of the values, at least") Optional<Double> entropy,
    @Doc("what the most frequent value may be at most") Optional<Recursive> recursive,
    @Doc("distance from the values of all released people, at most; 0 to 1")
        Optional<Double> closeness,
    @Doc("how far two values are from each other; goes with closeness") Optional<Distance> distance,
    @Doc("the CSV file of distance: hierarchical, relative to the job")
        Optional<WithPlace<String>> hierarchy) {

  public SensitiveRule {
    long measures =
        Stream.of(distinct, entropy, recursive, closeness).filter(Optional::isPresent).count();
    if (measures != 1) {
      throw new IllegalArgumentException(
          "column needs one of distinct, entropy, recursive and closeness but has " + measures);
    }
    distinct
        .filter(values -> values < 2)
        .ifPresent(values -> refuse("distinct must be 2 or more but was " + values));
    entropy
        .filter(values -> !(values > 1))
        .ifPresent(values -> refuse("entropy must be more than 1 but was " + values));
    closeness
        .filter(most -> !(most >= 0 && most <= 1))
        .ifPresent(most -> refuse("closeness must be 0 to 1 but was " + most));
    if (closeness.isPresent() != distance.isPresent()) {
      refuse(
          closeness.isPresent()
              ? "closeness needs distance: equal, ordered or hierarchical"
              : "distance goes with closeness");
    }
    if (hierarchy.isPresent() != distance.equals(Optional.of(Distance.HIERARCHICAL))) {
      refuse(
          hierarchy.isPresent()
              ? "hierarchy goes with distance: hierarchical"
              : "distance needs hierarchy: a CSV file");
    }
  }

  private static void refuse(String message) {
    throw new IllegalArgumentException(message);
  }

  /** How far two values are from each other. */
  public enum Distance {
    /** All values are equally far. */
    EQUAL,
    /** Neighbours are equally far, numbers and dates by size, texts by their bytes. */
    ORDERED,
    /** As far as the level is high at which they become one. */
    HIERARCHICAL
  }

  /**
   * The most frequent value has fewer subjects than {@code c} times those of all values from the
   * {@code l}-th most frequent on.
   *
   * @param c more than 0
   * @param l 2 or more
   */
  @Doc("The most frequent value has fewer people than c times those from the l-th most frequent on")
  public record Recursive(Place place, @Doc("more than 0") double c, @Doc("2 or more") int l) {

    public Recursive {
      if (!(c > 0)) {
        throw new IllegalArgumentException("c must be more than 0 but was " + c);
      }
      if (l < 2) {
        throw new IllegalArgumentException("l must be 2 or more but was " + l);
      }
    }
  }

  /** The measure and its bound, such as {@code distinct 2}. */
  public String words() {
    return distinct
        .map(values -> "distinct " + values)
        .or(() -> entropy.map(values -> "entropy " + values))
        .or(() -> recursive.map(most -> "recursive (" + most.c() + ", " + most.l() + ")"))
        .orElseGet(
            () ->
                "closeness "
                    + closeness.orElseThrow()
                    + ", distance "
                    + EnumWord.of(distance.orElseThrow()));
  }
}
