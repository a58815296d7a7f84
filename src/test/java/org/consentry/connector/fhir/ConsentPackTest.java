package org.consentry.connector.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.connector.fhir.ConsentTranslation.Unknown;
import org.consentry.testing.Specs;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What consent lines profile packs make of Consent resources: {@code spec/fhir-consent}. */
final class ConsentPackTest {

  /** Cases of one pack. */
  record Spec(String pack, List<Case> cases) {}

  /** The lines of a resource, and what is counted as not known. */
  record Case(
      String rule,
      String given,
      @MayBeEmpty List<String> lines,
      @MayBeEmpty List<String> unknown) {}

  @TestFactory
  Stream<DynamicNode> packs() throws IOException {
    return Specs.read("fhir-consent", Spec.class)
        .tests(Spec::cases, Case::rule, ConsentPackTest::run);
  }

  private static void run(Spec spec, Case each) throws Failure {
    List<String> unknown = new ArrayList<>();

    List<Map<String, String>> lines = lines(spec.pack(), each.given(), unknown);

    assertThat(lines.stream().map(ConsentPackTest::words)).isEqualTo(each.lines());
    assertThat(unknown).isEqualTo(each.unknown());
  }

  static List<Map<String, String>> lines(String pack, String json, List<String> unknown)
      throws Failure {
    ConsentTranslation translation =
        new ConsentTranslation(
            ConsentPack.load(pack).orElseThrow().pack(),
            new ConsentTime(Optional.of(ZoneId.of("Europe/Berlin"))),
            (kind, text) -> unknown.add(kind + " " + text));
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    ResourceReader reader = new ResourceReader(Shape.whole(), 1 << 20);
    return translation.lines(reader.read(bytes, 0, bytes.length), "e".repeat(64));
  }

  static String words(Map<String, String> line) {
    String path = line.getOrDefault("line_id", "").replaceFirst(".*#", "");
    StringBuilder words =
        new StringBuilder(
            line.getOrDefault("decision", "").isEmpty() ? "-" : line.getOrDefault("decision", ""));
    words.append(' ').append(path);
    if (path.equals("status")) {
      words
          .append(' ')
          .append(
              line.getOrDefault("status", "").isEmpty() ? "-" : line.getOrDefault("status", ""));
    }
    append(words, " valid ", line, "valid_from", "valid_to");
    append(words, " data ", line, "data_from", "data_to");
    String purposes = line.getOrDefault("purposes", "");
    boolean isOfAllPermits = purposes.equals("HRESCH") && line.containsKey("duo");
    if (!purposes.isEmpty()
        && (!isOfAllPermits || line.getOrDefault("legal_basis", "").isEmpty())) {
      words.append(" for ").append(purposes);
    }
    if (!line.getOrDefault("signer_role", "").equals("PATIENT")) {
      words.append(" by ").append(line.getOrDefault("signer_role", ""));
    }
    if (line.getOrDefault("patient_id", "").isEmpty()) {
      words.append(" of -");
    }
    return words.toString();
  }

  private static void append(
      StringBuilder words, String name, Map<String, String> line, String from, String to) {
    String first = line.getOrDefault(from, "");
    String last = line.getOrDefault(to, "");
    if (!first.isEmpty() || !last.isEmpty()) {
      words.append(name).append(first).append("..").append(last);
    }
  }

  @Test
  void thePageHasEveryCaseAsATruthTable() throws IOException {
    String page = Files.readString(Path.of("src/docs/fhir-consent.md"));

    for (Spec spec : Specs.read("fhir-consent", Spec.class).byFile().values()) {
      for (Case each : spec.cases()) {
        String lines =
            each.lines().isEmpty() ? "none" : "`" + String.join("`; `", each.lines()) + "`";
        String rule =
            each.rule().substring(0, 1).toUpperCase(Locale.ROOT) + each.rule().substring(1);
        assertThat(page).contains("\n| " + rule + " | " + lines + " |\n");
      }
    }
  }

  @Test
  void everyShippedPackIsReadAndNamedLikeItsFile() {
    for (String name : ConsentPack.SHIPPED) {
      ConsentPack.Loaded loaded = ConsentPack.load(name).orElseThrow();

      assertThat(loaded.pack().name()).isEqualTo(name);
      assertThat(loaded.pack().version()).isPositive();
      assertThat(loaded.sha256()).matches("sha256:[0-9a-f]{64}");
    }
  }

  @Test
  void whatIsNotKnownIsNamedWithoutWordsThatMayIdentify() {
    assertThat(
            Stream.of(
                    "urn:oid:2.16.840.1.113883.3.1937.777.24.2.9999",
                    "urn:oid:2.16.840.1.113883.3.1937.777.24.2.4711123",
                    "urn:oid:1.2.3",
                    "https://clinic.example/forms/4711",
                    "4711|57016-8")
                .map(form -> words(Unknown.FORM, form)))
        .containsExactly(
            "form 'urn:oid:2.16.840.1.113883.3.1937.777.24.2.9999'",
            "a form",
            "a form",
            "a form",
            "a form");
    assertThat(Stream.of("actor", "patient4711").map(name -> words(Unknown.ATTRIBUTE, name)))
        .containsExactly(
            "attribute 'actor' of a permit", "an attribute of a permit that FHIR does not define");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          http://terminology.hl7.org/CodeSystem/consentscope|patient-privacy;scope 'http://terminology.hl7.org/CodeSystem/consentscope|patient-privacy'
          http://terminology.hl7.org/CodeSystem/consentscope|CNRYQZ1;a scope of 'http://terminology.hl7.org/CodeSystem/consentscope'
          http://loinc.org|4711-8;a scope of 'http://loinc.org'
          http://hl7.org/fhir/CNRYQZ4711|x;a scope of a system that is not a public one
          https://clinic.example/CNRYQZ1|research;a scope of a system that is not a public one
          urn:oid:2.16.840.1.113883.3.1937.777.24.5.3|2.16.840.1.113883.3.1937.777.24.5.3.99;scope 'urn:oid:2.16.840.1.113883.3.1937.777.24.5.3|2.16.840.1.113883.3.1937.777.24.5.3.99'
          urn:oid:2.16.840.1.113883.3.1937.777.24.5.3|2.16.840.1.113883.3.1937.777.24.5.3.471100;a scope of 'urn:oid:2.16.840.1.113883.3.1937.777.24.5.3'
          |CNRYQZ;a scope of a system that is not a public one
          CNRYQZ;a scope of a system that is not a public one
          """)
  void noPatientsNumberInACodeOrSystemIsShown(String coding, String words) {
    assertThat(words(Unknown.SCOPE, coding)).isEqualTo(words);
    for (Unknown kind : List.of(Unknown.CODE, Unknown.PURPOSE, Unknown.ACTION)) {
      assertThat(words(kind, coding)).doesNotContain("CNRYQZ", "4711");
    }
  }

  private static String words(Unknown kind, String text) {
    return new UnknownWords(ConsentPack.load("mii-broad-consent").orElseThrow().pack())
        .of(kind, text);
  }

  @Test
  void whatIsNotKnownIsCountedUnderNoMoreThanAThousandNames() {
    Map<String, Long> counts = new TreeMap<>();

    for (int i = 0; i < 1500; i++) {
      ConsentResources.count(counts, "code " + i);
    }
    ConsentResources.count(counts, "code 7");

    assertThat(counts)
        .hasSize(1000)
        .containsEntry("code 7", 2L)
        .containsEntry("what has other names", 501L);
  }

  @Test
  void permitsOfTheBroadConsentCoverResearchOfRecipientsInTheEuropeanEconomicArea() throws Failure {
    Map<String, String> line =
        lines(
                "mii-broad-consent",
                """
                {"resourceType":"Consent","id":"c1","status":"active","dateTime":"2024-02-23T23:30:00Z",
                 "scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"research"}]},
                 "policy":[{"uri":"urn:oid:2.16.840.1.113883.3.1937.777.24.2.1791"}],
                 "patient":{"reference":"Patient/p1"},
                 "provision":{"type":"deny","provision":[{"type":"permit","period":{"start":"2024-02-24","end":"2054-01-31"},
                  "code":[{"coding":[{"system":"urn:oid:2.16.840.1.113883.3.1937.777.24.5.3","code":"2.16.840.1.113883.3.1937.777.24.5.3.6"}]},
                          {"coding":[{"system":"urn:oid:2.16.840.1.113883.3.1937.777.24.5.3","code":"2.16.840.1.113883.3.1937.777.24.5.3.8"}]}]}]}}
                """,
                new ArrayList<>())
            .get(0);

    assertThat(line)
        .containsEntry("patient_id", "p1")
        .containsEntry("status", "ACTIVE")
        .containsEntry("signed_at", "2024-02-24T00:30:00")
        .containsEntry("evidence_sha256", "e".repeat(64))
        .containsEntry("signer_role", "PATIENT")
        .containsEntry("purposes", "HRESCH")
        .containsEntry("studies", "*")
        .containsEntry("recipients", "*")
        .containsEntry("categories_in", "*")
        .containsEntry("legal_basis", "BROAD_CONSENT")
        .containsEntry("source", "Consent/c1");
    assertThat(line.getOrDefault("duo", "").split("\\|")).hasSize(30).contains("GS:DE", "GS:NO");
  }
}
