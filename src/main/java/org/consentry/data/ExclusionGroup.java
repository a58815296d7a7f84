package org.consentry.data;

import java.util.Locale;

/**
 * Why something is left out, as coarsely as a recipient is informed: the exact reasons stay in the
 * clinic.
 */
public enum ExclusionGroup {
  /** Consent or another rule of the clinic does not permit it. */
  NOT_PERMITTED,
  /** It may be released but the study does not need it. */
  NOT_IN_COHORT,
  /**
   * It could not be read, belongs to no known patient, lacks the record it belongs to, would narrow
   * a secret shift of dates, too few people share it, or the person cannot be contacted.
   */
  NOT_USABLE;

  /** The group for people, such as {@code not in cohort}. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
