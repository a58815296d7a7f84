package org.consentry.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Binding.OneOrMany;
import org.consentry.config.CellWords.NullWord;
import org.consentry.data.WrittenDates;

/**
 * How a file of consent lines is written, where that is not the documented way.
 *
 * @param format how its dates and times are written
 * @param nulls words that mean an empty cell
 * @param columns the names in the file's header, by the documented names
 * @param values what the words of a column mean, by the documented name of the column
 */
public record ConsentWords(
    @Doc(
            "how the file writes dates and times: a pattern such as dd.MM.yyyy[ HH:mm], or iso,"
                + " excel, epoch-days; default iso")
        Optional<WithPlace<String>> format,
    @Doc("words that mean an empty cell, such as NULL or -; default none")
        Optional<@OneOrMany @MayBeEmpty List<NullWord>> nulls,
    @Doc("the names in the header of the file by the documented ones, as in {patient_id: PatID}")
        @MayBeEmpty
        Map<String, WithPlace<String>> columns,
    @Doc("what words of a column mean, as in {decision: {ja: PERMIT, nein: DENY}}") @MayBeEmpty
        Map<String, Map<String, WithPlace<String>>> values) {

  /** Words of a file that is written as documented. */
  static final ConsentWords NONE =
      new ConsentWords(Optional.empty(), Optional.empty(), Map.of(), Map.of());

  public ConsentWords {
    format.ifPresent(ConsentWords::check);
    nulls = nulls.map(List::copyOf);
  }

  private static void check(WithPlace<String> format) {
    WrittenDates dates;
    try {
      dates = WrittenDates.of(format.value());
    } catch (IllegalArgumentException flaw) {
      throw new IllegalArgumentException("format " + flaw.getMessage(), flaw);
    }
    if (dates.areMoments()) {
      throw new IllegalArgumentException(
          "format has moments, and consent lines have the times that the clinic's clock showed;"
              + " export them without an offset");
    }
  }

  /** How dates are written. */
  public WrittenDates dates() {
    return format.map(words -> WrittenDates.of(words.value())).orElse(WrittenDates.ISO);
  }

  /** The words that mean an empty cell. */
  public Set<String> missing() {
    return nulls.orElse(List.of()).stream()
        .map(NullWord::text)
        .collect(Collectors.toUnmodifiableSet());
  }
}
