package org.consentry.problem;

/** How much a problem weighs: an error refuses, a warning is reported. */
public enum Severity {
  ERROR,
  WARNING
}
