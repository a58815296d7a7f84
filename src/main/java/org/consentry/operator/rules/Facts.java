package org.consentry.operator.rules;

import org.consentry.operator.Answer;

/**
 * What is known of one row, in the bits of one compiled table. Written again for every row by one
 * thread; tests only read it.
 */
final class Facts {

  /** The number of no state and no language. */
  public static final int UNKNOWN = -1;

  /** What is known of the procedure code. */
  public enum Procedure {
    MISSING,
    UNREADABLE,
    RETIRED,
    UNKNOWN,
    KNOWN
  }

  /** What is known of the diagnosis codes. */
  public enum Diagnoses {
    /** There is none. */
    MISSING,
    /** None can be read. */
    UNREADABLE,
    /** Some can be read and some cannot. */
    PARTLY,
    /** All can be read. */
    KNOWN
  }

  public Procedure procedure = Procedure.MISSING;
  public long procedureBits;
  public Diagnoses diagnoses = Diagnoses.MISSING;
  public long diagnosisBits;
  public Functional functional = Functional.UNKNOWN;
  public int state = UNKNOWN;
  public int language = UNKNOWN;

  /** Whether the procedure code is in one of the sets. */
  Answer procedureIn(long bits) {
    return switch (procedure) {
      case MISSING, UNREADABLE -> Answer.UNKNOWN;
      case RETIRED, UNKNOWN -> Answer.NO;
      case KNOWN -> Answer.of((procedureBits & bits) != 0);
    };
  }

  /** Whether a diagnosis code is in one of the sets. One that cannot be read may be. */
  Answer diagnosisIn(long bits) {
    if ((diagnosisBits & bits) != 0) {
      return Answer.YES;
    }
    return diagnoses == Diagnoses.KNOWN ? Answer.NO : Answer.UNKNOWN;
  }

  /** Whether the state is one of some, by their numbers. */
  Answer stateIn(long bits) {
    return in(state, bits);
  }

  /** Whether the benefits language is one of some, by their numbers. */
  Answer languageIn(long bits) {
    return in(language, bits);
  }

  private static Answer in(int number, long bits) {
    return number == UNKNOWN ? Answer.UNKNOWN : Answer.of(((bits >> number) & 1) != 0);
  }

  /** Whether no diagnosis code can be read. */
  boolean hasNoDiagnosis() {
    return diagnoses == Diagnoses.MISSING || diagnoses == Diagnoses.UNREADABLE;
  }

  /** Why a row without a rule of its own has no label: the procedure first, then the diagnoses. */
  Reason missingReason() {
    if (procedure != Procedure.KNOWN) {
      return procedureReason();
    }
    return hasNoDiagnosis() ? diagnosisReason() : Reason.BY_RULE;
  }

  /** Why the procedure is of no use. */
  Reason procedureReason() {
    return switch (procedure) {
      case MISSING -> Reason.PROCEDURE_MISSING;
      case UNREADABLE -> Reason.PROCEDURE_UNREADABLE;
      case RETIRED -> Reason.PROCEDURE_RETIRED;
      case UNKNOWN -> Reason.PROCEDURE_UNKNOWN;
      case KNOWN -> Reason.BY_RULE;
    };
  }

  /** Why the diagnoses are of no use, or not all of them. */
  Reason diagnosisReason() {
    return switch (diagnoses) {
      case MISSING -> Reason.DIAGNOSIS_MISSING;
      case UNREADABLE, PARTLY -> Reason.DIAGNOSIS_UNREADABLE;
      case KNOWN -> Reason.BY_RULE;
    };
  }
}
