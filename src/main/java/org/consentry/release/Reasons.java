package org.consentry.release;

import org.consentry.data.Exclusion;
import org.consentry.data.ExclusionGroup;
import org.consentry.data.RejectReason;

/** Why rows and persons are left out, in plain words for people who never saw the codes. */
final class Reasons {

  private Reasons() {}

  /** Words that complete: left out because ... */
  static String words(Exclusion reason) {
    return switch (reason) {
      case UNKNOWN_SUBJECT -> "the row names no known patient";
      case PATIENT_AMBIGUOUS -> "one id belongs to more than one person";
      case BAD_RESTRICTION_ROW -> "a restriction that may be this patient's could not be read";
      case NO_CONSENT -> "no consent on record";
      case REFUSED -> "consent refused";
      case EVIDENCE_MISSING -> "no evidence of the consent";
      case PURPOSE -> "consent is for other purposes";
      case STUDY -> "consent is for other studies";
      case RECIPIENT -> "consent is for other recipients";
      case NOT_YET_VALID -> "consent has not begun";
      case EXPIRED -> "consent has expired";
      case DUO_PERMISSION -> "the permission does not cover this use";
      case DUO_DISEASE -> "consent is limited to other diseases";
      case DUO_METHODS -> "no consent to research on methods";
      case DUO_NPU -> "consent to non-profit recipients only";
      case DUO_NCU -> "consent to non-commercial use only";
      case DUO_NPUNCU -> "consent to non-profit, non-commercial use only";
      case DUO_IRB -> "consent asks for approval by an ethics board";
      case DUO_TS -> "consent is limited in time";
      case DUO_GS -> "consent is limited to other countries";
      case DUO_IS -> "consent is limited to other institutions";
      case DUO_PS -> "consent is limited to other projects";
      case DUO_US -> "consent is limited to other users";
      case DUO_OBLIGATION -> "the consent's obligations are not accepted";
      case DUO_NEEDS_STEWARD -> "a steward has not decided on the consent's terms";
      case BIRTH_DATE_UNREADABLE -> "the birth date is missing or cannot be read";
      case MINOR -> "the consent of a minor is not enough";
      case WITHDRAWN -> "consent withdrawn";
      case DENIED -> "a denial covers the request";
      case NOT_IN_COHORT -> "not needed by the study";
      case CATEGORY -> "no consent to this kind of record";
      case RECORD_DATE -> "outside the dates the consent covers";
      case DENIED_CATEGORY -> "a denial covers this kind of record";
      case PARENT_EXCLUDED -> "belongs to a record that was left out";
      case SPAN_END -> "a shifted date is too near an end of the records";
      case NOT_ASKED -> "the request does not name the person";
      case RECORD_NOT_ASKED -> "the request does not ask for this kind of record or its dates";
      case SMALL_GROUP -> "too few people share what may be known of the person";
      case DECEASED -> "the person has died";
      case NOT_REACHABLE -> "no address of the channel that the person chose";
    };
  }

  /** Words that complete: left out because ... */
  static String words(ExclusionGroup group) {
    return switch (group) {
      case NOT_PERMITTED -> "consent does not permit it";
      case NOT_IN_COHORT -> "the study does not need it";
      case NOT_USABLE ->
          "it could not be read, belongs to no known patient, lacks the record it belongs to, is"
              + " too near an end of the records, too few people share it, or the person cannot be"
              + " contacted";
    };
  }

  /** Words that complete: could not be used because ... */
  static String words(RejectReason reason) {
    return switch (reason) {
      case TRUNCATED -> "the end of the file within the row";
      case RAGGED -> "more or fewer fields than the header";
      case ENCODING -> "not in the declared encoding";
      case NUL -> "a NUL byte in the record";
      case NO_KEY -> "an empty key";
      case INVALID_VALUE -> "a value that could not be taken";
    };
  }
}
