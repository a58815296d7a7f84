package org.consentry.consent;

import org.consentry.data.Exclusion;

/** The tests a permit must pass, in their order. The first that fails decides. */
public enum PermitCheck {
  /** Signed, with evidence, by the patient or a person with authority. */
  EVIDENCE,
  /** The purpose is permitted, or one above it. */
  PURPOSE,
  STUDY,
  RECIPIENT,
  /** The first day has come. */
  STARTED,
  /** The last day has not passed and no event ended it. */
  NOT_EXPIRED,
  /** The data use terms are met. */
  DUO,
  /** Signed by the right person for the patient's age. */
  MINOR,
  NOT_WITHDRAWN,
  NOT_DENIED;

  /**
   * The test which a permit fails for this reason.
   *
   * @throws IllegalArgumentException when it is no reason of a permit
   */
  static PermitCheck of(Exclusion reason) {
    return switch (reason) {
      case EVIDENCE_MISSING -> EVIDENCE;
      case PURPOSE -> PURPOSE;
      case STUDY -> STUDY;
      case RECIPIENT -> RECIPIENT;
      case NOT_YET_VALID -> STARTED;
      case EXPIRED -> NOT_EXPIRED;
      case BIRTH_DATE_UNREADABLE, MINOR -> MINOR;
      case WITHDRAWN -> NOT_WITHDRAWN;
      case DENIED -> NOT_DENIED;
      case DUO_PERMISSION,
          DUO_DISEASE,
          DUO_METHODS,
          DUO_NPU,
          DUO_NCU,
          DUO_NPUNCU,
          DUO_IRB,
          DUO_TS,
          DUO_GS,
          DUO_IS,
          DUO_PS,
          DUO_US,
          DUO_OBLIGATION,
          DUO_NEEDS_STEWARD ->
          DUO;
      case UNKNOWN_SUBJECT,
          PATIENT_AMBIGUOUS,
          BAD_RESTRICTION_ROW,
          NO_CONSENT,
          REFUSED,
          NOT_IN_COHORT,
          CATEGORY,
          RECORD_DATE,
          DENIED_CATEGORY,
          PARENT_EXCLUDED,
          SPAN_END,
          SMALL_GROUP,
          DECEASED,
          NOT_REACHABLE,
          NOT_ASKED,
          RECORD_NOT_ASKED ->
          throw new IllegalArgumentException(reason + " is no reason of a permit");
    };
  }
}
