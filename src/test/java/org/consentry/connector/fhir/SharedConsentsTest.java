package org.consentry.connector.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Consents that others published, where copies of them are on this machine. */
final class SharedConsentsTest {

  private static final Path CONSENTS =
      Path.of(System.getProperty("consentry.shared.data", "../shared/data")).resolve("consent");

  /** The lines of every Consent of a folder, by file; examples in XML are converted to JSON. */
  private static SortedMap<String, String> lines(String folder, String pack)
      throws IOException, Failure {
    Path path = CONSENTS.resolve(folder);
    assumeTrue(
        Files.isDirectory(path),
        "skipped: no consents of others; set consentry.shared.data to a folder with consent");
    SortedMap<String, String> lines = new TreeMap<>();
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.filter(each -> each.toString().matches(".*\\.(json|xml)")).toList()) {
        String text = Files.readString(file);
        String json = file.toString().endsWith(".xml") ? Hapi.json(text) : text;
        for (JsonNode consent : consents(JsonMapper.shared().readTree(json))) {
          String words = "";
          for (Map<String, String> line :
              ConsentPackTest.lines(pack, consent.toString(), new ArrayList<>())) {
            words += (words.isEmpty() ? "" : "; ") + ConsentPackTest.words(line);
          }
          lines.merge(file.getFileName().toString(), words, (one, more) -> one + " / " + more);
        }
      }
    }
    return lines;
  }

  private static List<JsonNode> consents(JsonNode root) {
    if (root.path("resourceType").asString("").equals("Consent")) {
      return List.of(root);
    }
    return root.path("entry")
        .valueStream()
        .map(entry -> entry.path("resource"))
        .filter(each -> each.path("resourceType").asString("").equals("Consent"))
        .toList();
  }

  /** Each of them permits collection and use, over thirty years. */
  @Test
  void theTestDataOfTheMedicalInformaticsInitiativePermits() throws IOException, Failure {
    String line = "PERMIT provision.provision[2]+provision[0] valid %1$s data %1$s";
    String file = "Consent-mii-exa-test-data-patient-%d-consent-1.json";

    assertThat(lines("mii-testdata", "mii-broad-consent"))
        .isEqualTo(
            Map.of(
                file.formatted(1), line.formatted("2024-02-23..2054-01-31"),
                file.formatted(2), line.formatted("2024-03-14..2054-02-28"),
                file.formatted(3), line.formatted("2022-04-14..2052-02-28"),
                file.formatted(4), line.formatted("2020-09-10..2050-09-30"),
                file.formatted(5), line.formatted("2023-07-05..2053-07-31")));
  }

  /** They are about privacy, and none of their provisions has a type. */
  @Test
  void everyExampleOfHl7DeniesBecauseItCannotBeRead() throws IOException, Failure {
    SortedMap<String, String> lines = lines("hl7-r4", "hl7-r4");

    assertThat(lines).hasSize(12);
    assertThat(lines.values()).allMatch(words -> words.startsWith("DENY provision"));
  }

  /** Its codes are those of the consent service that wrote it. */
  @Test
  void codesOfAnotherSystemPermitNothing() throws IOException, Failure {
    assertThat(lines("fts-next", "mii-broad-consent"))
        .isEqualTo(Map.of("gics-consent-response.json", "PERMIT provision of -"));
  }

  /**
   * Two forms that permit for thirty years, and a status that denies at its root, and in it the
   * three policies of renewed contact.
   */
  @Test
  void theExamplesOfTheCoreDatasetPermitButTheStatusDenies() throws IOException, Failure {
    String permit =
        "PERMIT provision.provision[%d]+provision[0] valid 2020-09-01..2050-08-31"
            + " data 2020-09-01..2025-08-31";

    assertThat(lines("mii-kds/examples", "mii-broad-consent"))
        .isEqualTo(
            Map.of(
                "Example_MII_Consent_Einwilligung.xml",
                permit.formatted(2),
                "Example_MII_Consent_Einwilligung_2.xml",
                permit.formatted(1),
                "Example_MII_Consent_ResultType_ConsentStatus.xml",
                "DENY provision.provision[10] data 2022-01-31..3000-01-01; DENY"
                    + " provision.provision[12] valid 2022-01-31..3000-01-01; "
                    + Stream.of(13, 14, 23)
                        .map("DENY provision.provision[%d].code"::formatted)
                        .map(denial -> denial + " valid 2022-01-31..3000-01-01 for RECONTACT; ")
                        .collect(Collectors.joining())
                    + "DENY provision"));
  }
}
