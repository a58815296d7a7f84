package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.consentry.cli.Installation.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A run whose consent is read from Consent resources. */
final class FhirConsentTest {

  private static final String JOB = "fhir-eyelid";
  private static final String CODES = "2.16.840.1.113883.3.1937.777.24.5.3";
  private static final String DAYS = "{\"start\":\"2010-01-01\",\"end\":\"2090-12-31\"}";

  @TempDir Path folder;
  private Installation place;
  private Path consents;
  private final Map<String, String> resources = new LinkedHashMap<>();

  @BeforeEach
  void readConsentFromResources() throws IOException {
    place = Installation.in(folder.toRealPath());
    consents = place.root().resolve("sample-data/fhir/Consent.ndjson");
    place.replace(place.job(JOB), "country: US", "country: DE");
    String job = Installation.read(place.job(JOB));
    int start = job.indexOf("consent:\n");
    Installation.write(
        place.job(JOB),
        job.substring(0, start)
            + "consent: {type: fhir, path: ../sample-data/fhir, profile: mii-broad-consent}\n"
            + job.substring(job.indexOf("cohort:")));
    String patients = Installation.read(place.root().resolve("sample-data/fhir/Patient.ndjson"));
    for (String line : patients.lines().toList()) {
      String id = line.replaceFirst(".*?\"id\":\"([^\"]+)\".*", "$1");
      resources.put(id, consent("c-" + id, id, "active", permits("8", "6")));
    }
  }

  private static String permits(String... codes) {
    StringBuilder provisions = new StringBuilder();
    for (String code : codes) {
      provisions.append(provisions.isEmpty() ? "" : ",").append(provision("permit", code));
    }
    return "{\"type\":\"deny\",\"period\":" + DAYS + ",\"provision\":[" + provisions + "]}";
  }

  private static String provision(String type, String code) {
    return "{\"type\":\"%s\",\"period\":%s,\"code\":[{\"coding\":[{\"system\":\"urn:oid:%s\",\"code\":\"%s.%s\"}]}]}"
        .formatted(type, DAYS, CODES, CODES, code);
  }

  private static String consent(String id, String patient, String status, String root) {
    String resource =
        "{\"resourceType\":\"Consent\",\"id\":\"%s\",\"status\":\"%s\",\"scope\":{\"coding\":[{\"system\":"
            + "\"http://terminology.hl7.org/CodeSystem/consentscope\",\"code\":\"research\"}]},"
            + "\"patient\":{\"reference\":\"Patient/%s\"},\"dateTime\":\"2015-01-01\",\"policy\":"
            + "[{\"uri\":\"urn:oid:2.16.840.1.113883.3.1937.777.24.2.1791\"}],\"provision\":%s}";
    return resource.formatted(id, status, patient, root);
  }

  private void write(String... more) {
    Installation.write(
        consents, String.join("\n", resources.values()) + "\n" + String.join("\n", more) + "\n");
  }

  private JsonNode internal() {
    JsonNode manifest =
        JsonMapper.shared()
            .readTree(Installation.read(place.release(JOB).resolve("manifest.json")))
            .get("predicate");
    String run = manifest.at("/release/run").asString();
    return JsonMapper.shared()
        .readTree(
            Installation.read(place.home().resolve("manifests/" + run + "/manifest.internal.json")))
        .get("predicate");
  }

  /** The numbers are those of patients in the study's cohort. */
  @Test
  void everyResourceDecidesAsItsPackDefines() {
    List<String> cohort = cohort();
    resources.put(cohort.get(0), consent("x0", cohort.get(0), "inactive", permits("6", "8")));
    resources.put(
        cohort.get(1), consent("x1", cohort.get(1), "entered-in-error", permits("6", "8")));
    resources.put(cohort.get(2), consent("x2", cohort.get(2), "rejected", permits("6", "8")));
    resources.put(cohort.get(3), consent("x3", cohort.get(3), "active", permits("8")));
    String revoked = "{\"type\":\"permit\",\"provision\":[" + provision("deny", "8") + "]}";
    String contradicting = "{\"type\":\"deny\",\"provision\":[" + provision("deny", "8") + "]}";
    write(
        consent("x4", cohort.get(4), "active", revoked),
        consent("x5", cohort.get(5), "active", contradicting),
        consent("x6", cohort.get(6), "inactive", contradicting),
        consent("x7", cohort.get(7), "active", permits("999")));

    Answer run = place.run(JOB);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(0);
    assertThat(run.err())
        .contains(
            "warning CONSENT_NOT_KNOWN pack mii-broad-consent does not know code 'urn:oid:"
                + CODES
                + "|"
                + CODES
                + ".999', found 1 time; it permits nothing; a denial with it denies everything");
    JsonNode excluded = internal().at("/consent/subjects/excluded");
    assertThat(excluded.path("NO_CONSENT").asInt()).isEqualTo(2);
    assertThat(excluded.path("REFUSED").asInt()).isEqualTo(1);
    assertThat(excluded.path("PURPOSE").asInt()).isEqualTo(1);
    assertThat(excluded.path("WITHDRAWN").asInt()).isEqualTo(1);
    assertThat(excluded.path("DENIED").asInt()).isEqualTo(1);
    assertThat(internal().at("/inputs/lists").properties())
        .anyMatch(list -> list.getKey().equals("consent profile mii-broad-consent version 2"))
        .anyMatch(list -> list.getKey().equals("view patients"));

    Answer why = place.call("explain", "--patient", cohort.get(5), place.job(JOB).toString());
    assertThat(why.out()).contains("Consent.ndjson:").contains("Consent/x5#provision.provision[0]");
  }

  private List<String> cohort() {
    return Installation.read(place.clinic("procedures"))
        .lines()
        .filter(line -> line.matches(".*,20(2[1-5])-..-..,15823,.*"))
        .map(line -> line.split(",", -1)[2])
        .filter(id -> id.matches("P\\d{6}") && resources.containsKey(id))
        .filter(id -> !resources.containsKey(id.toLowerCase(Locale.ROOT)))
        .distinct()
        .limit(8)
        .toList();
  }

  @Test
  void aConsentThatIsWithdrawnDuringTheRunTakesEffectBeforePublication() {
    write();
    String patient = cohort().get(0);
    String revoked = "{\"type\":\"permit\",\"provision\":[" + provision("deny", "8") + "]}";

    Answer run =
        place.callAnd(
            "sealing",
            () -> write(consent("late", patient, "active", revoked)),
            "run",
            "--create-keys",
            place.job(JOB).toString());

    assertThat(run.exitCode()).as(run.err()).isEqualTo(15);
    assertThat(place.releases(JOB)).isEmpty();
  }

  @Test
  void aFileOfWithdrawalsThatIsAddedDuringTheRunTakesEffectBeforePublication() {
    write();
    String patient = cohort().get(0);
    String revoked = "{\"type\":\"permit\",\"provision\":[" + provision("deny", "8") + "]}";

    Answer run =
        place.callAnd(
            "sealing",
            () ->
                Installation.write(
                    consents.resolveSibling("Consent.001.ndjson"),
                    consent("late", patient, "active", revoked) + "\n"),
            "run",
            "--create-keys",
            place.job(JOB).toString());

    assertThat(run.exitCode()).as(run.err()).isEqualTo(15);
    assertThat(run.err()).contains("CONSENT_CHANGED");
    assertThat(place.releases(JOB)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Consent.ndjson.gz", "Consent-part2.ndjson", "old_CONSENT.json"})
  void aFileOfConsentsThatWouldNotBeReadIsRefused(String name) {
    write();
    Installation.write(consents.resolveSibling(name), "");

    Answer answer = place.call("validate", place.job(JOB).toString());

    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(answer.out() + answer.err()).contains("error UNREAD_CONSENTS").doesNotContain(name);
  }

  @Test
  void aPackThatIsNotShippedIsRefusedWithItsPlace() {
    write();
    place.replace(place.job(JOB), "mii-broad-consent", "mii-board-consent");

    Answer answer = place.call("validate", place.job(JOB).toString());

    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(answer.out() + answer.err())
        .contains(
            "error UNKNOWN_WORD there is no profile pack 'mii-board-consent'; did you mean"
                + " 'mii-broad-consent'?");
  }
}
