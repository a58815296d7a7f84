package org.consentry.data;

/** What happens to a value an operator cannot take. The strict choice is the default. */
public enum OnInvalid {
  /** The run stops. */
  STOP,
  /** The released cell is missing, and counted. */
  BLANK,
  /** The whole row is rejected, and counted. */
  REJECT_ROW
}
