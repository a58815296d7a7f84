package org.consentry.consent;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What the recipient must know of publication moratoria (DUO MOR): they exclude no patient but bind
 * the recipient.
 *
 * @param subjects permitted subjects with a permit that names one
 * @param until the last day of the longest; empty when no permit states how long
 */
public record Moratorium(long subjects, Optional<LocalDate> until) {

  /** No permit asked for one. */
  public static final Moratorium NONE = new Moratorium(0, Optional.empty());

  Moratorium plus(Optional<LocalDate> day) {
    Optional<LocalDate> later =
        until.isEmpty() || day.filter(until.get()::isBefore).isPresent()
            ? day.or(() -> until)
            : until;
    return new Moratorium(subjects + 1, later);
  }

  /** Those of these subjects and of others. */
  Moratorium and(Moratorium others) {
    return new Moratorium(subjects + others.subjects, plus(others.until).until);
  }
}
