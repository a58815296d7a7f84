package org.consentry.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.consentry.config.Job.LegalBasis;
import org.consentry.data.EnumWord;
import org.consentry.data.Placeholder;
import org.consentry.policy.Authority;
import org.consentry.policy.LegalTarget;
import org.consentry.policy.Policies;

/**
 * The first draft of a job for each legal target. Whatever a person must decide or state is a
 * placeholder, so that it is refused as it is.
 */
public final class DraftJob {

  private static final String DAY = ", such as 2026-01-31";

  /** The legal basis that a draft names, the first that the target serves. */
  private static final List<LegalBasis> PREFERRED =
      List.of(
          LegalBasis.DE_IDENTIFIED,
          LegalBasis.LIMITED_DATA_SET,
          LegalBasis.GDPR_CONSENT,
          LegalBasis.AUTHORIZATION,
          LegalBasis.WAIVER);

  private final LegalTarget target;
  private final List<String> identity;
  private final DraftText text = new DraftText();

  private DraftJob(LegalTarget target, List<String> identity) {
    this.target = target;
    this.identity = identity;
  }

  /**
   * How the tables are read.
   *
   * @param folder relative to the job's folder
   * @param delimiter what separates fields, or the word {@code tab}
   * @param encoding the word of an encoding
   */
  public record Files(String folder, String delimiter, String encoding) {}

  /** The targets that drafts are made for, the usual one first. */
  public static List<String> targets() {
    return Policies.SHIPPED.targets();
  }

  /**
   * Writes a draft for each target.
   *
   * @param source how the tables are read
   * @param consent the file of consent lines, relative to the job's folder
   * @param identity released columns that an adversary may know of anyone
   * @return YAML with a final newline, by the word of the target
   */
  public static Map<String, String> all(Files source, String consent, List<String> identity) {
    Map<String, String> drafts = new LinkedHashMap<>();
    for (LegalTarget target : Policies.SHIPPED.legalTargets()) {
      drafts.put(target.word(), new DraftJob(target, identity).draft(source, consent));
    }
    return Collections.unmodifiableMap(drafts);
  }

  private String draft(Files source, String consent) {
    text.line(0, "# yaml-language-server: $schema=job.schema.json");
    text.line(
        0,
        "# A first draft for "
            + target.word()
            + ". Replace every <...> by your words, then see consentry validate.");
    text.line(0, "job: " + target.word());
    text.line(0, "study:");
    fill(1, "id", "id of the study that consent lines name, such as STUDY-1");
    fill(1, "title", "title that the board approved");
    fill(1, "purpose", "HL7 v3 PurposeOfUse of the study, such as CLINTRCH");
    text.line(1, "state: open");
    LegalBasis basis =
        PREFERRED.stream().filter(target.bases()::contains).findFirst().orElseThrow();
    boolean isAccounted = Authority.isAccounted(basis);
    if (isAccounted) {
      fill(1, "description", "what the study is for and whose records it takes, for patients");
      text.line(1, "sponsor:  # for the accounting of disclosures, as address and phone below");
      fill(2, "name", "who pays for the study");
      fill(2, "address", "postal address of the sponsor");
      fill(2, "phone", "telephone of the sponsor");
    }
    text.line(0, "recipient:");
    fill(1, "id", "id of the recipient that consent lines name, such as university-1");
    fill(1, "name", "person who answers for the data");
    fill(1, "organization", "organization that receives the data");
    if (isAccounted) {
      fill(1, "address", "postal address of the recipient");
      fill(1, "phone", "telephone of the recipient");
    }
    text.line(1, "# address, country, profit and use: consents that ask for them fail without");
    fill(0, "requestedBy", "who asks for the release");
    law(basis);
    text.line(0, "# no run begins without the clinic's time zone, here or in the state folder");
    fill(0, "zone", "time zone of the clinic, such as America/Phoenix");
    text.line(0, "source:");
    text.line(1, "type: csv");
    text.line(1, "path: " + DraftText.word(source.folder()));
    text.line(1, "encoding: " + source.encoding());
    if (!source.delimiter().equals(",")) {
      text.line(1, "delimiter: " + DraftText.word(source.delimiter()));
    }
    text.line(0, "consent:");
    text.line(1, "type: csv");
    text.line(1, "path: " + DraftText.word(consent));
    text.line(0, "mapping: ../mappings/first.yaml");
    risk();
    text.line(0, "scan:  # searches the finished files before publication");
    text.line(1, "identifiers: source");
    text.line(1, "patterns: us");
    text.line(1, "onFinding: block");
    text.line(0, "output:");
    text.line(1, "format: parquet");
    text.line(1, "directory: ../releases");
    text.line(0, "keys:");
    text.line(1, "study: \"file:../keys/" + target.word() + ".key\"");
    text.line(1, "signing: \"file:../keys/manifest-signing.pem\"");
    return text.toString();
  }

  /** Legal basis and target, and what a person states or signs for them. */
  private void law(LegalBasis basis) {
    List<String> others =
        Stream.of(LegalBasis.values())
            .filter(each -> each != basis && target.bases().contains(each))
            .map(EnumWord::of)
            .toList();
    text.line(
        0,
        "legalBasis: "
            + EnumWord.of(basis)
            + DraftText.remark(others.isEmpty() ? "" : "or " + String.join(", ", others)));
    text.line(0, "target: " + target.word() + DraftText.remark(target.citation()));
    if (target.attestation().isPresent()) {
      text.line(0, "attestation:  # " + target.attestation().get());
      fill(1, "text", "what is attested");
      fill(1, "by", "person who attests it");
      fill(1, "on", "day of the attestation" + DAY);
    }
    if (basis == LegalBasis.LIMITED_DATA_SET) {
      agreement();
    }
  }

  private void agreement() {
    text.line(0, "agreement:  # the data use agreement, 45 CFR 164.514(e)(4)");
    fill(1, "id", "the clinic's number of the agreement");
    fill(1, "signedOn", "day of the last signature" + DAY);
    fill(1, "expiresOn", "last valid day, such as 2039-12-31");
    text.line(1, "permittedUses:");
    text.line(2, "- " + Placeholder.of("what the recipient may do with the data"));
    text.line(1, "permittedUsers:");
    text.line(2, "- " + Placeholder.of("who may use or receive it"));
  }

  private void risk() {
    if (target.risk() == LegalTarget.Risk.MUST_BE_MEASURED) {
      text.line(0, "risk:  # what an adversary may know of anyone; at least 11 people share it");
      text.line(1, "identity:");
      if (identity.isEmpty()) {
        text.line(2, "- " + Placeholder.of("released column, such as patients.birth_year"));
      }
      identity.forEach(column -> text.line(2, "- " + DraftText.word(column)));
      text.line(1, "onViolation: block");
    }
  }

  private void fill(int depth, String key, String meaning) {
    text.line(depth, key + ": " + Placeholder.of(meaning));
  }
}
