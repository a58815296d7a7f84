package org.consentry.config;

/** What happens to a source column without a rule. The strict choice is the default. */
public enum UnmappedColumns {
  /** The run stops. */
  STOP,
  /** The column is not released, and listed. */
  DROP
}
