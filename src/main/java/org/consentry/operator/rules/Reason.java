package org.consentry.operator.rules;

/** Why a line is INDETERMINATE, finer than the basis where an input is to blame. */
public enum Reason {
  /** No single input is to blame: the basis is the reason. */
  BY_RULE,
  /** There is no procedure code. */
  PROCEDURE_MISSING,
  /** The text has not the form of a CPT or HCPCS code. */
  PROCEDURE_UNREADABLE,
  /** The code was retired and means nothing now. */
  PROCEDURE_RETIRED,
  /** The code is in none of the rule set's procedure sets. */
  PROCEDURE_UNKNOWN,
  /** There is no diagnosis code. */
  DIAGNOSIS_MISSING,
  /** A diagnosis code has not the form of an ICD-10-CM code, and the label hangs on it. */
  DIAGNOSIS_UNREADABLE,
  /** The state is missing or none, and the label hangs on it. */
  STATE_UNKNOWN,
  /** The benefits language is missing or undeclared, and the label hangs on it. */
  BENEFITS_UNKNOWN
}
