package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A derived column through a whole run: data, codebook and manifest. */
class DerivedColumnTest {

  private static final String JOB = "eyelid-outcomes";

  private static final String RULE =
      """
          derive:
            - do: interval
              from: {start: completed_on, end: subject.deathDate}
              onInvalid: blank
              release:
                as: days_to_death
                role: sensitive
                type: integer
                unit: days
                why: mortality
                label: Days from questionnaire to death; missing for the living
      """;

  @TempDir Path folder;

  @Test
  void isComputedFromRowAndSubjectAndToldInCodebookAndManifest() {
    Installation clinic = Installation.in(folder);
    Path mapping = folder.resolve("mappings/clinic-safe-harbor.yaml");
    Installation.write(mapping, Installation.read(mapping) + RULE);
    Path patients = clinic.clinic("patients");
    Installation.write(
        patients,
        Installation.read(patients).replaceAll("(?m)(\\d{4}-\\d{2}-\\d{2}),,", "$1,2026-01-02,"));

    Installation.Answer answer = clinic.run(JOB);

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(days(clinic)).hasSizeGreaterThan(100).isSubsetOf(expected(clinic));
    Path release = clinic.release(JOB);
    assertThat(Installation.read(release.resolve("codebook.csv")))
        .contains(
            "proms,days_to_death,integer,days,Days from questionnaire to death; missing for the"
                + " living,,\"completed_on, subject.deathDate\",interval,\"Two dates were replaced"
                + " by the time between them, in days.\",The interval; no date.,");
    assertThat(Installation.read(release.resolve("manifest.json")).replaceAll("\\s+", " "))
        .contains(
            "\"source\" : \"completed_on, subject.deathDate\", \"role\" : \"sensitive\","
                + " \"operator\" : \"interval\"")
        .contains(
            "\"parameters\" : { \"end\" : \"subject.deathDate\", \"in\" : \"days\", \"start\" :"
                + " \"completed_on\" }");
  }

  private static List<String> days(Installation clinic) {
    try (Sql sql = Sql.ofRelease(clinic.release(JOB))) {
      return sql.rows(
          "SELECT concat_ws(' ', prom_year, score, days_to_death) FROM proms WHERE days_to_death"
              + " IS NOT NULL ORDER BY ALL");
    }
  }

  private static List<String> expected(Installation clinic) {
    try (Sql sql = Sql.ofRelease(clinic.release(JOB))) {
      return sql.csv("source_proms", clinic.clinic("proms"))
          .csv("source_patients", clinic.clinic("patients"))
          .rows(
              "SELECT concat_ws(' ', year(d), try_cast(s.score AS decimal(5, 1)), date_diff('day',"
                  + " d, died)) FROM (SELECT *, try_cast(completed_on AS date) AS d FROM"
                  + " source_proms) s JOIN (SELECT *, try_cast(deceased_on AS date) AS died FROM"
                  + " source_patients) p ON upper(trim(s.patient_id)) = upper(trim(p.patient_id))"
                  + " WHERE d IS NOT NULL AND died IS NOT NULL ORDER BY ALL");
    }
  }
}
