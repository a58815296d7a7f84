package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A derived column and an acknowledged warning through a whole run: data, codebook, manifest. */
class DeriveAndAcknowledgeTest {

  private static final String JOB = "eyelid-outcomes";

  private static final String RULE =
      """
          derive:
            - do: interval
              from: {start: completed_on, end: subject.deathDate}
              in: years
              onInvalid: blank
              release:
                as: years_to_death
                role: sensitive
                type: integer
                unit: years
                why: mortality
                label: Years from questionnaire to death; missing for the living
      """;

  private static final String AFTER_TABLES = "\n# By which columns the clinic itself";

  private static final String OCCUPATION =
      "occupation: {role: quasi-identifier, do: drop, why: not in the protocol; rare ones are"
          + " widely known}";

  private static final String ANSWERED =
      "occupation: {role: quasi-identifier, do: recode, map: {teacher: teacher}, other: other,"
          + " type: code, why: exposure, acknowledge: {code: SH_ACTUAL_KNOWLEDGE, reason: one group"
          + " of many thousands, until: 2099-12-31}}";

  @TempDir static Path folder;

  private static @Nullable Installation installed;

  @BeforeAll
  static void run() {
    Installation clinic = Installation.in(folder);
    installed = clinic;
    Path mapping = folder.resolve("mappings/clinic-safe-harbor.yaml");
    clinic.replace(mapping, AFTER_TABLES, RULE + AFTER_TABLES);
    clinic.replace(mapping, OCCUPATION, ANSWERED);
    Path patients = clinic.clinic("patients");
    Installation.write(
        patients,
        Installation.read(patients).replaceAll("(?m)(\\d{4}-\\d{2}-\\d{2}),,", "$1,2026-01-02,"));

    Installation.Answer answer = clinic.run(JOB);

    assertThat(answer.exitCode()).as(answer.err()).isZero();
  }

  @Test
  void aDerivedColumnIsComputedFromRowAndSubject() {
    assertThat(years()).hasSizeGreaterThan(100).isSubsetOf(expected());
  }

  @Test
  void codebookAndManifestListWhatItIsMadeOf() {
    Path release = clinic().release(JOB);

    assertThat(Installation.read(release.resolve("codebook.csv")))
        .contains(
            "proms,years_to_death,integer,,years,Years from questionnaire to death; missing for the"
                + " living,,,\"completed_on, subject.deathDate\",interval,\"Two dates were replaced"
                + " by the time between them, in full years; dates 90 years or more apart have"
                + " none.\",The interval; no date.,");
    assertThat(manifest())
        .contains(
            "\"source\" : \"completed_on, subject.deathDate\", \"role\" : \"sensitive\","
                + " \"operator\" : \"interval\"")
        .contains(
            "\"parameters\" : { \"end\" : \"subject.deathDate\", \"in\" : \"full years\", \"start\""
                + " : \"completed_on\", \"withheld\" : \"90 full years and more\" }");
  }

  @Test
  void anAcknowledgedWarningIsListedInManifestAndPlanAndNowhereAsAWarning() {
    String listed =
        "column 'occupation' of table 'patients' has occupations; a rare one identifies a person";

    assertThat(manifest())
        .contains(
            "\"acknowledged\" : [ { \"code\" : \"SH_ACTUAL_KNOWLEDGE\", \"warning\" : \""
                + listed
                + "\", \"citation\" : \"45 CFR 164.514(b)(2)(ii)\", \"reason\" : \"one group of"
                + " many thousands\", \"until\" : \"2099-12-31\" } ]");
    assertThat(Installation.read(clinic().release(JOB).resolve("manifest.html")))
        .contains("Doubts a person answered")
        .contains("one group of many thousands");
    assertThat(clinic().call("plan", clinic().job(JOB).toString()).out())
        .contains(
            "acknowledged until 2099-12-31: SH_ACTUAL_KNOWLEDGE "
                + listed
                + "; one group of many thousands")
        .doesNotContain("warning SH_ACTUAL_KNOWLEDGE");
  }

  private static Installation clinic() {
    return Objects.requireNonNull(installed);
  }

  private static String manifest() {
    return Installation.read(clinic().release(JOB).resolve("manifest.json"))
        .replaceAll("\\s+", " ");
  }

  private static List<String> years() {
    try (Sql sql = Sql.ofRelease(clinic().release(JOB))) {
      return sql.rows(
          "SELECT concat_ws(' ', prom_year, score, years_to_death) FROM proms WHERE years_to_death"
              + " IS NOT NULL ORDER BY ALL");
    }
  }

  private static List<String> expected() {
    try (Sql sql = Sql.ofRelease(clinic().release(JOB))) {
      return sql.csv("source_proms", clinic().clinic("proms"))
          .csv("source_patients", clinic().clinic("patients"))
          .rows(
              "SELECT concat_ws(' ', year(d), try_cast(s.score AS decimal(5, 1)), date_sub('year',"
                  + " d, died)) FROM (SELECT *, try_cast(completed_on AS date) AS d FROM"
                  + " source_proms) s JOIN (SELECT *, try_cast(deceased_on AS date) AS died FROM"
                  + " source_patients) p ON upper(trim(s.patient_id)) = upper(trim(p.patient_id))"
                  + " WHERE d IS NOT NULL AND died IS NOT NULL ORDER BY ALL");
    }
  }
}
