package org.consentry.consent;

/** The tests a permit must pass, in their order. The first that fails decides. */
public enum ConsentTest {
  /** Signed, with evidence, by the patient or somebody with authority. */
  EVIDENCE,
  /** The purpose is permitted, or one above it. */
  PURPOSE,
  STUDY,
  RECIPIENT,
  /** The first day has come. */
  STARTED,
  /** The last day has not passed and no event ended it. */
  NOT_EXPIRED,
  /** The data use terms hold. */
  DUO,
  /** Signed by the right person for the patient's age. */
  MINOR,
  NOT_WITHDRAWN,
  NOT_DENIED
}
