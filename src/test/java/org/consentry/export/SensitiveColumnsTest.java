package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.consentry.testing.SmallClinic.Visit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sensitive values of a release hide as the published tables of the measures' authors show. */
final class SensitiveColumnsTest {

  /** Levels of diseases as in the article on t-closeness, and the levels above them. */
  private static final String DISEASES =
      """
      disease,organ,system,all
      gastric ulcer,stomach,digestive,any
      gastritis,stomach,digestive,any
      stomach cancer,stomach,digestive,any
      flu,lung,respiratory,any
      bronchitis,lung,respiratory,any
      pneumonia,lung,respiratory,any
      """;

  @TempDir private Path root;

  /** Groups of people, each of one value; the year of their visit is known of anyone. */
  private SmallClinic clinic(String groups) throws IOException {
    List<Visit> visits = new ArrayList<>();
    int people = 0;
    int year = 2001;
    for (String group : groups.split("\\|", -1)) {
      for (String value : group.split(",", -1)) {
        visits.add(new Visit(people++, year + "-03-04", value.strip()));
      }
      year++;
    }
    return clinic(people, visits);
  }

  private SmallClinic clinic(int people, List<Visit> visits) throws IOException {
    Files.createDirectories(root.resolve("jobs"));
    Files.writeString(root.resolve("jobs/diseases.csv"), DISEASES);
    return new SmallClinic(root).patients(people, visits);
  }

  private static Path job(SmallClinic clinic, String identity, String measure, String onViolation) {
    Path job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
    clinic.append(
        "jobs/visits.yaml",
        "risk: {identity: ["
            + identity
            + "], k: 2, sensitive: [{column: visits.finding, "
            + measure
            + "}], onViolation: "
            + onViolation
            + "}");
    return job;
  }

  private static JsonNode sensitive(Path release) {
    return new JsonMapper()
        .readTree(release.resolve("manifest.json").toFile())
        .at("/predicate/risk/sensitive/0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          H,H,V,V|C,H,V,V|C,C,C,C       ; distinct: 2                               ; 1        ; 4
          H,H,V,V|C,H,V,V|C,C,C,C       ; entropy: 1.5                              ; 1        ; 4
          H,H,V,V|C,H,V,V               ; entropy: 2                                ; 2        ; 0
          H,H,V,V|C,H,V,V|C,C,C,C       ; 'closeness: 0.2, distance: equal'         ; 0.583333 ; 8
          H,H,V,V|C,H,V,V|C,C,C,C       ; 'recursive: {c: 2, l: 2}'                 ; few      ; 4
          H,H,V,V|C,H,V,V               ; 'recursive: {c: 1, l: 2}'                 ; 1        ; 8
          C,H,V,V                       ; 'recursive: {c: 2, l: 3}'                 ; 2        ; 4
          C,H,V,V                       ; 'recursive: {c: 2.01, l: 3}'              ; 2        ; 0
          H,V,C,C|C,H,V,V|H,V,C,C       ; distinct: 3                               ; 3        ; 0
          H,V,C,C|C,H,V,V|H,V,C,C       ; entropy: 3                                ; 2.828427 ; 12
          H,V,C,C|C,H,V,V|H,V,C,C       ; entropy: 2                                ; 2.828427 ; 0
          H,V,C,C|C,H,V,V|H,V,C,C       ; 'closeness: 0.1, distance: equal'         ; 0.166667 ; 4
          03,04,05|06,08,11|07,09,10    ; 'closeness: 0.2, distance: ordered'       ; 0.375    ; 6
          03,05,09|04,07,10|06,08,11    ; 'closeness: 0.17, distance: ordered'      ; 0.166667 ; 0
          hypertension,hypertension|obesity,hypertension|chest pain,chest pain ; distinct: 2 ; 1 ; 4
          gastric ulcer,gastritis,stomach cancer|gastritis,flu,bronchitis|bronchitis,pneumonia,stomach cancer; 'closeness: 0.3, distance: hierarchical, hierarchy: diseases.csv' ; 0.444444 ; 3
          gastric ulcer,stomach cancer,pneumonia|gastritis,bronchitis,stomach cancer|gastritis,flu,bronchitis; 'closeness: 0.26, distance: hierarchical, hierarchy: diseases.csv' ; 0.296296 ; 3
          """)
  void measuresTheWorstGroupOfPublishedTables(
      String groups, String measure, String worst, long exposed) throws IOException {
    SmallClinic clinic = clinic(groups);

    Path release = clinic.release(job(clinic, "visits.visit_year", measure, "report"));

    JsonNode found = sensitive(release);
    assertThat(found.path("column").asString()).isEqualTo("visits.finding");
    assertThat(found.path("worstGroup").asString())
        .isEqualTo(worst.equals("few") ? "too few values" : Double.toString(decimal(worst)));
    assertThat(found.path("subjectsExposed").asLong()).isEqualTo(exposed);
  }

  private static double decimal(String text) {
    return Double.parseDouble(text);
  }

  /** Numbers are in the order of their size: 11 is far from 3, as a text it is not. */
  @Test
  void ordersNumbersBySize() throws IOException {
    SmallClinic clinic = clinic("3,4,5|6,8,11|7,9,10");
    Path job = job(clinic, "visits.visit_year", "closeness: 0.3, distance: ordered", "report");
    clinic.edit(
        "mappings/years.yaml",
        "category: LAB, do: keep, type: code",
        "category: LAB, do: keep, type: integer");

    assertThat(sensitive(clinic.release(job)).path("worstGroup").asDouble()).isEqualTo(0.375);
  }

  /** Three people: one has A three times, one A, one B. */
  @Test
  void aPersonHasEachOfItsValuesOnce() throws IOException {
    SmallClinic clinic =
        clinic(
            3,
            List.of(
                new Visit(0, "2001-01-01", "A"),
                new Visit(1, "2001-01-01", "A"),
                new Visit(0, "2001-01-01", "A"),
                new Visit(2, "2001-01-01", "B"),
                new Visit(0, "2001-01-01", "A")));

    assertThat(
            sensitive(clinic.release(job(clinic, "patients.sex", "entropy: 2", "report")))
                .path("worstGroup")
                .asDouble())
        .isEqualTo(1.889882);
  }

  /** Of two people the one without a value protects no other, and none is protected without any. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          A,,B|A,       ; 1 ; 2
          ,|,           ; 0 ; 4
          A,B,          ; 2 ; 0
          """)
  void aMissingValueIsNoneOfDiversity(String groups, double worst, long exposed)
      throws IOException {
    SmallClinic clinic = clinic(groups);

    JsonNode found =
        sensitive(clinic.release(job(clinic, "visits.visit_year", "distinct: 2", "report")));

    assertThat(found.path("worstGroup").asDouble()).isEqualTo(worst);
    assertThat(found.path("subjectsExposed").asLong()).isEqualTo(exposed);
  }

  @Test
  void blocksAReleaseInWhichValuesDoNotHide() throws IOException {
    SmallClinic clinic = clinic("H,H,V,V|C,H,V,V|C,C,C,C");
    Path job = job(clinic, "visits.visit_year", "distinct: 2", "block");

    assertThatThrownBy(() -> clinic.release(job))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "visits.yaml: error SENSITIVE_GROUPS 4 of 12 released subjects are in groups whose"
                + " values of 'visits.finding' do not have distinct 2; nothing was released; ")
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.DISCLOSURE_CHECK);
  }

  @Test
  void leavesOutThePeopleAmongWhomValuesDoNotHide() throws IOException {
    SmallClinic clinic = clinic("H,H,V,V|C,H,V,V|C,C,C,C");

    Path release = clinic.release(job(clinic, "visits.visit_year", "distinct: 2", "suppress"));

    assertThat(RiskStageTest.rows(release.resolve("data/visits.csv")))
        .extracting(visit -> visit.get(2))
        .containsOnly("2001", "2002")
        .hasSize(8);
    assertThat(sensitive(release).path("subjectsExposed").asLong()).isZero();
    assertThat(Files.readString(release.resolve("manifest.html")))
        .contains("People of smaller groups were left out", "Worst group", "distinct 2");
    assertThat(clinic.notes())
        .anyMatch(
            note ->
                note.equals(
                    "4 of 12 released subjects are in groups of fewer than 2 of whom an adversary"
                        + " may know the same, or whose sensitive values do not hide; they are left"
                        + " out (SMALL_GROUP)"));
  }

  @Test
  void aHierarchyWithoutAReleasedValueEndsTheRun() throws IOException {
    SmallClinic clinic = clinic("flu,asthma,gout|flu,flu");
    Path job =
        job(
            clinic,
            "visits.visit_year",
            "closeness: 0.3, distance: hierarchical, hierarchy: diseases.csv",
            "report");

    assertThatThrownBy(() -> clinic.release(job))
        .isInstanceOf(ProblemException.class)
        .hasMessageMatching(
            "(?s).*visits.yaml:\\d+:\\d+: error HIERARCHY_VALUE 2 different values of column"
                + " 'visits.finding' are not in the hierarchy; nothing was released; add rows for"
                + " all values of the column to the file")
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.DISCLOSURE_CHECK);
    assertThat(root.resolve("releases/visits")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          flu,lung,any/gout,joint,all | the last column of the hierarchy has 2 values
          flu,lung,any/gout,lung,all  | values that are one at level 'organ' are apart at a coarser one
          flu,lung,any/flu,lung,any   | LIST_KEY_TWICE
          flu,lung,any/gout,lung      | LIST_RAGGED
          """)
  void refusesAHierarchyThatIsNone(String rows, String message) throws IOException {
    SmallClinic clinic = clinic("flu,flu");
    Path job =
        job(
            clinic,
            "visits.visit_year",
            "closeness: 0.3, distance: hierarchical, hierarchy: diseases.csv",
            "report");
    Files.writeString(
        root.resolve("jobs/diseases.csv"), "disease,organ,all\n" + rows.replace('/', '\n') + "\n");

    assertThatThrownBy(() -> Planner.plan(job, clinic.now().toLocalDate()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(message);
  }
}
