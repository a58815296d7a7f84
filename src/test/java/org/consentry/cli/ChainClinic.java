package org.consentry.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.consentry.cli.Installation.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small clinic with a chain of tables: implants of procedures of visits of episodes of patients.
 * The mapping names children before their parents. All codes are keyed, so that two releases can be
 * compared row by row; an implant may name another patient as its donor.
 */
final class ChainClinic {

  /** The released tables, parents first. */
  static final List<String> TABLES =
      List.of("patients", "episodes", "visits", "procedures", "implants");

  static final String MAPPING =
      """
      mapping: chain
      version: 1
      prefixes: {procedure: PR}
      subjects: {table: patients, key: id, birthDate: born}
      tables:
        implants:
          subject: patient
          key: implant
          recordDate: implanted
          category: DEVICE
          references: {procedure: procedures.procedure, donor: patients.id}
          columns:
            implant: {role: linkage-key, do: pseudonymize, domain: implant, code: keyed, type: code}
            procedure: {role: linkage-key, do: pseudonymize, domain: procedure, code: keyed, type: code}
            patient: {role: linkage-key, do: pseudonymize, domain: patient, code: keyed, type: code}
            donor: {role: linkage-key, do: pseudonymize, domain: patient, code: keyed, type: code}
            implanted: {role: quasi-identifier, do: keep, type: date}
        procedures:
          subject: patient
          key: procedure
          recordDate: done
          category: PROCEDURE
          references: {visit: visits.visit}
          columns:
            procedure: {role: linkage-key, do: pseudonymize, domain: procedure, code: keyed, type: code}
            visit: {role: linkage-key, do: pseudonymize, domain: visit, code: keyed, type: code}
            patient: {role: linkage-key, do: pseudonymize, domain: patient, code: keyed, type: code}
            done: {role: quasi-identifier, do: keep, type: date, onInvalid: blank}
            kind: {role: sensitive, do: keep, type: code}
            diagnosis: {role: sensitive, category: DIAGNOSIS, do: keep, type: code}
            units: {role: sensitive, category: LAB, do: keep, type: integer}
            charge: {role: sensitive, category: BILLING, do: keep, type: "decimal(7,2)"}
            finding: {role: sensitive, category: PHOTO, do: keep, type: code}
        visits:
          subject: patient
          key: visit
          recordDate: [began, left]
          category: VISIT
          references: {episode: episodes.episode}
          columns:
            visit: {role: linkage-key, do: pseudonymize, domain: visit, code: keyed, type: code}
            episode: {role: linkage-key, do: pseudonymize, domain: episode, code: keyed, type: code}
            patient: {role: linkage-key, do: pseudonymize, domain: patient, code: keyed, type: code}
            began: {role: quasi-identifier, do: keep, type: date, onInvalid: blank}
            left: {role: quasi-identifier, do: drop}
        episodes:
          subject: patient
          key: episode
          recordDate: opened
          category: CARE_PLAN
          columns:
            episode: {role: linkage-key, do: pseudonymize, domain: episode, code: keyed, type: code}
            patient: {role: linkage-key, do: pseudonymize, domain: patient, code: keyed, type: code}
            opened: {role: quasi-identifier, do: keep, type: date, onInvalid: blank}
        patients:
          subject: id
          key: id
          category: DEMOGRAPHIC
          timeless: one row per person
          columns:
            id: {role: linkage-key, do: pseudonymize, domain: patient, code: keyed, type: code}
            born: {role: quasi-identifier, do: birth-year, as: birth_year, type: integer}
      """;

  private static final String JOB =
      """
      job: chain
      study: {id: S1, title: A study, purpose: CLINTRCH, state: open}
      recipient: {id: uni-x, name: Dr. A. Example, organization: University X}
      requestedBy: steward
      legalBasis: de-identified
      target: expert-determination
      attestation: {text: the risk is very small, by: an expert, on: 2026-03-01}
      risk: {identity: [patients.birth_year], k: 2}
      acknowledge: [{code: RISK_SMALL_K, reason: an invented clinic of few people, until: 2099-12-31}]
      zone: America/Phoenix
      source: {type: csv, path: data}
      consent: {type: csv, path: data/consents.csv}
      mapping: map.yaml
      output: {format: both, directory: releases}
      keys: {study: "file:keys/study.key", signing: "file:keys/signing.pem"}
      """;

  private static final Map<String, String> HEADERS =
      Map.of(
          "patients", "id,born",
          "episodes", "episode,patient,opened",
          "visits", "visit,episode,patient,began,left",
          "procedures", "procedure,visit,patient,done,kind,diagnosis,units,charge,finding",
          "implants", "implant,procedure,patient,donor,implanted");

  private final Path root;
  private final Map<String, List<String>> rows = new LinkedHashMap<>();
  private final List<String> consents = new ArrayList<>();

  private ChainClinic(Path root) {
    this.root = root;
    TABLES.forEach(table -> rows.put(table, new ArrayList<>()));
    Installation.write(root.resolve("job.yaml"), JOB);
    Installation.write(root.resolve("map.yaml"), MAPPING);
  }

  static ChainClinic in(Path root) {
    return new ChainClinic(root);
  }

  /** Adds a row of a table. */
  ChainClinic row(String table, String... cells) {
    Objects.requireNonNull(rows.get(table)).add(String.join(",", cells));
    return this;
  }

  /** Adds a line of consent: a permit for everything, but for these cells. */
  ChainClinic consent(String id, String patient, Map<String, String> cells) {
    Map<String, String> line = new LinkedHashMap<>();
    for (String column : consentHeader().split(",", -1)) {
      line.put(column, "");
    }
    line.putAll(
        Map.of(
            "line_id", id,
            "patient_id", patient,
            "decision", "PERMIT",
            "status", "ACTIVE",
            "signed_at", "2024-01-02T09:00:00",
            "recorded_at", "2024-01-02T09:05:00",
            "valid_from", "2024-01-02",
            "expiry_event", "NONE",
            "evidence_sha256", "a".repeat(64),
            "signer_role", "PATIENT"));
    line.putAll(
        Map.of(
            "purposes", "HRESCH",
            "studies", "*",
            "recipients", "*",
            "data_from", "*",
            "data_to", "*",
            "categories_in", "*",
            "jurisdiction", "AZ"));
    line.putAll(cells);
    consents.add(String.join(",", line.values()));
    return this;
  }

  /** Adds a restriction of everything, but for these cells. */
  ChainClinic restriction(String id, String patient, String decision, Map<String, String> cells) {
    Map<String, String> line = new LinkedHashMap<>();
    for (String scope :
        List.of("purposes", "studies", "recipients", "data_from", "data_to", "categories_in")) {
      line.put(scope, "");
    }
    line.put("decision", decision);
    line.put("valid_from", "");
    line.put("expiry_event", "");
    line.put("signed_at", "2025-05-06T10:00:00");
    line.putAll(cells);
    return consent(id, patient, line);
  }

  private static String consentHeader() {
    return Installation.read(Path.of("sample-data/clinic/consents.csv"))
        .lines()
        .findFirst()
        .orElseThrow();
  }

  /** Writes everything and runs the job. */
  Answer run() {
    write();
    return call("run", "--create-keys", "--threads", "2", job());
  }

  void write() {
    rows.forEach(
        (table, lines) ->
            Installation.write(
                root.resolve("data/" + table + ".csv"),
                HEADERS.get(table) + "\n" + String.join("\n", lines) + "\n"));
    Installation.write(
        root.resolve("data/consents.csv"),
        consentHeader() + "\n" + String.join("\n", consents) + "\n");
  }

  Path file(String name) {
    return root.resolve(name);
  }

  String job() {
    return file("job.yaml").toString();
  }

  Path home() {
    return file("state");
  }

  Answer call(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--home", home().toString()));
    Answer answer = Installation.execute(all);
    return new Answer(answer.exitCode(), shortened(answer.out()), shortened(answer.err()));
  }

  private String shortened(String text) {
    return text.replace(root + "/", "");
  }

  /** The newest release. */
  Path release() {
    try (Stream<Path> list = Files.list(root.resolve("releases/chain"))) {
      return list.max(Path::compareTo).orElseThrow();
    } catch (java.io.IOException absent) {
      throw new java.io.UncheckedIOException(absent);
    }
  }

  JsonNode dataPackage() {
    return JsonMapper.shared().readTree(Installation.read(release().resolve("datapackage.json")));
  }

  /** The disclosure as the recipient reads it. */
  JsonNode manifest() {
    return JsonMapper.shared()
        .readTree(Installation.read(release().resolve("manifest.json")))
        .path("predicate");
  }

  /** The exact disclosure of the newest release. */
  JsonNode internalManifest() {
    String run = manifest().path("release").path("run").asString();
    return Installation.files(home().resolve("manifests")).stream()
        .filter(file -> file.toString().contains(run) && file.toString().endsWith(".json"))
        .map(file -> JsonMapper.shared().readTree(Installation.read(file)).path("predicate"))
        .findFirst()
        .orElseThrow();
  }

  /** The CSV form of the newest release, by table. */
  Sql sql() {
    Sql sql = Sql.open();
    TABLES.forEach(table -> sql.csv(table, release().resolve("data/" + table + ".csv")));
    return sql;
  }
}
