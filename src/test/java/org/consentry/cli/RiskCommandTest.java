package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.consentry.cli.Installation.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The risk of a job is measured without a release, and nothing of it stays behind. */
final class RiskCommandTest {

  private static final String JOB = "eyelid-outcomes";

  @TempDir private Path folder;
  private Installation place;

  @BeforeEach
  void install() throws IOException {
    place = Installation.in(folder.toRealPath());
    CanaryClinic.over(place);
  }

  private Answer risk(String rule, String... options) {
    String job = Installation.read(place.job(JOB));
    Installation.write(
        place.job(JOB), job.replaceAll("(?m)^risk:.*\n(  .*\n)*", "") + "risk: " + rule + "\n");
    String[] words = new String[options.length + 2];
    words[0] = "risk";
    words[1] = place.job(JOB).toString();
    System.arraycopy(options, 0, words, 2, options.length);
    return place.call(words);
  }

  @Test
  void printsAdversaryGroupsAndShares() {
    Answer answer =
        risk(
            "{identity: [patients.birth_year], events: {columns: [procedures.cpt_code,"
                + " procedures.procedure_year], known: 2}, onViolation: report}");

    assertThat(answer.out())
        .isEqualTo(
            """
            adversary      a person who knows birth year and up to two of the procedures (cpt code, procedure year)
            asked for      k 11, report
            people         2
            smallest group 1
            alone          2 (100.0 %)
            below k        2 (100.0 %)
            average risk   1.0000
            lenient        smallest group 1, below k 2 (100.0 %), where a missing value may be any
            people by the size of their group
              1            2 (100.0 %)
              2-4          0 (0.0 %)
              5-10         0 (0.0 %)
              11-19        0 (0.0 %)
              20+          0 (0.0 %)
            """);
    assertThat(answer.exitCode()).isEqualTo(0);
    assertThat(Leaks.in(answer.out() + answer.err())).isEmpty();
  }

  @Test
  void endsWithThirteenWhereARunWouldBeBlockedAndLeavesNothingBehind() throws IOException {
    risk("{identity: [patients.birth_year], k: 2}");
    SortedMap<String, String> before = Installation.digests(place.root());

    Answer answer = risk("{identity: [patients.birth_year], k: 2}");

    assertThat(answer.exitCode()).isEqualTo(13);
    assertThat(answer.out()).contains("smallest group 1\n");
    assertThat(answer.err())
        .endsWith(
            place.job(JOB)
                + ": error SMALL_GROUPS 2 of 2 released subjects are in groups of fewer than 2 of"
                + " whom an adversary may know the same; nothing was released; generalize the"
                + " columns of risk further, release fewer of them, or change k with the expert\n");
    assertThat(Installation.digests(place.root())).isEqualTo(before);
    assertThat(Files.exists(place.home())).isFalse();
  }

  @Test
  void answersProgramsWithOneObject() {
    Answer answer = risk("{identity: [patients.birth_year], onViolation: report}", "--json");

    JsonNode object = answer.results().get(0);
    assertThat(object.path("adversary").asString()).isEqualTo("a person who knows birth year");
    assertThat(object.path("subjects").asInt()).isEqualTo(2);
    assertThat(object.path("smallestGroup").asInt()).isEqualTo(1);
    assertThat(object.path("averageRisk").asDouble()).isEqualTo(1.0);
    assertThat(object.at("/subjectsBySizeOfGroup/1").asInt()).isEqualTo(2);
  }

  @Test
  void printsRisksBesideAPopulationAndOfSensitiveValues() throws IOException {
    Installation.write(
        place.job(JOB).resolveSibling("population.csv"),
        "patients.birth_year,count\n"
            + IntStream.range(1930, 2010).mapToObj(y -> y + ",40\n").collect(Collectors.joining()));
    String rule =
        "{identity: [patients.birth_year], onViolation: report, population: {file:"
            + " population.csv, region: Arizona}, sensitive: [{column: procedures.cpt_code,"
            + " distinct: 2}]}";

    Answer answer = risk(rule);

    assertThat(answer.out())
        .contains("population     3200, Arizona\nalone in it    dankar ")
        .contains(
            """
            journalist     highest risk 0.025000
            marketer       average risk 0.025000
            presence       0.000000 to 0.025000
            """);
    JsonNode object = risk(rule, "--json").results().get(0);
    assertThat(object.at("/population/highestJournalistRisk").asDouble()).isEqualTo(0.025);
    assertThat(object.at("/population/populationUniques").size()).isPositive();
    assertThat(object.at("/sensitive/0/column").asString()).isEqualTo("procedures.cpt_code");
  }

  @Test
  void aJobWithoutARuleCannotBeMeasured() {
    Installation.write(
        place.job(JOB),
        Installation.read(place.job(JOB)).replaceAll("(?m)^risk:.*\n(  .*\n)*", ""));

    Answer answer = place.call("risk", place.job(JOB).toString());

    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(answer.err())
        .isEqualTo(
            place.job(JOB)
                + ": error RISK_MISSING the job has no risk; add risk: with the released columns"
                + " that an adversary may know, and k\n");
  }

  @Test
  void anEmptyReleaseHasNoRiskToMeasure() {
    String consents = Installation.read(place.clinic("consents"));
    Installation.write(place.clinic("consents"), consents.lines().findFirst().orElseThrow() + "\n");

    Answer answer = risk("{identity: [patients.birth_year], onViolation: report}");

    assertThat(answer.exitCode()).isEqualTo(13);
    assertThat(answer.err())
        .contains("error NOTHING_TO_RELEASE no subject may be released; excluded: NO_CONSENT 5");
  }
}
