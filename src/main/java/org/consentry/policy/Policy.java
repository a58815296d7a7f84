package org.consentry.policy;

/**
 * What a legal target demands. Immutable; safe for any number of threads. A policy proves that a
 * mapping does what the target lists; it does not prove that the released data identifies nobody.
 */
public interface Policy {

  /** The word after {@code target:}. */
  String target();

  /** What the codes of its own findings begin with, before {@code _}. */
  String shortWord();

  /** The rule it enforces. */
  String citation();

  /** Judges a mapping; all findings at once. */
  PolicyReport check(PolicyInput input);
}
