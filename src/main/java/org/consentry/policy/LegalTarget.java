package org.consentry.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Job.LegalBasis;
import org.consentry.config.JobKind;
import org.consentry.data.ReleaseDetail;

/**
 * What a job needs to know about a legal target.
 *
 * @param word the word after {@code target:}
 * @param shortWord what the codes of its own findings begin with, before {@code _}
 * @param citation the rule it enforces
 * @param bases the legal bases it serves
 * @param attestation what a person confirms, because no program can compute it: a sentence for the
 *     message that the attestation is missing; empty when none is needed
 * @param reference which reference dates it allows
 * @param risk whether a job must have the risk of re-identification measured
 * @param detail how finely dates and places may be released
 * @param codes its own findings
 */
public record LegalTarget(
    String word,
    String shortWord,
    String citation,
    Set<LegalBasis> bases,
    Optional<String> attestation,
    Reference reference,
    Risk risk,
    ReleaseDetail detail,
    List<FindingCode> codes) {

  /** Reference dates of ages and buckets. */
  public enum Reference {
    ANY_DATE,
    /** Ages over 89 are one category by the year of the release. */
    YEAR_OF_RELEASE
  }

  /** Whether the risk of re-identification is measured. */
  public enum Risk {
    /** The rule lists what is removed; a job may measure besides. */
    MAY_BE_MEASURED,
    /** The rule is a very small risk. */
    MUST_BE_MEASURED
  }

  /** Whether data released under it counts as that of no person. */
  public boolean deidentifies() {
    return bases.contains(LegalBasis.DE_IDENTIFIED);
  }

  /** Whether a job of research may name it; the other kinds have targets of their own. */
  public boolean servesResearch() {
    return bases.stream().anyMatch(basis -> basis.kind() == JobKind.RESEARCH);
  }

  public LegalTarget {
    bases = Set.copyOf(bases);
    codes = List.copyOf(codes);
  }
}
