package org.consentry.consent;

import java.util.Locale;

/** The columns of a file of consent lines, in the order in which they are documented. */
enum ConsentColumn {
  LINE_ID,
  PATIENT_ID,
  DECISION,
  STATUS,
  SIGNED_AT,
  RECORDED_AT,
  VALID_FROM,
  VALID_TO,
  EXPIRY_EVENT,
  LEGAL_BASIS,
  FORM_ID,
  FORM_VERSION,
  EVIDENCE_SHA256,
  SIGNER_ROLE,
  SIGNER_AUTHORITY,
  ASSENT,
  PURPOSES,
  DUO,
  STUDIES,
  RECIPIENTS,
  DATA_FROM,
  DATA_TO,
  CATEGORIES_IN,
  CATEGORIES_EX,
  REVOKES,
  SUPERSEDES,
  JURISDICTION,
  SOURCE;

  private final String header = name().toLowerCase(Locale.ROOT);

  /** The name in the header of the file. */
  String header() {
    return header;
  }
}
