package org.consentry.followup;

import java.util.Optional;
import org.consentry.export.ClinicContact;

/**
 * Who writes a letter and when the answer is due.
 *
 * @param clinic name, address and telephone of the clinic; empty when the state folder has none
 * @param days until the records must be removed and the removal confirmed, at least 1
 */
public record Letterhead(Optional<ClinicContact> clinic, int days) {

  /** One month, as long as the clinic itself has to answer a patient (GDPR article 12(3)). */
  public static final int DAYS = 30;

  public Letterhead {
    if (days < 1) {
      throw new IllegalArgumentException("a deadline is at least one day");
    }
  }
}
