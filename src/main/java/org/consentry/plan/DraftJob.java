package org.consentry.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.config.CsvWords;
import org.consentry.config.Job.LegalBasis;
import org.consentry.connector.CsvFolderForm;
import org.consentry.data.EnumWord;
import org.consentry.data.Placeholder;
import org.consentry.plan.DraftMapping.Adults;
import org.consentry.plan.DraftMapping.Draft;
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
  private final Draft mapping;
  private final DraftText text = new DraftText();

  private DraftJob(LegalTarget target, Draft mapping) {
    this.target = target;
    this.mapping = mapping;
  }

  /**
   * How the tables are read.
   *
   * @param folder relative to the job's folder
   * @param form how each file is written
   */
  public record Files(String folder, CsvFolderForm form) {

    /** The files of a folder that was read; the usual way where none was. */
    public static Files of(String folder, Optional<CsvFolder> read) {
      return new Files(folder, read.map(CsvFolder::form).orElse(CsvFolderForm.RFC_4180));
    }

    /** The example lines of a draft, which are written as the files are. */
    public Consents example() {
      return new Consents("../consents.csv", csv(DraftConsents.form(form.usual())));
    }
  }

  /**
   * The file of consent lines.
   *
   * @param path relative to the job's folder
   * @param lines how it is written, as lines of the job; none for the documented way
   */
  public record Consents(String path, List<String> lines) {

    public Consents {
      lines = List.copyOf(lines);
    }
  }

  /** The targets that drafts are made for, the usual one first. */
  public static List<String> targets() {
    return Policies.SHIPPED.targets();
  }

  /**
   * Writes a draft for each target.
   *
   * @param source how the tables are read
   * @param consent the file of consent lines
   * @param mapping what it releases
   * @return YAML with a final newline, by the word of the target
   */
  public static Map<String, String> all(Files source, Consents consent, Draft mapping) {
    Map<String, String> drafts = new LinkedHashMap<>();
    for (LegalTarget target : Policies.SHIPPED.legalTargets()) {
      drafts.put(target.word(), new DraftJob(target, mapping).draft(source, consent));
    }
    return Collections.unmodifiableMap(drafts);
  }

  private String draft(Files source, Consents consent) {
    text.line(0, "# yaml-language-server: $schema=job.schema.json");
    text.line(
        0,
        "# A first draft for "
            + target.word()
            + ". Replace every <...> by your words, then see consentry validate.");
    text.line(0, "job: " + target.word());
    text.line(0, "study:");
    fill(1, "id", "id of this study, which consent lines name, such as STUDY-" + number());
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
    source.form().inWords().forEach(line -> text.line(1, "# see that it is so: " + line));
    List<String> usual = csv(source.form().usual());
    (usual.isEmpty() ? List.of("encoding: utf-8") : usual).forEach(line -> text.line(1, line));
    if (!source.form().others().isEmpty()) {
      text.line(1, "files:");
      source
          .form()
          .others()
          .forEach(
              (table, words) -> {
                text.line(2, DraftText.word(table) + ":");
                text.line(3, "encoding: " + words.encoding().word());
                text.line(3, "delimiter: " + DraftText.word(words.delimiterWord()));
              });
    }
    text.line(0, "consent:");
    text.line(1, "type: csv");
    text.line(1, "path: " + DraftText.word(consent.path()));
    consent.lines().forEach(line -> text.line(1, line));
    if (mapping.adults() == Adults.BY_STATEMENT) {
      text.line(1, "adultsOnly:  # the source does not show who was of age at a signature");
      fill(2, "text", "statement that every patient is an adult, and was at each signature");
      fill(2, "by", "person who states it");
      fill(2, "on", "day of the statement" + DAY);
    }
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

  /** The keys of a file that is not written the usual way. */
  static List<String> csv(CsvWords words) {
    List<String> lines = new ArrayList<>();
    if (words.encoding() != CsvWords.RFC_4180.encoding()) {
      lines.add("encoding: " + words.encoding().word());
    }
    if (words.delimiter().isPresent()) {
      lines.add("delimiter: " + DraftText.word(words.delimiterWord()));
    }
    return lines;
  }

  /** Each draft is of another study: jobs of one study have the same codes and mapping versions. */
  private int number() {
    return Policies.SHIPPED.targets().indexOf(target.word()) + 1;
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
      List<String> identity = mapping.identity();
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
