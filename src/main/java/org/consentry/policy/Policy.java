package org.consentry.policy;

/**
 * What a legal target demands. Immutable; safe for any number of threads. A policy proves that a
 * mapping does what the target lists; it does not prove that the released data identifies no
 * person.
 */
public interface Policy {

  /** The target it enforces. */
  LegalTarget target();

  /** Checks a mapping; all findings at once. */
  PolicyReport check(PolicyInput input);
}
