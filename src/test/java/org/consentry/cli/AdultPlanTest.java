package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.consentry.cli.Installation.Answer;
import org.consentry.risk.AdultData;
import org.consentry.testing.PeopleTable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The command finds in a job the levels that ARX finds on the Adult data set. */
final class AdultPlanTest {

  @TempDir private static Path root;
  private static PeopleTable clinic;

  @BeforeAll
  static void adults() throws IOException {
    AdultData.require();
    clinic = new PeopleTable(root);
    for (String column : AdultData.COLUMNS) {
      clinic.hierarchy(
          column.replace('-', '_'), AdultData.levels("adult_hierarchy_" + column + ".csv"));
    }
    clinic.people(AdultData.rows("adult.csv"));
  }

  private static JsonNode search() {
    Answer answer =
        Installation.execute(
            List.of(
                "risk",
                clinic.job().toString(),
                "--search",
                "--json",
                "--home",
                root.resolve("state").toString()));
    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
    return answer.results().get(0);
  }

  private static List<Integer> levels(JsonNode found) {
    return AdultData.COLUMNS.stream().map(column -> level(found, column)).toList();
  }

  private static Integer level(JsonNode found, String column) {
    String level = found.path("levels").path("patients." + column.replace('-', '_')).asString();
    return level.equals("as mapped") ? 0 : Integer.valueOf(level.substring("level".length()));
  }

  @ParameterizedTest
  @CsvSource({
    "5, 0, 0, 1 2 1 1 3 2 2 1 1, 407289.538893",
    "5, 0.04, 906, 1 0 1 1 3 2 2 0 1, 255559.854557",
    "100, 0.04, 866, 1 1 1 1 3 2 2 1 1, 379417.346057",
    "100, 0, 0, 0 4 1 1 3 2 2 1 1, 453196.893246"
  })
  void findsTheOptimumOfArxByEntropy(
      int k, double suppressed, int people, String levels, double loss) throws IOException {
    clinic.risk(
        "{"
            + clinic.identity()
            + ", k: "
            + k
            + ", onViolation: suppress, suppressAtMost: "
            + suppressed
            + ", loss: entropy, plan: ../mappings/people.risk.yaml}");

    JsonNode found = search();

    assertThat(levels(found))
        .isEqualTo(Stream.of(levels.split(" ", -1)).map(Integer::valueOf).toList());
    assertThat(found.path("subjects").asInt()).isEqualTo(30162);
    assertThat(found.path("suppressed").asInt()).isEqualTo(people);
    assertThat(found.path("loss").asDouble()).isCloseTo(loss, within(1e-6));
    assertThat(Files.readString(clinic.plan()))
        .contains("people: 30162, ", ", suppressed: " + people + ", ");
  }

  /** The last column is sensitive: an adversary knows the other eight. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | entropy: 5 | entropy | 1 1 1 1 3 2 2 1 | 324620.526992",
        "5 | closeness: 0.2, distance: equal | discernibility | 1 4 1 1 3 2 2 1 | 456853172",
        "5 | closeness: 0.1, distance: ordered | discernibility | 1 1 1 2 3 2 2 1 | 97868020",
        "100 | closeness: 0.2, distance: ordered | discernibility | 1 4 1 1 1 2 2 1 | 162312130"
      })
  void findsTheOptimumOfArxWithASensitiveOccupation(
      int k, String hides, String loss, String levels, double lost) throws IOException {
    clinic.risk(
        "{"
            + clinic.identity().replace("patients.occupation, ", "")
            + ", k: "
            + k
            + ", sensitive: [{column: patients.occupation, "
            + hides
            + "}], onViolation: suppress, loss: "
            + loss
            + ", plan: ../mappings/people.risk.yaml}");

    JsonNode found = search();

    List<Integer> eight =
        AdultData.COLUMNS.stream()
            .filter(column -> !column.equals("occupation"))
            .map(column -> level(found, column))
            .toList();
    assertThat(eight).isEqualTo(Stream.of(levels.split(" ", -1)).map(Integer::valueOf).toList());
    assertThat(found.path("loss").asDouble()).isCloseTo(lost, within(1e-6));
  }
}
