package org.consentry.data;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a list of a mapping makes of the values it names.
 *
 * @param file name of the file as the mapping writes it; empty when the list is part of the mapping
 * @param entries the listed values, at least one
 * @param other what every value becomes that is not listed; empty when such a value is not released
 */
public record ValueList(Optional<String> file, List<Entry> entries, Optional<String> other) {

  public ValueList {
    entries = List.copyOf(entries);
  }

  /** Everything that the list releases. */
  public List<String> answers() {
    return Stream.concat(entries.stream().map(Entry::answer), other.stream()).toList();
  }

  /**
   * A listed value.
   *
   * @param value as the source has it
   * @param answer as it is released
   * @param line its line in the file, from 1; 0 when the list is part of the mapping
   */
  public record Entry(String value, String answer, long line) {}
}
