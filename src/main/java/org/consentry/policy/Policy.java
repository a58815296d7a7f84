package org.consentry.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Job.LegalBasis;

/**
 * What a legal target demands. Immutable; safe for any number of threads. A policy proves that a
 * mapping does what the target lists; it does not prove that the released data identifies no
 * person.
 */
public interface Policy {

  /** The word after {@code target:}. */
  String target();

  /** What the codes of its own findings begin with, before {@code _}. */
  String shortWord();

  /** The codes of its own findings. */
  List<FindingCode> codes();

  /** The rule it enforces. */
  String citation();

  /** The legal bases that the target serves. */
  Set<LegalBasis> bases();

  /**
   * What a person confirms in the job's attestation, because no program can compute it: a sentence
   * for the message that it is missing. Empty when the target needs no attestation.
   */
  default Optional<String> attestation() {
    return Optional.empty();
  }

  /** Whether the reference date must be in the year of the release. */
  default boolean needsReferenceDateOfTheYear() {
    return false;
  }

  /** Checks a mapping; all findings at once. */
  PolicyReport check(PolicyInput input);
}
