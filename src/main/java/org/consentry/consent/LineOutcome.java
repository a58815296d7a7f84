package org.consentry.consent;

/** What became of a consent line. Every line read has exactly one outcome. */
public enum LineOutcome {
  /** The subjects table does not know the patient. */
  UNKNOWN_SUBJECT,
  /** Clearly a permit, but not readable: grants nothing. */
  BAD_PERMIT_ROW,
  /** Not readable and not clearly a permit: keeps the patient out. */
  BAD_RESTRICTION_ROW,
  DRAFT,
  INACTIVE,
  ENTERED_IN_ERROR,
  /** A permit signed or recorded after the moment of decision. */
  LATER_THAN_NOW,
  /** A permit whose id another line has too: grants nothing. */
  DUPLICATE_ID,
  /** A permit that failed a test. */
  PERMIT_FAILED,
  /** A permit that passed every test. */
  PERMIT_PASSED,
  /** A denial or withdrawal that applies to the request. */
  RESTRICTS,
  /** A denial or withdrawal about other purposes, studies or recipients. */
  RESTRICTS_ELSEWHERE,
  /** A denial or withdrawal whose first day is in the future. */
  RESTRICTS_LATER,
  /** A denial whose last day has passed. */
  RESTRICTED_EARLIER
}
