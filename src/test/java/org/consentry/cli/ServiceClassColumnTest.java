package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.cli.Installation.Answer;
import org.consentry.operator.RuleFile;
import org.consentry.operator.ServiceInput;
import org.consentry.operator.ServiceLabel;
import org.consentry.plan.RuleFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The service class in real releases: the data, what is reported of it, and its pinned rules. */
final class ServiceClassColumnTest {

  private static final String RULES = "mappings/clinic-service-class.yaml";

  @TempDir Path folder;

  @Test
  void everyReleasedLineHasTheLabelOfItsReleasedCells() {
    List<String> safeHarbor =
        rows(SampleReleases.EYELID, "functional_impairment, plan_state, benefits_language");
    List<String> limited = rows(SampleReleases.LIMITED, "functional_impairment, NULL, NULL");

    assertThat(safeHarbor).hasSizeGreaterThan(400);
    assertThat(limited).hasSizeGreaterThan(400);
    RuleFile rules = RuleFiles.read(Path.of(RULES));
    assertThat(safeHarbor).allSatisfy(row -> assertLabelled(rules, row));
    assertThat(limited).allSatisfy(row -> assertLabelled(rules, row));
  }

  /** Consent that does not cover the diagnosis covers no label made of it. */
  private static void assertLabelled(RuleFile rules, String row) {
    List<String> cells = Arrays.asList(row.split("\\|", -1));
    if (cells.get(5).equals("null")) {
      assertThat(cells.get(1)).isEqualTo("null");
      assertThat(cells.subList(5, 9)).containsOnly("null");
      return;
    }
    ServiceLabel label =
        rules.classify(
            new ServiceInput(
                known(cells.get(0)),
                known(cells.get(1)).map(c -> List.of(c.split("~"))).orElse(List.of()),
                known(cells.get(2)),
                known(cells.get(3)),
                known(cells.get(4))));
    assertThat(cells.subList(5, 9))
        .containsExactly(label.serviceClass().name(), label.basis(), "clinic-service-class", "1");
  }

  private static Optional<String> known(String cell) {
    return Optional.of(cell).filter(text -> !text.equals("null"));
  }

  private static List<String> rows(String job, String others) {
    try (Sql sql = Sql.ofRelease(SampleReleases.get().release(job))) {
      return sql.rows(
          "SELECT cpt_code, replace(icd10_codes, '|', '~'), "
              + others
              + ", service_class, service_class_basis, service_class_rules, service_class_version"
              + " FROM procedures");
    }
  }

  @Test
  void manifestAndCodebookPinTheRulesAndSayThatItIsNoCoverageDecision() {
    Path release = SampleReleases.get().release(SampleReleases.EYELID);
    String digest = RuleFiles.read(Path.of(RULES)).sha256();

    assertThat(Installation.read(release.resolve("manifest.json")).replaceAll("\\s+", " "))
        .contains("\"clinic-service-class.yaml\" : \"" + digest + "\"")
        .contains(
            "\"ruleSet\" : \"clinic-service-class\", \"sha256\" : \""
                + digest
                + "\", \"state\" : \"state\", \"version\" : \"1\"")
        .contains("The class is a label for research, never a coverage decision.");
    assertThat(Installation.read(release.resolve("codebook.csv")))
        .contains("The class that the rule set gives the line. The class is a label for research,");
  }

  @Test
  void theClinicsManifestCountsEveryBasisAndTheRecipientsTellsNone() {
    SampleReleases releases = SampleReleases.get();
    for (String job : List.of(SampleReleases.EYELID, SampleReleases.LIMITED)) {
      Map<String, Long> counted = new TreeMap<>();
      basis(releases.internalManifest(job))
          .get("answers")
          .properties()
          .forEach(answer -> counted.put(answer.getKey(), answer.getValue().asLong()));

      assertThat(counted)
          .containsKeys("MISSING_CODE", "CONFLICT", "NO_FUNCTIONAL_DATA", "FUNCTION")
          .isEqualTo(released(releases.release(job)));
      assertThat(basis(releases.recipientManifest(job)).has("answers")).isFalse();
    }
  }

  private static JsonNode basis(JsonNode manifest) {
    return SampleReleases.table(manifest, "procedures").findParents("name").stream()
        .filter(node -> node.get("name").asString().equals("service_class_basis"))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Long> released(Path release) {
    try (Sql sql = Sql.ofRelease(release)) {
      return sql.counts(
          "SELECT service_class_basis, count(*) FROM procedures WHERE service_class_basis IS NOT"
              + " NULL GROUP BY 1");
    }
  }

  @Test
  void rulesThatChangedWithoutANewVersionAreRefused() throws IOException {
    Installation clinic = Installation.in(folder.toRealPath());
    Path rules = clinic.root().resolve(RULES);
    Answer first = clinic.run(SampleReleases.EYELID);
    assertThat(first.exitCode()).as(first.err()).isEqualTo(0);
    Installation.write(rules, Installation.read(rules) + "# changed\n");

    Answer changed = clinic.run(SampleReleases.EYELID);
    clinic.replace(rules, "\nversion: 1\n", "\nversion: 2\n");
    Answer raised = clinic.run(SampleReleases.EYELID);

    assertThat(changed.err())
        .contains(
            "error RULES_CHANGED the rule set clinic-service-class version 1 is not the one of the"
                + " study's last release with it; raise version: in the rules file, or restore the"
                + " file");
    assertThat(changed.exitCode()).isEqualTo(10);
    assertThat(raised.exitCode()).as(raised.err()).isEqualTo(0);
  }
}
