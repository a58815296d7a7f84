package org.consentry.plan;

import org.consentry.policy.Policies;

/**
 * The first draft of a job. It refuses to run unchanged: the attestation of Safe Harbor is missing,
 * and the mapping it names releases nothing.
 */
public final class DraftJob {

  private DraftJob() {}

  /**
   * Writes the draft.
   *
   * @param source the folder of the tables, relative to the job's folder
   * @param consent the file of consent lines, relative to the job's folder
   * @return YAML, with a final newline
   */
  public static String of(String source, String consent) {
    return """
    # yaml-language-server: $schema=job.schema.json
    # A first draft. Write your own study, recipient, agreements and approvals; then see consentry validate.
    job: first
    study:
      id: STUDY-1
      title: the title the board approved
      purpose: CLINTRCH           # HL7 v3 PurposeOfUse
      state: open
      # board: {name: ..., protocol: ..., approvedOn: 2026-01-01, expiresOn: 2026-12-31}
    recipient: {id: recipient-1, name: who receives the data, organization: where they work}
    requestedBy: who asks for the release
    legalBasis: de-identified     # authorization | waiver | limited-data-set | de-identified | gdpr-consent
    target: safe-harbor           # TARGETS
    # Safe Harbor needs the word of a person, 45 CFR 164.514(b)(2)(ii):
    # attestation: {text: no actual knowledge ..., by: privacy officer, on: 2026-01-01}
    # zone: America/Phoenix       # the time zone of the clinic: no run begins without one, here or in the state folder
    source: {type: csv, path: SOURCE, encoding: utf-8}
    consent: {type: csv, path: CONSENT}
    mapping: ../mappings/first.yaml
    scan: {identifiers: source, patterns: us, onFinding: block}   # searches the finished files before publication
    output: {format: parquet, directory: ../releases}
    keys: {study: "file:../keys/first.key", signing: "file:../keys/manifest-signing.pem"}
    """
        .replace("TARGETS", String.join(" | ", Policies.SHIPPED.targets()))
        .replace("SOURCE", DraftMapping.word(source))
        .replace("CONSENT", DraftMapping.word(consent));
  }
}
