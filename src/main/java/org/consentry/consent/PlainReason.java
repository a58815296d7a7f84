package org.consentry.consent;

import org.consentry.data.Exclusion;

/** Why a patient or a record is excluded, and what would change it, in sentences to read aloud. */
final class PlainReason {

  private PlainReason() {}

  /** One sentence: why. */
  static String why(Exclusion reason) {
    return switch (reason) {
      case UNKNOWN_SUBJECT -> "The row belongs to no patient of the patient list.";
      case PATIENT_AMBIGUOUS -> "The patient list has more than one person under this id.";
      case BAD_RESTRICTION_ROW ->
          "A denial or withdrawal that may be this patient's cannot be read, so no permission"
              + " counts.";
      case NO_CONSENT -> "There is no consent of this patient on record that counts.";
      case REFUSED -> "The patient was asked and refused to sign.";
      case EVIDENCE_MISSING ->
          "There is no proof of the signature: its date, the signed form or the right to sign for"
              + " the patient is missing.";
      case PURPOSE -> "The patient permits other purposes, not the one that was asked.";
      case STUDY -> "The patient permits other studies, not this one.";
      case RECIPIENT -> "The patient permits other recipients, not this one.";
      case NOT_YET_VALID -> "The consent begins on a later day.";
      case EXPIRED -> "The consent has ended.";
      case DUO_PERMISSION -> "The kind of research that the patient permits is another.";
      case DUO_DISEASE -> "The patient permits research on certain diseases only, not on this one.";
      case DUO_METHODS -> "The patient does not permit research on methods.";
      case DUO_NPU -> "The patient permits non-profit organizations only.";
      case DUO_NCU -> "The patient permits non-commercial use only.";
      case DUO_NPUNCU ->
          "The patient permits non-profit organizations and non-commercial use only.";
      case DUO_IRB -> "The patient asks for an ethics board's approval, and none is valid.";
      case DUO_TS -> "The time for which the patient permits the use is over.";
      case DUO_GS -> "The patient permits recipients in certain countries only.";
      case DUO_IS -> "The patient permits certain institutions only.";
      case DUO_PS -> "The patient permits certain projects only.";
      case DUO_US -> "The patient permits certain users only.";
      case DUO_OBLIGATION -> "The recipient has not promised what the patient asks for.";
      case DUO_NEEDS_STEWARD ->
          "The consent has a term that a person must judge, which has not been done.";
      case BIRTH_DATE_UNREADABLE ->
          "The birth date is missing or not readable, so it is not known who had to sign.";
      case MINOR ->
          "The wrong person signed for the patient's age: a child needs a parent or guardian, and"
              + " from a certain age agrees too; an adult signs alone.";
      case WITHDRAWN -> "The patient withdrew the consent.";
      case DENIED -> "The patient denied this use.";
      case NOT_IN_COHORT -> "The study does not need this patient's records.";
      case CATEGORY -> "The patient does not permit this kind of record.";
      case RECORD_DATE -> "The record is outside the dates that the patient permits.";
      case DENIED_CATEGORY -> "The patient denied this kind of record.";
      case PARENT_EXCLUDED -> "The record refers to another record that is not released.";
      case SPAN_END ->
          "The record is so near an end of the records that its shifted date would"
              + " show the true one.";
      case NOT_ASKED -> "No line of the request names the patient.";
      case RECORD_NOT_ASKED ->
          "No line of the request asks for this kind of record and all of its dates.";
      case SMALL_GROUP -> "Too few patients share what may be known of this one.";
      case DECEASED -> "The patient has died, and a contact list names the living.";
      case NOT_REACHABLE ->
          "The patient chose no way to be contacted, or its address is not on record.";
    };
  }

  /** One sentence: what would have to be different for a release. */
  static String change(Exclusion reason) {
    return switch (reason) {
      case UNKNOWN_SUBJECT -> "The clinic would have to correct the row or the patient list.";
      case PATIENT_AMBIGUOUS -> "The clinic would have to give each person an id of their own.";
      case BAD_RESTRICTION_ROW -> "The clinic would have to correct the line named below.";
      case NO_CONSENT, REFUSED -> "The patient would have to sign a consent.";
      case EVIDENCE_MISSING -> "The clinic would have to add what is missing to the consent line.";
      case PURPOSE -> "The patient would have to permit this purpose, or the study change its own.";
      case STUDY -> "The patient would have to permit this study.";
      case RECIPIENT -> "The patient would have to permit this recipient.";
      case NOT_YET_VALID -> "Nothing until the first day of the consent has come.";
      case EXPIRED, DUO_TS -> "The patient would have to sign a new consent.";
      case DUO_PERMISSION, DUO_DISEASE, DUO_METHODS, DUO_PS ->
          "The patient would have to permit this research.";
      case DUO_NPU, DUO_NCU, DUO_NPUNCU, DUO_GS, DUO_IS, DUO_US ->
          "Another recipient would have to be asked for, or the patient permit this one.";
      case DUO_IRB -> "An ethics board would have to approve the study.";
      case DUO_OBLIGATION -> "The recipient would have to promise it in the agreement.";
      case DUO_NEEDS_STEWARD -> "The data steward would have to decide on the term.";
      case BIRTH_DATE_UNREADABLE -> "The clinic would have to correct the birth date.";
      case MINOR ->
          "The right person would have to sign: parent or guardian, or the adult patient.";
      case WITHDRAWN -> "The patient would have to sign a new consent after the withdrawal.";
      case DENIED -> "The patient would have to take the denial back.";
      case NOT_IN_COHORT -> "Nothing that the patient decides: the study chooses whom it needs.";
      case CATEGORY -> "The patient would have to permit this kind of record.";
      case RECORD_DATE -> "The patient would have to permit records of these dates.";
      case DENIED_CATEGORY -> "The patient would have to take the denial of this kind back.";
      case PARENT_EXCLUDED -> "The record that it refers to would have to be permitted too.";
      case SPAN_END -> "Nothing that the patient decides: the rule protects the dates.";
      case NOT_ASKED, RECORD_NOT_ASKED ->
          "Nothing that the patient decides: only what is asked for may leave.";
      case SMALL_GROUP -> "Nothing that the patient decides: the rule protects rare patients.";
      case DECEASED -> "Nothing, unless the date of death is a mistake.";
      case NOT_REACHABLE ->
          "The patient would have to choose a channel, and the clinic note its address.";
    };
  }
}
