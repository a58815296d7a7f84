package org.consentry.policy;

import java.util.Optional;

/** What a column seems to contain, by its name or by the mapping. */
enum ColumnKind {
  NAME(Identifier.NAMES),
  EMPLOYER(Identifier.NAMES),
  STREET(Identifier.GEOGRAPHY),
  TOWN(Identifier.GEOGRAPHY),
  AREA(Identifier.GEOGRAPHY),
  ZIP(Identifier.GEOGRAPHY),
  BIRTH(Identifier.DATES),
  DATE(Identifier.DATES),
  AGE(Identifier.DATES),
  TELEPHONE(Identifier.TELEPHONE),
  FAX(Identifier.FAX),
  EMAIL(Identifier.EMAIL),
  SOCIAL_SECURITY(Identifier.SOCIAL_SECURITY),
  MEDICAL_RECORD(Identifier.MEDICAL_RECORD),
  HEALTH_PLAN(Identifier.HEALTH_PLAN),
  ACCOUNT(Identifier.ACCOUNT),
  LICENSE(Identifier.LICENSE),
  VEHICLE(Identifier.VEHICLE),
  DEVICE(Identifier.DEVICE),
  URL(Identifier.URL),
  IP(Identifier.IP),
  BIOMETRIC(Identifier.BIOMETRIC),
  PHOTOGRAPH(Identifier.PHOTOGRAPH),
  OTHER_NUMBER(Identifier.OTHER),
  FREE_TEXT,
  PROVIDER,
  OCCUPATION,
  NOTHING_KNOWN;

  private final Optional<Identifier> identifier;

  ColumnKind() {
    this.identifier = Optional.empty();
  }

  ColumnKind(Identifier identifier) {
    this.identifier = Optional.of(identifier);
  }

  /** The Safe Harbor identifier it is. */
  Optional<Identifier> identifier() {
    return identifier;
  }

  /** Whether it is an identifier by itself, as opposed to a date or a place. */
  boolean isDirect() {
    return switch (this) {
      case NAME,
          EMPLOYER,
          STREET,
          TELEPHONE,
          FAX,
          EMAIL,
          SOCIAL_SECURITY,
          MEDICAL_RECORD,
          HEALTH_PLAN,
          ACCOUNT,
          LICENSE,
          VEHICLE,
          DEVICE,
          URL,
          IP,
          BIOMETRIC,
          PHOTOGRAPH,
          OTHER_NUMBER ->
          true;
      case TOWN, AREA, ZIP, BIRTH, DATE, AGE, FREE_TEXT, PROVIDER, OCCUPATION, NOTHING_KNOWN ->
          false;
    };
  }
}
