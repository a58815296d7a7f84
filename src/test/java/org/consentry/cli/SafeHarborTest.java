package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consentry.cli.SampleReleases.EYELID;
import static org.consentry.cli.SampleReleases.LIMITED;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.consentry.data.CodeForm;
import org.consentry.data.Prf;
import org.consentry.keys.KeyReference;
import org.consentry.keys.StudyKey;
import org.consentry.sample.SampleStories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What 45 CFR 164.514(b)(2)(i) asks, asked of every value the eyelid study released. */
final class SafeHarborTest {

  private static final SampleReleases RELEASES = SampleReleases.get();
  private static final int REFERENCE_YEAR = 2026;
  private static final int BUCKET = REFERENCE_YEAR - 90;

  private static final Sql RELEASE = Sql.ofRelease(RELEASES.release(EYELID));

  /** Every released event with the person's released birth year. */
  private static final String EVENTS =
      """
      (SELECT patient_id, birth_year, year, age FROM patients JOIN (
          SELECT patient_id, visit_year AS year, age_at_visit AS age FROM visits
          UNION ALL SELECT patient_id, procedure_year, age_at_procedure FROM procedures
          UNION ALL SELECT patient_id, prom_year, NULL FROM proms) USING (patient_id))
      """;

  @AfterAll
  static void close() {
    RELEASE.close();
  }

  @Test
  void peopleInTheOldestBucketAreInTheRelease() {
    assertThat(RELEASE.number("SELECT count(*) FROM patients WHERE birth_year = " + BUCKET))
        .isPositive();
  }

  @Test
  void noBirthYearLiesBelowTheBucket() {
    assertThat(RELEASE.number("SELECT min(birth_year) FROM patients")).isEqualTo(BUCKET);
  }

  @Test
  void outsideTheBucketNoPatientIsOver89AtAnyReleasedEvent() {
    assertThat(
            RELEASE.rows(
                "SELECT * FROM "
                    + EVENTS
                    + " WHERE birth_year > "
                    + BUCKET
                    + " AND (year - birth_year > 89 OR age > 89 OR year > "
                    + REFERENCE_YEAR
                    + ")"))
        .isEmpty();
  }

  @Test
  void noAgeOfPeopleInTheBucketIsReleasedAtAnyEvent() {
    assertThat(
            RELEASE.rows(
                "SELECT year, age FROM "
                    + EVENTS
                    + " WHERE age IS NOT NULL AND (birth_year IS NULL OR birth_year <= "
                    + BUCKET
                    + ")"))
        .isEmpty();
  }

  /**
   * An attacker who knows the rules takes every pair of rows of a person: a released age bounds the
   * birth year from both sides, a change between released and withheld ages would bound it too.
   */
  @Test
  void noPairOfReleasedRowsOfOnePersonBoundsTheBirthYearOfAnybodyOver89() {
    List<String> bounded =
        RELEASE.rows(
            """
            SELECT max(floor), min(ceiling) FROM (
                SELECT a.patient_id AS person,
                    CASE WHEN a.age < 90 THEN a.year - a.age - 1
                         WHEN a.age IS NULL AND b.age IS NOT NULL THEN a.year - 90 END AS floor,
                    CASE WHEN b.age IS NOT NULL THEN b.year - b.age ELSE b.birth_year END AS ceiling
                FROM %1$s a JOIN %1$s b ON a.patient_id = b.patient_id
                WHERE a.birth_year <= %2$d AND a.year IS NOT NULL AND b.year IS NOT NULL)
            GROUP BY person HAVING max(floor) IS NOT NULL
            """
                .formatted(EVENTS, BUCKET));

    assertThat(bounded).isEmpty();
  }

  @Test
  void postalAreasAreThoseOfMoreThan20000People() {
    Path list = Path.of("src/main/resources/org/consentry/operator/zip3-census-2020.csv");
    RELEASE.csv("census", list);

    assertThat(
            RELEASE.rows(
                "SELECT DISTINCT zip3 FROM patients WHERE zip3 IS NOT NULL AND zip3 <> '000'"
                    + " AND zip3 NOT IN (SELECT zip3 FROM census WHERE population::INT > 20000)"))
        .isEmpty();
    assertThat(RELEASE.number("SELECT count(*) FROM patients WHERE zip3 = '000'")).isPositive();
  }

  @Test
  void noColumnHasATypeFinerThanAYear() {
    assertThat(
            RELEASE.rows(
                "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal"
                    + " AND data_type IN ('DATE', 'TIME', 'TIMESTAMP', 'TIMESTAMP_NS',"
                    + " 'TIMESTAMP WITH TIME ZONE')"))
        .isEmpty();
  }

  @Test
  void noValueReadsLikeADayOrAMonth() {
    Pattern date =
        Pattern.compile(
            "\\b(19|20)\\d\\d[-/.]\\d\\d?\\b|\\b\\d\\d?[-/.]\\d\\d?[-/.](19|20)?\\d\\d\\b"
                + "|\\b(19|20)\\d\\d(0[1-9]|1[0-2])([0-2]\\d|3[01])\\b|(?i)\\b\\d?\\d (jan|feb|mar"
                + "|apr|may|jun|jul|aug|sep|oct|nov|dec)|\\d\\d:\\d\\d");

    assertThat(values()).noneMatch(value -> date.matcher(value).find());
  }

  @Test
  void yearsAreWholeYearsUpToTheReferenceYear() {
    assertThat(
            RELEASE.rows(
                "SELECT DISTINCT year FROM "
                    + EVENTS
                    + " WHERE year NOT BETWEEN "
                    + BUCKET
                    + " AND "
                    + REFERENCE_YEAR))
        .isEmpty();
  }

  @Test
  void subjectCodesAreNotMadeFromTheIdsByAnyKeyOfTheClinic() {
    Set<String> released = new TreeSet<>(RELEASE.rows("SELECT patient_id FROM patients"));
    Set<String> made = new TreeSet<>();
    for (String job : List.of(EYELID, LIMITED)) {
      StudyKey key =
          StudyKey.read(
              new KeyReference.InFile(RELEASES.place().root().resolve("keys/" + job + ".key")));
      for (String study : List.of("IRB-2026-014", "IRB-2026-021")) {
        CodeForm form = CodeForm.usual("patient");
        Prf codes = key.pseudonyms(study, "patient");
        for (String id : SampleStories.outcomes().keySet()) {
          made.add(form.keyed(codes, id.getBytes(StandardCharsets.UTF_8)));
        }
      }
    }

    assertThat(released).isNotEmpty().allMatch(code -> code.matches("P-[a-z2-7]{26}"));
    assertThat(released).doesNotContainAnyElementsOf(made);
    try (Sql limited = Sql.ofRelease(RELEASES.release(LIMITED))) {
      assertThat(made).containsAll(limited.rows("SELECT patient_id FROM patients"));
    }
  }

  @Test
  void codesOfRecordsLinkNothingOutsideTheRelease() {
    try (Sql limited = Sql.ofRelease(RELEASES.release(LIMITED))) {
      for (String[] key :
          new String[][] {
            {"visits", "visit_id"}, {"procedures", "procedure_id"}, {"proms", "prom_id"}
          }) {
        String query = "SELECT DISTINCT " + key[1] + " FROM " + key[0];
        assertThat(RELEASE.rows(query)).doesNotContainAnyElementsOf(limited.rows(query));
      }
    }
  }

  @Test
  void noSourceIdIsInTheRelease() {
    Set<String> ids = new TreeSet<>();
    try (Sql sources = Sql.open()) {
      for (String table : List.of("patients", "visits", "procedures", "proms")) {
        sources.csv(table, RELEASES.place().clinic(table));
      }
      ids.addAll(sources.rows("SELECT upper(trim(patient_id)) FROM patients"));
      ids.addAll(sources.rows("SELECT visit_id FROM visits"));
      ids.addAll(sources.rows("SELECT procedure_id FROM procedures"));
      ids.addAll(sources.rows("SELECT prom_id FROM proms"));
    }

    assertThat(values()).noneMatch(value -> ids.contains(value.toUpperCase(Locale.ROOT)));
  }

  private static List<String> values() {
    List<String> values = new ArrayList<>();
    for (String table : List.of("patients", "visits", "procedures", "proms")) {
      for (String column : RELEASE.rows("SELECT column_name FROM (DESCRIBE " + table + ")")) {
        values.addAll(
            RELEASE.rows(
                "SELECT DISTINCT \""
                    + column
                    + "\"::VARCHAR FROM "
                    + table
                    + " WHERE \""
                    + column
                    + "\" IS NOT NULL"));
      }
    }
    return values;
  }
}
