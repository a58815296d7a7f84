package org.consentry.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
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
        clinic.state(), "operator", clock, step -> {}, new Notes(notes));
  }

  /** Collects notes. */
  private record Notes(List<String> notes) implements Progress {
    @Override
    public void phase(String words) {}

    @Override
    public void total(long bytes) {}

    @Override
    public void rows(long read, long released) {}

    @Override
    public void done(long bytes) {}

    @Override
    public void note(String words) {
      notes.add(words);
    }
  }
}
