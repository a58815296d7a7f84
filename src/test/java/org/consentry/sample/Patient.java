package org.consentry.sample;

import java.time.LocalDate;

/**
 * One made-up patient and what decides about the rest of the clinic.
 *
 * @param number 1 and up
 * @param id the patient's id in every table
 * @param woman whether given name and surgeries are a woman's
 * @param born the true birth date; the patients table may have another or none
 * @param care why the patient comes
 * @param story what the consent forms contain
 * @param died the day of death, or {@link LocalDate#MAX} for the living
 */
record Patient(
    int number,
    String id,
    String firstName,
    String lastName,
    boolean woman,
    LocalDate born,
    LocalDate died,
    Places.Place place,
    String mobilePhone,
    String employer,
    String emergencyContact,
    Care care,
    Story story) {

  boolean deceased() {
    return !died.equals(LocalDate.MAX);
  }

  /** The last day on which something can happen to the patient in this data. */
  LocalDate lastDay() {
    return deceased() ? died : ClinicGenerator.LAST_DAY;
  }
}
