package org.consentry.data;

/**
 * Why a row, or a whole subject, is left out. One reason a row: the first that applies. The order
 * is the order of the tests (consent procedure steps 0 to 5, then cohort, record level, risk and
 * whether a person can be contacted).
 */
public enum Exclusion {
  /** The row names no subject that the subjects table knows. */
  UNKNOWN_SUBJECT(1),
  /** Two raw ids meet under one normalised id, or an id describes two persons. */
  PATIENT_AMBIGUOUS(2),
  /** A restriction that may be about this subject could not be read, or not its id. */
  BAD_RESTRICTION_ROW(3),
  NO_CONSENT(4),
  REFUSED(5),
  EVIDENCE_MISSING(6),
  PURPOSE(7),
  STUDY(8),
  RECIPIENT(9),
  NOT_YET_VALID(10),
  EXPIRED(11),
  /** The permission (general, health, disease, ancestry) does not cover the request. */
  DUO_PERMISSION(12),
  DUO_DISEASE(13),
  DUO_METHODS(14),
  DUO_NPU(15),
  DUO_NCU(16),
  DUO_NPUNCU(17),
  DUO_IRB(18),
  DUO_TS(19),
  DUO_GS(20),
  DUO_IS(21),
  DUO_PS(22),
  DUO_US(23),
  DUO_OBLIGATION(24),
  DUO_NEEDS_STEWARD(25),
  /** It is not known who had to sign: the birth date is missing, unreadable or still to come. */
  BIRTH_DATE_UNREADABLE(26),
  MINOR(27),
  WITHDRAWN(28),
  DENIED(29),
  /** The subject may be released but the study does not need it (minimum necessary). */
  NOT_IN_COHORT(30),
  /** No single permit grants the record's category. */
  CATEGORY(31),
  /** No single permit's data window contains every record date. */
  RECORD_DATE(32),
  /** A restriction covers the record's category and dates. */
  DENIED_CATEGORY(33),
  /** The row refers to a row that is not released. */
  PARENT_EXCLUDED(34),
  /** A shifted date of the row is so near an end of the records that it would narrow the shift. */
  SPAN_END(35),
  /** Too few released subjects share what an adversary may know of the subject. */
  SMALL_GROUP(36),
  /** The person has died, and a contact list names the living. */
  DECEASED(37),
  /** The person chose no channel, one that is not known, or one without an address. */
  NOT_REACHABLE(38),
  /** No line of the request asks for the subject. */
  NOT_ASKED(39),
  /** No line of the request asks for the record's category and dates. */
  RECORD_NOT_ASKED(40);

  private static final Exclusion[] ALL = values();

  private final byte code;

  Exclusion(int code) {
    this.code = (byte) code;
  }

  /** Returns 1 to 127; 0 is free to mean "not excluded" in flat arrays. */
  public byte code() {
    return code;
  }

  /** The group under which a recipient sees it. */
  public ExclusionGroup group() {
    return switch (this) {
      case UNKNOWN_SUBJECT,
          PATIENT_AMBIGUOUS,
          PARENT_EXCLUDED,
          SPAN_END,
          SMALL_GROUP,
          DECEASED,
          NOT_REACHABLE ->
          ExclusionGroup.NOT_USABLE;
      case NOT_IN_COHORT, NOT_ASKED, RECORD_NOT_ASKED -> ExclusionGroup.NOT_IN_COHORT;
      case BAD_RESTRICTION_ROW,
          NO_CONSENT,
          REFUSED,
          EVIDENCE_MISSING,
          PURPOSE,
          STUDY,
          RECIPIENT,
          NOT_YET_VALID,
          EXPIRED,
          DUO_PERMISSION,
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
          DUO_NEEDS_STEWARD,
          BIRTH_DATE_UNREADABLE,
          MINOR,
          WITHDRAWN,
          DENIED,
          CATEGORY,
          RECORD_DATE,
          DENIED_CATEGORY ->
          ExclusionGroup.NOT_PERMITTED;
    };
  }

  /**
   * The reverse of {@link #code()}.
   *
   * @throws IllegalArgumentException when no reason has that code
   */
  public static Exclusion ofCode(int code) {
    if (code < 1 || code > ALL.length) {
      throw new IllegalArgumentException("no exclusion has code " + code);
    }
    return ALL[code - 1]; // codes are numbered in order, which a test checks
  }
}
