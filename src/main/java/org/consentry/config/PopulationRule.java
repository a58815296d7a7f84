package org.consentry.config;

import java.util.Optional;
import org.consentry.problem.Place;

/**
 * The population that the released people are a part of: how many people it has, or how many have
 * each identity.
 *
 * @param size how many people
 * @param file a CSV file relative to the job: identity columns of the subjects table, as {@code
 *     table.column}, and {@code count}
 * @param region which population it is, in words
 */
@Doc("The population that the released people are a part of")
public record PopulationRule(
    Place place,
    @Doc("how many people") Optional<WithPlace<Long>> size,
    @Doc("a CSV file with the identity columns, as table.column, and count")
        Optional<WithPlace<String>> file,
    @Doc("which population it is, in words") Optional<String> region) {

  public PopulationRule {
    if (size.isPresent() == file.isPresent()) {
      throw new IllegalArgumentException("population needs size or file, and not both");
    }
    if (size.filter(people -> people.value() < 1).isPresent()) {
      throw new IllegalArgumentException(
          "size must be 1 or more but was " + size.orElseThrow().value());
    }
  }
}
