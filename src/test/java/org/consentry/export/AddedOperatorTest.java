package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.consentry.connector.Connectors;
import org.consentry.operator.FirstLetters;
import org.consentry.operator.Operators;
import org.consentry.operator.PairCode;
import org.consentry.plan.Catalogue;
import org.consentry.plan.Planner;
import org.consentry.plan.Schemas;
import org.consentry.policy.Policies;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.consentry.testing.SmallClinic.Visit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operator is a file of its own and one line in the catalogue. */
final class AddedOperatorTest {

  /** One line each. */
  private static final Catalogue ADDED =
      new Catalogue(
          Operators.SHIPPED.with(new FirstLetters()).with(new PairCode()),
          Policies.SHIPPED,
          Connectors.SHIPPED);

  private static final String KEPT = "do: keep, type: code, why: needed}";
  private static final String LETTERS = "do: first-letters, letters: 1, type: code, why: needed}";

  private static final String PAIR =
      """

          derive:
            - do: pair-code
              domain: duo
              from: {first: finding, second: visited_on}
              release: {as: pair, role: linkage-key, type: code, why: needed}
      """;

  @TempDir private Path folder;

  private SmallClinic clinic() throws IOException {
    List<Visit> visits = new ArrayList<>();
    for (int patient = 0; patient < 20; patient++) {
      visits.add(new Visit(patient, "2022-05-0" + (1 + patient % 2), patient < 10 ? "ok" : "sore"));
    }
    return new SmallClinic(folder.toRealPath()).patients(20, visits).with(ADDED);
  }

  private static Path job(SmallClinic clinic, String rule) throws IOException {
    return job(clinic, Basis.WAIVER, rule);
  }

  private static Path job(SmallClinic clinic, Basis basis, String rule) throws IOException {
    Path job = clinic.job("added", "a", "state", basis);
    String name = basis == Basis.WAIVER ? "days" : "years";
    Path mapping = clinic.root().resolve("mappings/" + name + ".yaml");
    String before = Files.readString(mapping);
    int last = before.lastIndexOf(KEPT);
    assertThat(last).isPositive();
    Files.writeString(mapping, before.substring(0, last) + rule + "\n");
    return job;
  }

  private static JsonNode column(Path release, String name) throws IOException {
    JsonNode manifest =
        JsonMapper.shared().readTree(Files.readString(release.resolve("manifest.json")));
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode table : manifest.path("predicate").path("tables")) {
      for (JsonNode column : table.path("columns")) {
        if (column.path("released").path("name").asString("").equals(name)) {
          found.add(column);
        }
      }
    }
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void runsThroughAWholeExport() throws IOException {
    SmallClinic clinic = clinic();

    Path release = clinic.release(job(clinic, LETTERS + PAIR));

    List<List<String>> rows =
        Files.readAllLines(release.resolve("data/visits.csv")).stream()
            .map(line -> List.of(line.split(",", -1)))
            .toList();
    assertThat(rows.get(0))
        .containsExactly("visit_id", "patient_id", "visited_on", "finding", "pair");
    List<List<String>> released = rows.subList(1, rows.size());
    assertThat(released).hasSize(20).extracting(row -> row.get(3)).containsOnly("O", "S");
    assertThat(released)
        .extracting(row -> row.subList(2, 5))
        .allMatch(row -> row.get(2).matches("D-[a-z2-7]{26}"));
    assertThat(released.stream().map(row -> row.subList(2, 4)).distinct()).hasSize(4);
    assertThat(released.stream().map(row -> row.subList(2, 5)).distinct()).hasSize(4);
    assertThat(released.stream().map(row -> row.get(4)).distinct()).hasSize(4);
  }

  @Test
  void isInManifestAndCodebook() throws IOException {
    SmallClinic clinic = clinic();

    Path release = clinic.release(job(clinic, LETTERS + PAIR));

    JsonNode letters = column(release, "finding");
    assertThat(letters.path("operator").asString()).isEqualTo("first-letters");
    assertThat(letters.path("technique").asString()).isEqualTo("masking");
    assertThat(letters.path("done").asString()).isEqualTo("The first letters were kept.");
    assertThat(letters.path("parameters").path("letters").asString()).isEqualTo("1");
    JsonNode pair = column(release, "pair");
    assertThat(pair.path("operator").asString()).isEqualTo("pair-code");
    assertThat(pair.path("source").asString()).isEqualTo("finding, visited_on");
    assertThat(pair.path("parameters").path("second").asString()).isEqualTo("visited_on");
    assertThat(pair.path("released").path("category").asString()).isEqualTo("VISIT and LAB");
    assertThat(Files.readString(release.resolve("codebook.csv")))
        .contains("visits,finding,code,64,,,,,finding,first-letters,The first letters were kept.,")
        .contains("pair-code,Two values were replaced by one code.,Equality.,");
  }

  @Test
  void isJudgedByItsEffect() throws IOException {
    SmallClinic clinic = clinic();
    Path job = job(clinic, Basis.DE_IDENTIFIED, LETTERS);
    Path mapping = clinic.root().resolve("mappings/years.yaml");
    Files.writeString(
        mapping, Files.readString(mapping).replace("role: sensitive", "role: direct-identifier"));

    assertThatThrownBy(() -> clinic.release(job))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("error SH_PART_OF_IDENTIFIER column 'finding' of table 'visits'")
        .hasMessageContaining("a part of an identifier is an identifier");
  }

  @Test
  void reportsItsKeysWithThePlace() throws IOException {
    SmallClinic clinic = clinic();
    Path job = job(clinic, "do: first-letters, leters: 1, type: code, why: needed}");

    assertThatThrownBy(() -> clinic.release(job))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "/mappings/days.yaml:25:68: error UNKNOWN_KEY unknown key 'leters'; did you mean"
                + " 'letters'?")
        .hasMessageNotContaining("MISSING_KEY");
  }

  @Test
  void reportsASettingThatItsRecordRefuses() throws IOException {
    SmallClinic clinic = clinic();
    Path job = job(clinic, "do: first-letters, letters: 4, type: code, why: needed}");

    assertThatThrownBy(() -> clinic.release(job))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "/mappings/days.yaml:25:77: error INVALID_VALUE letters must be 1 to 3 but was 4");
  }

  @Test
  void isCheckedByValidate() throws IOException {
    SmallClinic clinic = clinic();
    Path job = job(clinic, LETTERS + PAIR);

    assertThat(Planner.check(job, clinic.now().toLocalDate(), ADDED)).isEmpty();
  }

  @Test
  void isInTheSchemaOfMappings() {
    JsonNode definitions =
        JsonMapper.shared().readTree(Schemas.mapping(ADDED.operators())).path("$defs");

    assertThat(
            definitions
                .path("OutputRule.first-letters")
                .path("properties")
                .path("letters")
                .path("description")
                .asString())
        .isEqualTo("how many are kept, 1 to 3");
    assertThat(definitions.path("DeriveRule.pair-code").path("required").toString())
        .contains("\"domain\"");
  }

  @Test
  void isUnknownWithoutItsLine() throws IOException {
    SmallClinic clinic = clinic().with(Catalogue.SHIPPED);
    Path job = job(clinic, LETTERS);

    assertThatThrownBy(() -> clinic.release(job))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("error UNKNOWN_WORD there is no operator 'first-letters'; one of:");
  }
}
