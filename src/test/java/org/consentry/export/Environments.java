package org.consentry.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.consentry.testing.Notes;
import org.consentry.testing.SmallClinic;

/** Surroundings of a session of a small clinic. */
final class Environments {

  private Environments() {}

  static StateSession.Environment of(SmallClinic clinic) {
    return of(clinic, clinic::instant, new ArrayList<>());
  }

  /**
   * The same by another clock.
   *
   * @param notes receives what is noted
   */
  static StateSession.Environment of(
      SmallClinic clinic, Supplier<Instant> clock, List<String> notes) {
    return new StateSession.Environment(
        clinic.state(), "operator", Optional.empty(), clock, step -> {}, new Notes(notes));
  }
}
