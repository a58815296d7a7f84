package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.consentry.cli.Installation.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What {@code classify} prints for the shipped rules and the shipped reviewed set. */
final class ClassifyCommandTest {

  private static final String REVIEWED = "sample-data/reviewed/service-class.csv";

  @TempDir Path folder;

  @Test
  void explainPrintsThePathWithEveryTest() {
    Answer answer =
        call("classify", "explain", "--procedure", "15820", "--diagnosis", "Z41.1|H02.832");

    assertThat(answer.err()).isEmpty();
    assertThat(answer.out().lines().skip(1))
        .containsExactly(
            "procedure: known, in cosmetic-list",
            "diagnoses: known, in cosmetic-encounter, finding",
            "functional impairment: unknown",
            "state: unknown",
            "benefits language: unknown",
            "rule 1 does not apply",
            "     the procedure code is missing, unreadable, retired or in no set: NO",
            "  or there is no readable diagnosis code: NO",
            "rule 2 applies: INDETERMINATE CONFLICT",
            "     a diagnosis in cosmetic-encounter: YES",
            "     a diagnosis in cause, finding: YES",
            "  or a diagnosis in cosmetic-encounter: YES",
            "     functional impairment is yes: NO",
            "=> INDETERMINATE CONFLICT",
            "a label for research, never a coverage decision");
    assertThat(answer.exitCode()).isEqualTo(0);
  }

  @Test
  void explainTellsTheInputThatIsToBlameAndNeverTheCell() {
    Answer answer = call("classify", "explain", "--procedure", "1582O", "--diagnosis", "H02.834");

    assertThat(answer.out())
        .contains(
            "procedure: unreadable\n", "=> INDETERMINATE MISSING_CODE (PROCEDURE_UNREADABLE)\n")
        .doesNotContain("1582O");
  }

  @Test
  void explainSpeaksJsonToPrograms() {
    Answer answer =
        call(
            "classify",
            "explain",
            "--json",
            "--procedure",
            "40701",
            "--diagnosis",
            "q379",
            "--functional",
            "YES",
            "--state",
            "ca");

    List<JsonNode> lines = results(answer);
    JsonNode last = lines.get(lines.size() - 1);
    assertThat(last.get("class").asString()).isEqualTo("RECONSTRUCTIVE_MEDICALLY_NECESSARY");
    assertThat(last.get("basis").asString()).isEqualTo("FUNCTION");
    assertThat(last.get("inputs").get("state").asString()).isEqualTo("CA");
    assertThat(lines.get(lines.size() - 2).get("answer").asString()).isEqualTo("YES");
  }

  @Test
  void testRunsTheCasesBesideTheRules() {
    Answer answer = call("classify", "test", "mappings/clinic-service-class.yaml");

    assertThat(answer.out().lines().skip(1))
        .containsExactly("27 of 27 cases pass", "no case is decided by rule 7");
    assertThat(answer.exitCode()).isEqualTo(0);
  }

  @Test
  void reportsACaseThatFailsWithItsPlaceAndExitTen() throws IOException {
    Path rules = folder.resolve("rules.yaml");
    String shipped = Installation.read(Path.of("mappings/clinic-service-class.yaml"));
    Files.writeString(rules, shipped.replace("basis: FUNCTION, why: field loss", "basis: ACUTE"));

    Answer answer = call("classify", "test", rules.toString());
    Answer validated = call("validate", rules.toString());

    String problem =
        rules
            + ":186:5: error CASE the case wants RECONSTRUCTIVE_MEDICALLY_NECESSARY ACUTE but the"
            + " rules give RECONSTRUCTIVE_MEDICALLY_NECESSARY FUNCTION; change the case or the"
            + " rules";
    assertThat(answer.out().lines()).contains(problem, "26 of 27 cases pass");
    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(validated.out().lines())
        .containsExactly(problem, rules + ": not valid", "1 error in 1 file");
    assertThat(validated.exitCode()).isEqualTo(10);
  }

  @Test
  void rulesWithFaultsAreRefusedWithEveryFinding() throws IOException {
    Path rules = folder.resolve("rules.yaml");
    String shipped = Installation.read(Path.of("mappings/clinic-service-class.yaml"));
    Files.writeString(
        rules, shipped.replace("codes: [Q-]", "codes: [Q-, X9X]").replace("M95.0]", "M950]"));

    Answer answer = call("classify", "test", rules.toString());

    assertThat(answer.err().replace(rules + ":", "").lines())
        .extracting(line -> line.replaceFirst(" is no .*", ""))
        .containsExactly(
            "71:17: error IMPOSSIBLE_CODE 'X9X'",
            "97:27: error IMPOSSIBLE_CODE 'M950'",
            "2 errors in 1 file");
    assertThat(answer.exitCode()).isEqualTo(10);
  }

  @Test
  void validateComparesWithTheReviewedSet() {
    Answer answer = call("classify", "validate", "--against", REVIEWED);

    assertThat(answer.out().lines().skip(1).limit(8))
        .containsExactly(
            "against sample-data/reviewed/service-class.csv, column label",
            "all                      213 lines,   185 alike, agreement 0.869, kappa 0.821"
                + " (95 % 0.760 to 0.882)",
            "label \\ rules                                 C         N         B         I",
            "C COSMETIC                                   52         0         5         7",
            "N RECONSTRUCTIVE_MEDICALLY_NECESSARY          3        56         5         4",
            "B RECONSTRUCTIVE_BY_BENEFIT                   1         0        54         0",
            "I INDETERMINATE                               2         0         1        23",
            "body                      21 lines,    19 alike, agreement 0.905, kappa 0.856"
                + " (95 % 0.667 to 1.000)");
    assertThat(answer.out().lines())
        .contains(
            REVIEWED
                + ":9: label RECONSTRUCTIVE_MEDICALLY_NECESSARY, rules INDETERMINATE"
                + " NO_FUNCTIONAL_DATA")
        .filteredOn(line -> line.startsWith(REVIEWED))
        .hasSize(213 - 185);
    assertThat(answer.exitCode()).isEqualTo(0);
  }

  @Test
  void validateSpeaksJsonToPrograms() {
    Answer answer = call("classify", "validate", "--against", REVIEWED, "--format", "json");

    List<JsonNode> lines = results(answer);
    JsonNode all = lines.get(1);
    assertThat(all.get("family").asString()).isEqualTo("all");
    assertThat(all.get("lines").asLong()).isEqualTo(213);
    assertThat(all.get("kappa").asDouble()).isCloseTo(0.821, within(0.0005));
    assertThat(all.get("low95").asDouble()).isLessThan(all.get("kappa").asDouble());
    assertThat(all.get("matrix").get("COSMETIC").get("INDETERMINATE").asLong()).isEqualTo(7);
    assertThat(lines.get(lines.size() - 1).get("differing").size()).isEqualTo(28);
  }

  @Test
  void validateComparesWithAnyColumnOfLabels() {
    Answer answer = call("classify", "validate", "--against", REVIEWED, "--label", "reviewer_1");

    assertThat(answer.out()).contains("column reviewer_1\n", "213 lines,");
    assertThat(answer.exitCode()).isEqualTo(0);
  }

  @Test
  void aReviewedSetIsReadStrictlyAndNeverQuoted() throws IOException {
    Path reviewed = folder.resolve("reviewed.csv");
    String header = "label,cpt_code,icd10_codes,functional_impairment,state,benefits_language\n";
    Files.writeString(
        reviewed,
        header
            + "Zzyzx,15823,H02.834,yes,AZ,silent\n"
            + "COSMETIC,15823,H02.834\n"
            + "COSMETIC,15820,Z41.1,,,\n");

    Answer answer = call("classify", "validate", "--against", reviewed.toString());

    assertThat(answer.err().lines())
        .containsExactly(
            reviewed
                + ":2: error UNKNOWN_CLASS the label is none of the classes; write COSMETIC,"
                + " RECONSTRUCTIVE_MEDICALLY_NECESSARY, RECONSTRUCTIVE_BY_BENEFIT or"
                + " INDETERMINATE",
            reviewed + ":3: error BAD_LINE the line cannot be read: RAGGED; repair it",
            "2 errors in 1 file");
    assertThat(answer.exitCode()).isEqualTo(10);
  }

  @Test
  void aReviewedSetWithoutTheColumnsIsRefused() throws IOException {
    Path reviewed = folder.resolve("reviewed.csv");
    Files.writeString(reviewed, "label,cpt,icd10_codes,functional_impairment,state,family\n");

    Answer answer = call("classify", "validate", "--against", reviewed.toString());
    Answer absent = call("classify", "validate", "--against", folder + "/absent.csv");
    Answer other = call("classify", "validate", "--against", folder + "/other.txt");

    assertThat(answer.err().lines())
        .containsExactly(
            reviewed
                + ":1: error UNKNOWN_COLUMN there is no column 'cpt_code'; name it with the option"
                + " of that input",
            reviewed
                + ":1: error UNKNOWN_COLUMN there is no column 'benefits_language'; name it with"
                + " the option of that input",
            "2 errors in 1 file");
    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(absent.exitCode()).isEqualTo(10);
    assertThat(other.exitCode()).isEqualTo(2);
  }

  private static Answer call(String... words) {
    return Installation.execute(List.of(words));
  }

  private static List<JsonNode> results(Answer answer) {
    return answer.results();
  }
}
