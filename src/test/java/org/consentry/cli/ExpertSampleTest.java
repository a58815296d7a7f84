package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.cli.Installation.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sample job of an expert releases groups of eleven under an approved plan. */
final class ExpertSampleTest {

  private static final String JOB = "eyelid-expert";

  @TempDir private static Path folder;
  private static Installation place;
  private static Answer run;

  @BeforeAll
  static void release() throws IOException {
    place = Installation.in(folder.toRealPath());
    place.replace(place.job(JOB), "format: parquet", "format: csv");
    run = place.run(JOB);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(0);
  }

  private static List<List<String>> rows(String table) throws IOException {
    try (Stream<String> lines = Files.lines(place.release(JOB).resolve("data/" + table + ".csv"))) {
      return lines.skip(1).map(line -> List.of(line.split(",", -1))).toList();
    }
  }

  private static JsonNode risk() {
    return new JsonMapper()
        .readTree(place.release(JOB).resolve("manifest.json").toFile())
        .at("/predicate/risk");
  }

  /** Groups by sex, birth year and area, and by one operation each. */
  @Test
  void everyReleasedPersonSharesWhatIsKnownWithTenOthers() throws IOException {
    Map<String, String> identity =
        rows("patients").stream()
            .collect(
                Collectors.toMap(row -> row.get(0), row -> String.join("|", row.subList(1, 4))));
    Map<String, Set<String>> operations = new HashMap<>();
    rows("procedures")
        .forEach(
            row -> operations.computeIfAbsent(row.get(0), code -> new HashSet<>()).add(row.get(1)));
    Map<String, Integer> sizes = new HashMap<>();
    identity.forEach(
        (code, known) -> {
          sizes.merge(known, 1, Integer::sum);
          operations
              .getOrDefault(code, Set.of())
              .forEach(one -> sizes.merge(known + "|" + one, 1, Integer::sum));
        });

    assertThat(sizes.values()).allMatch(size -> size >= 11);
    assertThat(risk().path("smallestGroup").asInt())
        .isEqualTo(sizes.values().stream().min(Integer::compare).orElseThrow());
    assertThat(risk().path("subjects").asInt()).isEqualTo(identity.size());
    assertThat(risk().path("k").asInt()).isEqualTo(11);
  }

  @Test
  void levelsAreThoseOfTheApprovedPlan() throws IOException {
    assertThat(rows("patients").stream().map(row -> row.get(2)).distinct())
        .allMatch(year -> year.isEmpty() || Integer.parseInt(year) % 20 == 0);
    assertThat(rows("patients").stream().map(row -> row.get(3))).containsOnly("");
    assertThat(risk().at("/plan/levels/patients.birth_year").asString()).isEqualTo("20 years");
    assertThat(risk().at("/plan/approvedBy").asString()).isEqualTo("Dr. E. Expert, statistician");
    assertThat(run.err())
        .contains("risk plan of 2026-11-02: smallest group was 12 when approved, is 12 now\n");
  }

  @Test
  void peopleOfSmallGroupsAreLeftOut() {
    assertThat(run.err())
        .contains(
            "49 of 304 released subjects are in groups of fewer than 11 of whom an adversary may"
                + " know the same; they are left out (SMALL_GROUP)\n");
  }

  /** Without the expert's approval of these levels there is no release. */
  @Test
  void searchingAgainFindsTheSameLevels() throws IOException {
    Path plan = place.root().resolve("mappings/eyelid-expert.risk.yaml");
    String approved = Files.readString(plan);

    Answer answer = place.call("risk", "--search", "--replace", place.job(JOB).toString());

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
    String found = Files.readString(plan).replaceAll("searchedOn: \\S+", "searchedOn: 2026-11-02");
    String digest = found.replaceFirst("(?s).*?DATE, digest: (\"sha256:\\S+\")}.*", "$1");
    assertThat(
            found
                + "approved: {by: \"Dr. E. Expert, statistician\", on: 2026-11-03, digest: "
                + digest
                + "}\n")
        .isEqualTo(approved);
    Files.writeString(plan, approved);
  }

  @Test
  void manifestAndCodebookShowPeopleByTheSizeOfTheirGroup() throws IOException {
    JsonNode bands = risk().path("subjectsBySizeOfGroup");
    int people = risk().path("subjects").asInt();
    for (String file : List.of("manifest.html", "codebook.html")) {
      String page = Files.readString(place.release(JOB).resolve(file));

      assertThat(page)
          .contains(
              "The adversary is a person who knows birth year (20 years), sex and one of the"
                  + " procedures (operation).")
          .contains("<title id=\"risk-groups-t\">People by the size of their group</title>")
          .contains(
              "<desc id=\"risk-groups-d\">0 (0.0 %) in groups of 1; 0 (0.0 %) in groups of 2-4;")
          .contains(
              "<tr><th scope=\"row\">11-19</th><td>1/19 to 1/11</td><td class=\"n\">"
                  + bands.path("11-19").asInt()
                  + "</td><td class=\"n\">"
                  + String.format("%.1f", 100.0 * bands.path("11-19").asInt() / people)
                  + " %</td></tr>")
          .doesNotContain("<script");
    }
    assertThat(Files.readString(place.release(JOB).resolve("manifest.html")))
        .contains("<tr><th scope=\"row\">Approved by</th><td>Dr. E. Expert, statistician</td></tr>")
        .contains("<th scope=\"row\">patients.birth_year</th><td>20 years</td>");
  }

  private static List<String> leftOut(JsonNode risk, String... fields) {
    return risk.path("leftOut")
        .valueStream()
        .map(
            one ->
                one.path("column").asString()
                    + " "
                    + one.path("value").asString()
                    + " "
                    + Stream.of(fields)
                        .map(field -> one.path(field).asString())
                        .collect(Collectors.joining(" ")))
        .toList();
  }

  /** Shares of sexes and spans of birth years, so that a bias shows. */
  @Test
  void theClinicSeesFromWhomSuppressionTook() throws IOException {
    JsonNode internal;
    try (Stream<Path> files = Files.walk(place.home())) {
      Path file = files.filter(f -> f.endsWith("manifest.internal.json")).findFirst().orElseThrow();
      internal = new JsonMapper().readTree(file.toFile()).at("/predicate/risk");
    }

    assertThat(leftOut(internal, "percentBefore", "percentAfter", "peopleLeftOut"))
        .containsExactly(
            "all people  100 100 49",
            "patients.birth_year 1920-1939 11 12 4",
            "patients.birth_year 1940-1959 30 31 11",
            "patients.birth_year 1960-1979 23 22 14",
            "patients.birth_year 1980-1999 32 35 9",
            "patients.birth_year all other values 4 0 11",
            "patients.sex female 66 72 16",
            "patients.sex male 31 28 24",
            "patients.sex all other values 3 0 9");
  }

  /** Masked as all figures of those who are left out. */
  @Test
  void theRecipientSeesItMasked() throws IOException {
    assertThat(leftOut(risk(), "peopleLeftOut"))
        .containsExactly(
            "all people  50",
            "patients.birth_year 1920-1939 <11",
            "patients.birth_year 1940-1959 10",
            "patients.birth_year 1960-1979 10",
            "patients.birth_year 1980-1999 <11",
            "patients.birth_year all other values 10",
            "patients.sex female 20",
            "patients.sex male 20",
            "patients.sex all other values <11");
    assertThat(risk().path("leftOut").path(0).has("percentBefore")).isFalse();
    for (String file : List.of("manifest.html", "codebook.html")) {
      assertThat(Files.readString(place.release(JOB).resolve(file)))
          .contains("From whom suppression took")
          .contains(">1980-1999</td>\n<td data-label=\"People left out\">&lt;11</td>");
    }
  }

  /** Its level is none: it is not that the clinic has no ZIP codes. */
  @Test
  void aColumnOfWhichThePlanReleasesNothingIsNotCalledMissing() throws IOException {
    String why = "suppressed in every row: the risk plan releases no value of this column";
    String page = Files.readString(place.release(JOB).resolve("codebook.html"));
    JsonNode table = table("datapackage.json", "/resources");
    JsonNode field = named(table.at("/schema/fields"), "area");
    String rows = Integer.toString((rows("patients").size() + 5) / 10 * 10);

    assertThat(field.path("missingValues").path(0).path("label").asString()).isEqualTo(why);
    assertThat(field.path("consentry:figures").path("suppressed").asString()).isEqualTo(rows);
    assertThat(field.path("consentry:figures").has("missing")).isFalse();
    assertThat(codebook("area"))
        .containsEntry("missing", "no")
        .containsEntry("suppressed", "every cell")
        .containsEntry("when_empty", why)
        .containsEntry("n", "<11")
        .containsEntry("n_missing", "")
        .containsEntry("n_suppressed", rows);
    assertThat(codebook("sex")).containsEntry("suppressed", "no").containsEntry("n_suppressed", "");
    assertThat(page)
        .contains("<td data-label=\"When empty\">" + why + "</td>")
        .contains("No value is released, by the risk plan.");
    JsonNode columns = table("manifest.json", "/predicate/tables").path("columns");
    JsonNode area =
        columns
            .valueStream()
            .map(column -> column.path("released"))
            .filter(output -> output.path("name").asString().equals("area"))
            .findFirst()
            .orElseThrow();
    assertThat(area.path("absent").toString()).isEqualTo("[\"SUPPRESSED\"]");
  }

  private static JsonNode table(String file, String tables) {
    JsonNode root = new JsonMapper().readTree(place.release(JOB).resolve(file).toFile());
    return named(root.at(tables), "patients");
  }

  private static JsonNode named(JsonNode all, String name) {
    return all.valueStream()
        .filter(one -> one.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** A column's line of the codebook, by the names of its head. */
  private static Map<String, String> codebook(String column) throws IOException {
    List<List<String>> lines = codebook();
    List<String> line =
        lines.stream().filter(one -> one.get(1).equals(column)).findFirst().orElseThrow();
    Map<String, String> cells = new HashMap<>();
    for (int i = 0; i < line.size(); i++) {
      cells.put(lines.get(0).get(i), line.get(i));
    }
    return cells;
  }

  private static List<List<String>> codebook() throws IOException {
    return Files.readAllLines(place.release(JOB).resolve("codebook.csv")).stream()
        .map(line -> List.of(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)))
        .toList();
  }

  @Test
  void theCodebookHasWhatTheAdversaryKnows() throws IOException {
    List<List<String>> lines = codebook();
    int known = lines.get(0).indexOf("known_to_adversary");

    assertThat(lines.stream().skip(1).map(line -> line.get(1) + ": " + line.get(known)))
        .contains(
            "birth_year: of anyone",
            "sex: of anyone",
            "area: no",
            "operation: of events",
            "functional_impairment: no");
  }
}
