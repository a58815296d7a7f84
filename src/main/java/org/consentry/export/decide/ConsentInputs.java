package org.consentry.export.decide;

import java.time.LocalDateTime;
import java.util.List;
import org.consentry.connector.Split;

/**
 * What consent was decided on. Deciding is a function of these and of the request alone, and of the
 * moment it takes the day; only permits signed or recorded later than the moment wait for an hour.
 *
 * @param moment the moment of decision, clinic-local
 * @param lines digest of the bytes of the consent lines
 * @param subjects splits of the subjects table, which carry the digests of its bytes
 * @param waiting permits that were signed or recorded after the moment
 */
public record ConsentInputs(
    LocalDateTime moment, String lines, List<Split> subjects, long waiting) {

  public ConsentInputs {
    subjects = List.copyOf(subjects);
  }

  /**
   * Whether deciding again at a later moment must come to the same decisions: the same bytes, the
   * same day, a clock that did not go back, and no permit that waits for a later hour.
   *
   * @param later what would be decided on
   */
  public boolean decidesAlike(ConsentInputs later) {
    return waiting == 0
        && !later.moment.isBefore(moment)
        && later.moment.toLocalDate().equals(moment.toLocalDate())
        && later.lines.equals(lines)
        && later.subjects.equals(subjects);
  }
}
