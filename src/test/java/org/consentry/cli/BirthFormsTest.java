package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.consentry.cli.Installation.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sources that do not show the day on which people were born, from the mapping to the release. */
final class BirthFormsTest {

  private static final String STATEMENT =
      ", adultsOnly: {text: The unit admits adults only., by: data steward, on: 2026-03-01}";
  private static final String AGE_AT_STAY =
      "        - {role: quasi-identifier, do: age, of: subject.birthDate, topCode: 89, as: age,"
          + " type: integer}\n";

  private static final String COLUMNS_OF_AGE =
      """
            anchor_age: {role: quasi-identifier, do: drop}
            anchor_year: {role: quasi-identifier, do: drop}
      """;

  private final ChainClinic clinic;

  BirthFormsTest(@TempDir Path folder) throws IOException {
    clinic = ChainClinic.in(folder.toRealPath());
  }

  private void mapping(String head, String columns, String ages) {
    Installation.write(
        clinic.file("map.yaml"),
        """
        mapping: chain
        version: 1
        """
            + head
            + """
            tables:
              people:
                subject: id
                key: id
                category: DEMOGRAPHIC
                timeless: one row per person
                columns:
                  id: {role: linkage-key, do: pseudonymize, domain: person, code: random, type: code}
            """
            + columns
            + """
              stays:
                subject: id
                key: stay
                recordDate: began
                category: VISIT
                columns:
                  stay: {role: linkage-key, do: drop}
                  id: {role: linkage-key, do: pseudonymize, domain: person, code: random, type: code}
                  began:
                    - {role: quasi-identifier, do: generalize, to: year, as: year, type: integer}
            """
            + ages);
  }

  private void job(String statement) {
    String job =
        Installation.read(clinic.file("job.yaml"))
            .lines()
            .filter(line -> !line.startsWith("risk:") && !line.startsWith("acknowledge:"))
            .map(line -> line.replace("expert-determination", "safe-harbor"))
            .map(line -> line.replace("consents.csv}", "consents.csv" + statement + "}"))
            .reduce("", (all, line) -> all + line + "\n");
    Installation.write(clinic.file("job.yaml"), job);
  }

  private Answer run(String people, String stays) {
    Installation.write(clinic.file("data/people.csv"), people);
    Installation.write(clinic.file("data/stays.csv"), "stay,id,began\n" + stays);
    return clinic.run();
  }

  /** Cells of a released table without the codes, sorted. */
  private List<String> released(String table) {
    return Installation.read(clinic.release().resolve("data/" + table + ".csv"))
        .lines()
        .skip(1)
        .map(line -> line.substring(line.indexOf(',') + 1))
        .sorted()
        .toList();
  }

  private JsonNode policy() {
    return JsonMapper.shared()
        .readTree(Installation.read(clinic.release().resolve("manifest.json")))
        .at("/predicate/consent/policy");
  }

  @Test
  void considersEveryDayOfABirthYear() {
    mapping(
        "subjects: {table: people, key: id, birthYear: year_of_birth}\n",
        "      year_of_birth: {role: quasi-identifier, do: birth-year, type: integer}\n",
        AGE_AT_STAY);
    job("");
    clinic.consent("L1", "QQ1", Map.of());
    clinic.consent("L2", "QQ2", Map.of("signed_at", "2024-06-02T09:00:00"));
    clinic.consent("L3", "QQ3", Map.of());
    clinic.consent("L4", "QQ4", Map.of());

    Answer answer =
        run(
            "id,year_of_birth\nQQ1,1960\nQQ2,2006\nQQ3,1930\nQQ4,\n",
            "1,QQ1,2020-02-02\n2,QQ2,2020-02-02\n3,QQ3,2020-02-02\n4,QQ4,2020-02-02\n");

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(released("stays")).containsExactly("2020,", "2020,60");
    assertThat(policy().path("births").asString()).isEqualTo("birth year");
    assertThat(clinic.call("explain", "--patient", "QQ2", clinic.job()).out())
        .contains(
            "OUT: MINOR", "born in 2006: every day of it is considered, and the strictest counts");
  }

  @Test
  void releasesAgesOfASourceWhoseDatesWereMoved() {
    mapping(
        """
        dates: {from: 2100-01-01, to: 2210-12-31}
        subjects: {table: people, key: id, age: {column: anchor_age, at: anchor_year}}
        """,
        COLUMNS_OF_AGE,
        AGE_AT_STAY);
    job(STATEMENT);
    for (int person = 1; person <= 4; person++) {
      clinic.consent("L" + person, "QQ" + person, Map.of());
    }
    clinic.consent("L5", "QQ5", Map.of("data_from", "2020-01-01"));

    Answer answer =
        run(
            """
            id,anchor_age,anchor_year
            QQ1,50,2150
            QQ2,85,2160
            QQ3,91,2130
            QQ4,15,2170
            QQ5,40,2170
            """,
            """
            1,QQ1,2150-02-02
            2,QQ1,2156-02-02
            3,QQ2,2160-02-02
            4,QQ2,2166-02-02
            5,QQ3,2130-02-02
            6,QQ4,2170-02-02
            7,QQ5,2170-02-02
            """);

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(answer.err()).contains("DATES_MOVED");
    assertThat(answer.out() + answer.err())
        .contains("ADULTS_ONLY_CONTRADICTED: 1 patient is a minor in the source");
    assertThat(released("stays")).containsExactly("2130,", "2150,50", "2156,56", "2160,", "2166,");
    assertThat(policy().path("births").asString()).isEqualTo("age in a year");
    assertThat(policy().path("calendar").asString()).isEqualTo("moved");
    assertThat(policy().path("datesFrom").asString()).isEqualTo("2100-01-01");
    assertThat(policy().path("datesTo").asString()).isEqualTo("2210-12-31");
    assertThat(policy().path("adultsOnly").asString()).isEqualTo("The unit admits adults only.");
    assertThat(policy().path("adultsOnlyBy").asString()).isEqualTo("data steward");
    assertThat(policy().path("adultsOnlyOn").asString()).isEqualTo("2026-03-01");
  }

  @Test
  void refusesASourceWithoutBirthsUnlessAPersonStatesThatAllAreAdults() {
    mapping("subjects: {table: people, key: id}\n", "", "");
    job("");
    clinic.consent("L1", "QQ1", Map.of());
    clinic.consent("L2", "QQ2", Map.of("signer_role", "PARENT", "signer_authority", "mother"));
    String people = "id\nQQ1\nQQ2\n";
    String stays = "1,QQ1,2020-02-02\n2,QQ2,2021-02-02\n";

    Answer refused = run(people, stays);

    assertThat(refused.exitCode()).isEqualTo(10);
    assertThat(refused.err())
        .contains(
            "map.yaml:3:1: error NO_BIRTHS the mapping does not show when patients were born, so"
                + " that each may be a minor and no permit counts; add birthDate, birthYear or age:"
                + " {column, at}; or, when every patient is of age, have a person state it:"
                + " consent.adultsOnly: {text, by, on} in the job");

    job(STATEMENT);
    Answer answer = run(people, stays);

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(released("stays")).containsExactly("2020");
    assertThat(policy().path("births").asString()).isEqualTo("no birth date");
  }

  @Test
  void refusesAStatementThatIsNotYetGivenOrHasEnded() {
    mapping("subjects: {table: people, key: id}\n", "", "");
    job(", adultsOnly: {text: adults, by: steward, on: 2090-01-01, expiresOn: 2020-01-01}");
    clinic.consent("L1", "QQ1", Map.of());

    Answer answer = run("id\nQQ1\n", "1,QQ1,2020-02-02\n");

    assertThat(answer.exitCode()).isEqualTo(12);
    assertThat(answer.err())
        .contains(
            "error ADULTS_ONLY_NOT_YET the statement of consent.adultsOnly is given only on"
                + " 2090-01-01, after the day of the run, ")
        .contains(
            "error ADULTS_ONLY_EXPIRED the statement of consent.adultsOnly ended on 2020-01-01,"
                + " before the day of the run, ");
  }
}
