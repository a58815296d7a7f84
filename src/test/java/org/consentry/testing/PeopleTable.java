package org.consentry.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.consentry.keys.SigningKey;
import org.consentry.keys.StudyKey;

/** A clinic of one table of people who permit everything, and a job for an expert. */
public final class PeopleTable {

  private static final String CONSENTS =
      "line_id,patient_id,decision,status,signed_at,recorded_at,valid_from,valid_to,expiry_event,"
          + "legal_basis,form_id,form_version,evidence_sha256,signer_role,signer_authority,assent,"
          + "purposes,duo,studies,recipients,data_from,data_to,categories_in,categories_ex,revokes,"
          + "supersedes,jurisdiction,source";

  private final Path root;
  private final Map<String, String> rules = new LinkedHashMap<>();

  /** A clinic in an empty folder, with keys. */
  public PeopleTable(Path root) {
    this.root = root;
    StudyKey.generate().writeNew(root.resolve("keys/study.key"));
    SigningKey.generate().writeNew(root.resolve("keys/signing.pem"));
  }

  public Path job() {
    return root.resolve("jobs/people.yaml");
  }

  public Path plan() {
    return root.resolve("mappings/people.risk.yaml");
  }

  public Path mapping() {
    return root.resolve("mappings/people.yaml");
  }

  /** A column and its rule, without its role. */
  public PeopleTable column(String name, String rule) {
    rules.put(name, rule);
    return this;
  }

  /** A column that is generalized by a file of ever coarser levels, the values themselves first. */
  public PeopleTable hierarchy(String name, List<List<String>> levels) {
    List<String> lines = new ArrayList<>();
    lines.add("value");
    for (int level = 0; level < levels.get(0).size(); level++) {
      lines.set(0, lines.get(0) + ",level" + level);
    }
    levels.forEach(row -> lines.add(row.get(0) + "," + String.join(",", row)));
    write("mappings/" + name + ".csv", lines);
    return column(
        name, "do: generalize, to: hierarchy, file: " + name + ".csv, level: level0, type: code");
  }

  /** Writes people, each with the values of the columns, and their consent. */
  public PeopleTable people(List<List<String>> people) {
    List<String> rows = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    rows.add("patient_id,adult_since," + String.join(",", rules.keySet()));
    lines.add(CONSENTS);
    for (int person = 0; person < people.size(); person++) {
      String id = "CNRYQZ" + person;
      rows.add(id + ",1970-01-01," + String.join(",", people.get(person)));
      lines.add(
          "L"
              + person
              + ","
              + id
              + ",PERMIT,ACTIVE,2020-01-01T10:00:00,2020-01-01T10:00:00,2020-01-01,,NONE,"
              + "BROAD_CONSENT,F,1,"
              + "a".repeat(64)
              + ",PATIENT,,NA,HRESCH,,*,*,*,*,*,,,,AZ,paper");
    }
    write("clinic/patients.csv", rows);
    write("clinic/consents.csv", lines);
    return this;
  }

  /** Writes mapping and job. */
  public PeopleTable risk(String risk) {
    List<String> mapping =
        new ArrayList<>(
            List.of(
                "mapping: people",
                "version: 1",
                "description: a table of people",
                "unmapped: stop",
                "subjects: {table: patients, key: patient_id, birthDate: adult_since}",
                "tables:",
                "  patients:",
                "    subject: patient_id",
                "    key: [patient_id]",
                "    category: DEMOGRAPHIC",
                "    timeless: one row per person, no event",
                "    columns:",
                "      patient_id: {role: linkage-key, do: pseudonymize, domain: patient,"
                    + " code: random, type: code}",
                "      adult_since: {role: quasi-identifier, do: drop}"));
    rules.forEach(
        (name, rule) -> mapping.add("      " + name + ": {role: quasi-identifier, " + rule + "}"));
    write("mappings/people.yaml", mapping);
    write(
        "jobs/people.yaml",
        List.of(
            "job: people",
            "study:",
            "  id: S-1",
            "  title: People",
            "  purpose: HRESCH",
            "  state: open",
            "  board: {name: A Board, protocol: P-1, approvedOn: 2015-01-01, expiresOn: 2039-12-31}",
            "recipient: {id: uni, name: Dr. R, organization: University, address: 1 Way, country: US}",
            "requestedBy: steward",
            "legalBasis: de-identified",
            "target: expert-determination",
            "attestation: {text: the risk is very small, by: expert, on: 2015-01-01}",
            "zone: UTC",
            "source: {type: csv, path: ../clinic}",
            "consent: {type: csv, path: ../clinic/consents.csv}",
            "mapping: ../mappings/people.yaml",
            "output: {format: csv, directory: ../releases}",
            "keys: {study: \"file:../keys/study.key\", signing: \"file:../keys/signing.pem\"}",
            "risk: " + risk,
            "scan: {identifiers: source, patterns: us, onFinding: block}",
            "acknowledge: [{code: RISK_SMALL_K, reason: few people, until: 2039-12-31}]"));
    return this;
  }

  /** All columns, as a job's risk names them. */
  public String identity() {
    return rules.keySet().stream()
        .map(name -> "patients." + name)
        .collect(Collectors.joining(", ", "identity: [", "]"));
  }

  private void write(String file, List<String> lines) {
    try {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, String.join("\n", lines) + "\n");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
