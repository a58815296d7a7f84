package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consentry.cli.SampleReleases.EYELID;
import static org.consentry.cli.SampleReleases.LIMITED;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.consentry.data.Exclusion;
import org.consentry.sample.SampleStories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * The numbers of the sample's manifests, against SQL over the sources and over what was released,
 * and against the outcome each patient's story was written for.
 */
final class SampleExportTest {

  private static final SampleReleases RELEASES = SampleReleases.get();

  /** Reasons that are given to rows of people who stay. */
  private static final Set<String> OF_RECORDS =
      Set.of("CATEGORY", "RECORD_DATE", "DENIED_CATEGORY", "PARENT_EXCLUDED");

  /** Tests that ask for more than the cells of one permit. */
  private static final Set<String> LAST_TESTS =
      Set.of("BIRTH_DATE_UNREADABLE", "MINOR", "WITHDRAWN", "DENIED");

  private static Sql sources = Sql.open();

  @BeforeAll
  static void readTheSources() {
    for (String table :
        List.of("patients", "visits", "procedures", "photos", "proms", "consents")) {
      sources.csv(table, RELEASES.place().clinic(table));
    }
    String outcomes =
        SampleStories.outcomes().entrySet().stream()
            .map(story -> "('" + story.getKey() + "','" + story.getValue() + "')")
            .collect(Collectors.joining(","));
    sources.run("CREATE TABLE outcomes AS SELECT * FROM (VALUES " + outcomes + ") t(id, outcome)");
    sources.run(
        """
        CREATE VIEW needed AS SELECT DISTINCT upper(trim(patient_id)) AS id FROM procedures
        WHERE trim(cpt_code) IN ('15822', '15823') AND try_cast(performed_on AS DATE) >= '2020-01-01';
        CREATE VIEW decisions AS SELECT id, outcome, CASE
            WHEN outcome NOT IN ('IN', 'CATEGORY', 'RECORD_DATE', 'DENIED_CATEGORY') THEN outcome
            WHEN id IN (SELECT id FROM needed) THEN 'STAYS'
            ELSE 'NOT_IN_COHORT' END AS reason
        FROM outcomes;
        """);
  }

  @AfterAll
  static void close() {
    sources.close();
  }

  @Test
  void oneSampleJobEndsWithoutAndOneWithToleratedBadRows() {
    assertThat(RELEASES.eyelid().exitCode()).as(RELEASES.eyelid().err()).isEqualTo(0);
    assertThat(RELEASES.limited().exitCode()).as(RELEASES.limited().err()).isEqualTo(3);
  }

  @Test
  void subjectsOfTheEyelidStudyAreCountedByTheirStories() {
    JsonNode subjects = RELEASES.internalManifest(EYELID).get("consent").get("subjects");

    Map<String, Long> expected =
        sources.counts("SELECT reason, count(*) FROM decisions GROUP BY reason");
    assertThat(subjects.get("read").asLong()).isEqualTo(SampleStories.outcomes().size());
    assertThat(subjects.get("released").asLong()).isEqualTo(expected.remove("STAYS"));
    assertThat(counts(subjects.get("excluded"))).isEqualTo(expected);
  }

  /** Counted from the cells; which permits pass the last tests is left to the other tests of it. */
  @Test
  void consentLinesAreCountedByWhatBecameOfThemAndForTheClinicAlone() {
    JsonNode consent = RELEASES.internalManifest(EYELID).get("consent");
    JsonNode lines = consent.get("lines");
    Map<String, Long> outcomes = counts(lines.get("outcomes"));
    Map<String, Long> failed = counts(lines.get("permitsFailed"));
    readTheLines(decidedOn(consent));

    assertThat(lines.get("read").asLong())
        .isEqualTo(sources.number("SELECT count(*) FROM consents"))
        .isEqualTo(sum(outcomes));
    assertThat(sum(failed)).isEqualTo(outcomes.get("PERMIT_FAILED"));
    Map<String, Long> joined = new TreeMap<>();
    outcomes.forEach(
        (outcome, count) ->
            joined.merge(outcome.replaceAll("^(PERMIT|RESTRICTS)_.*", "$1"), count, Long::sum));
    assertThat(joined)
        .isEqualTo(sources.counts("SELECT outcome, count(*) FROM lines GROUP BY outcome"));
    failed.keySet().removeIf(reason -> reason.startsWith("DUO") || LAST_TESTS.contains(reason));
    assertThat(failed)
        .isEqualTo(
            sources.counts("SELECT failed, count(*) FROM permits WHERE failed <> '' GROUP BY 1"));
    assertThat(RELEASES.recipientManifest(EYELID).get("consent").has("lines")).isFalse();
  }

  private static LocalDate decidedOn(JsonNode consent) {
    Instant moment = Instant.parse(consent.get("decidedAt").get(0).asString());
    return moment.atZone(ZoneId.of("America/Phoenix")).toLocalDate();
  }

  private static void readTheLines(LocalDate day) {
    sources.run(
        """
        CREATE VIEW lines AS SELECT *, CASE
            WHEN upper(trim(patient_id)) NOT IN (SELECT id FROM outcomes) THEN 'UNKNOWN_SUBJECT'
            WHEN bad AND decision = 'PERMIT' AND status <> 'REJECTED' THEN 'BAD_PERMIT_ROW'
            WHEN bad THEN 'BAD_RESTRICTION_ROW'
            WHEN status NOT IN ('ACTIVE', 'REJECTED') THEN status
            WHEN decision = 'PERMIT' AND status = 'ACTIVE' THEN 'PERMIT'
            ELSE 'RESTRICTS' END AS outcome
        FROM (SELECT *, decision NOT IN ('PERMIT', 'DENY', 'WITHDRAW')
            OR (signed_at <> '' AND try_cast(signed_at AS TIMESTAMP) IS NULL)
            OR (valid_from <> '' AND try_cast(valid_from AS DATE) IS NULL)
            OR (valid_to <> '' AND try_cast(valid_to AS DATE) IS NULL)
            OR coalesce(try_cast(valid_to AS DATE) < try_cast(valid_from AS DATE), false) AS bad
          FROM (SELECT coalesce(COLUMNS(*), '') FROM consents));
        CREATE VIEW permits AS SELECT CASE
            WHEN signed_at = '' OR evidence_sha256 = '' OR signer_role = ''
              OR (signer_role <> 'PATIENT' AND trim(signer_authority) = '') THEN 'EVIDENCE_MISSING'
            WHEN NOT regexp_matches('|' || purposes || '|', '[|](HRESCH|CLINTRCH|[*])[|]')
              THEN 'PURPOSE'
            WHEN NOT regexp_matches('|' || studies || '|', '[|](IRB-2026-014|[*])[|]') THEN 'STUDY'
            WHEN NOT regexp_matches('|' || recipients || '|', '[|](uni-x|[*])[|]') THEN 'RECIPIENT'
            WHEN valid_from = '' OR valid_from > '%1$s' THEN 'NOT_YET_VALID'
            WHEN valid_to = '' AND expiry_event = '' THEN 'EXPIRED'
            WHEN valid_to <> '' AND valid_to < '%1$s' THEN 'EXPIRED'
            ELSE '' END AS failed
        FROM lines WHERE outcome = 'PERMIT';
        """
            .formatted(day));
  }

  @ParameterizedTest
  @ValueSource(strings = {"patients", "visits", "procedures", "proms"})
  void rowsOfTheEyelidStudyAreCountedByTheirPatientsStories(String table) {
    JsonNode rows = rows(EYELID, table);

    Map<String, Long> expected =
        sources.counts(
            "SELECT coalesce(reason, 'UNKNOWN_SUBJECT'), count(*) FROM "
                + table
                + " LEFT JOIN decisions ON upper(trim(patient_id)) = id GROUP BY 1");
    long stay = expected.remove("STAYS");
    Map<String, Long> excluded = counts(rows.get("excluded"));
    Map<String, Long> ofRecords = new TreeMap<>(excluded);
    ofRecords.keySet().retainAll(OF_RECORDS);
    excluded.keySet().removeAll(OF_RECORDS);
    assertThat(rows.get("read").asLong())
        .isEqualTo(sources.number("SELECT count(*) FROM " + table));
    assertThat(excluded).isEqualTo(expected);
    assertThat(rows.get("released").asLong() + sum(ofRecords)).isEqualTo(stay);
  }

  @ParameterizedTest
  @ValueSource(strings = {"visits", "procedures", "proms"})
  void recordsOfTheEyelidStudyAreLeftOutOnlyWhereTheStoryDoes(String table) {
    Map<String, Long> excluded = counts(rows(EYELID, table).get("excluded"));
    Map<String, Long> rowsByOutcome =
        sources.counts(
            "SELECT outcome, count(*) FROM "
                + table
                + " JOIN decisions ON upper(trim(patient_id)) = id WHERE reason = 'STAYS' GROUP BY 1");
    long withoutParent =
        table.equals("visits")
            ? 0
            : sources.number(
                "SELECT count(*) FROM "
                    + table
                    + " JOIN decisions ON upper(trim(patient_id)) = id WHERE reason = 'STAYS' AND"
                    + " visit_id IS NOT NULL AND visit_id NOT IN (SELECT visit_id FROM visits)");

    for (String reason : List.of("CATEGORY", "RECORD_DATE", "DENIED_CATEGORY")) {
      assertThat(excluded.getOrDefault(reason, 0L))
          .as(reason)
          .isLessThanOrEqualTo(rowsByOutcome.getOrDefault(reason, 0L));
    }
    assertThat(excluded.getOrDefault("PARENT_EXCLUDED", 0L)).isGreaterThanOrEqualTo(withoutParent);
    assertThat(rows(EYELID, table).get("released").asLong())
        .isGreaterThanOrEqualTo(rowsByOutcome.getOrDefault("IN", 0L) - withoutParent);
  }

  @ParameterizedTest
  @CsvSource({"patients,0", "visits,0", "procedures,0", "photos,3", "proms,0"})
  void rowsOfTheLimitedDataSetAreCountedAsReadAndStrangersLeftOut(String table, int ragged) {
    JsonNode rows = rows(LIMITED, table);

    long strangers =
        sources.number(
            "SELECT count(*) FROM "
                + table
                + " WHERE upper(trim(patient_id)) NOT IN (SELECT id FROM outcomes)"
                + " OR patient_id IS NULL");
    assertThat(rows.get("read").asLong())
        .isEqualTo(sources.number("SELECT count(*) FROM " + table) + ragged);
    assertThat(counts(rows.get("excluded")).getOrDefault("UNKNOWN_SUBJECT", 0L))
        .isEqualTo(strangers);
    assertThat(counts(rows.get("rejected")).getOrDefault("RAGGED", 0L)).isEqualTo(ragged);
  }

  @ParameterizedTest
  @ValueSource(strings = {EYELID, LIMITED})
  void countsBalanceAndReleasedRowsCanBeCountedInTheFiles(String job) {
    JsonNode manifest = RELEASES.internalManifest(job);
    try (Sql release = Sql.ofRelease(RELEASES.release(job))) {
      for (String table : SampleReleases.tables(manifest)) {
        JsonNode rows = rows(job, table);
        long released = rows.get("released").asLong();
        long excluded = sum(counts(rows.get("excluded")));
        long rejected = sum(counts(rows.get("rejected")));
        assertThat(release.number("SELECT count(*) FROM " + table)).as(table).isEqualTo(released);
        assertThat(rows.get("excludedTotal").asLong()).as(table).isEqualTo(excluded);
        assertThat(rows.get("rejectedTotal").asLong()).as(table).isEqualTo(rejected);
        assertThat(rows.get("read").asLong()).as(table).isEqualTo(released + excluded + rejected);
      }
      assertThat(release.number("SELECT count(DISTINCT patient_id) FROM patients"))
          .isEqualTo(manifest.get("consent").get("subjects").get("released").asLong());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {EYELID, LIMITED})
  void theRecipientsEditionHasThreeGroupsRoundedToTheNearestTen(String job) {
    JsonNode exact = RELEASES.internalManifest(job);
    JsonNode masked = RELEASES.recipientManifest(job);

    List<JsonNode[]> pairs = new ArrayList<>();
    pairs.add(
        new JsonNode[] {
          exact.get("consent").get("subjects"), masked.get("consent").get("subjects")
        });
    for (String table : SampleReleases.tables(exact)) {
      pairs.add(
          new JsonNode[] {
            SampleReleases.table(exact, table).get("rows"),
            SampleReleases.table(masked, table).get("rows")
          });
    }
    for (JsonNode[] pair : pairs) {
      assertThat(pair[1].get("released").asLong()).isEqualTo(pair[0].get("released").asLong());
      assertThat(words(pair[1].get("excluded")))
          .allSatisfy(
              (group, figure) ->
                  assertThat(figure).isIn("<11", rounded(groups(pair[0]).getOrDefault(group, 0L))));
      assertThat(pair[1].get("excluded").get("NOT_PERMITTED").isNumber()).isTrue();
      assertThat(pair[1].get("read").asLong() % 10).isZero();
      assertThat(pair[1].get("read").asLong())
          .isCloseTo(pair[0].get("read").asLong(), Offset.offset(10 + hidden(pair)));
      assertThat(pair[1].has("rejected")).isFalse();
    }
    assertThat(masked.get("consent").get("subjects").get("read").asLong()).isEqualTo(1_000);
  }

  /** The exact counts of the three groups. */
  private static Map<String, Long> groups(JsonNode exact) {
    Map<String, Long> groups = new TreeMap<>();
    counts(exact.get("excluded"))
        .forEach(
            (reason, count) ->
                groups.merge(Exclusion.valueOf(reason).group().name(), count, Long::sum));
    groups.merge("NOT_USABLE", exact.get("rejectedTotal").asLong(), Long::sum);
    return groups;
  }

  /** Rows of groups of few people that no total has. */
  private static long hidden(JsonNode[] pair) {
    return groups(pair[0]).entrySet().stream()
        .filter(group -> pair[1].get("excluded").get(group.getKey()).asString().equals("<11"))
        .mapToLong(group -> Math.max(0, group.getValue() - 10))
        .sum();
  }

  private static String rounded(long count) {
    return Long.toString((count + 5) / 10 * 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {EYELID, LIMITED})
  void everyForeignKeyResolvesInsideTheRelease(String job) {
    try (Sql release = Sql.ofRelease(RELEASES.release(job))) {
      for (String table : SampleReleases.tables(RELEASES.internalManifest(job))) {
        assertThat(orphans(release, table, "patient_id", "patients")).as(table).isZero();
        assertThat(release.number("SELECT count(*) FROM " + table + " WHERE patient_id IS NULL"))
            .as(table)
            .isZero();
        if (!table.equals("patients")) {
          assertThat(orphans(release, table, "visit_id", "visits")).as(table).isZero();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {EYELID, LIMITED})
  void aVisitAndWhatHangsOnItBelongToOnePatient(String job) {
    try (Sql release = Sql.ofRelease(RELEASES.release(job))) {
      long sharedVisits =
          release.number(
              "SELECT count(*) FROM (SELECT visit_id FROM visits GROUP BY visit_id"
                  + " HAVING count(DISTINCT patient_id) > 1)");
      assertThat(sharedVisits).isZero();
    }
  }

  @Test
  void parquetHasTypesAndNotTexts() {
    try (Sql release = Sql.ofRelease(RELEASES.release(EYELID))) {
      assertThat(types(release, "patients")).containsEntry("birth_year", "BIGINT");
      assertThat(types(release, "visits"))
          .containsEntry("visit_year", "BIGINT")
          .containsEntry("age_at_visit", "BIGINT");
      assertThat(types(release, "proms"))
          .containsEntry("prom_year", "BIGINT")
          .containsEntry("score", "DECIMAL(5,1)")
          .containsEntry("satisfaction", "BIGINT");
    }
  }

  @Test
  void csvReadsBackWithTheTypesThatTheReleaseStates() {
    try (Sql release = Sql.ofRelease(RELEASES.release(LIMITED))) {
      assertThat(types(release, "patients"))
          .containsEntry("date_of_birth", "DATE")
          .containsEntry("zip", "VARCHAR");
      assertThat(types(release, "visits"))
          .containsEntry("visited_on", "DATE")
          .containsEntry("arrived_at", "TIMESTAMP");
      assertThat(types(release, "procedures")).containsEntry("charge", "DECIMAL(10,2)");
      assertThat(release.number("SELECT count(visited_on) + count(arrived_at) FROM visits"))
          .isPositive();
    }
  }

  private static long orphans(Sql release, String table, String column, String parent) {
    return release.number(
        "SELECT count(*) FROM %1$s t ANTI JOIN %2$s p ON t.%3$s = p.%3$s WHERE t.%3$s IS NOT NULL"
            .formatted(table, parent, column));
  }

  private static Map<String, String> types(Sql release, String table) {
    Map<String, String> types = new TreeMap<>();
    for (String row :
        release.rows("SELECT column_name, column_type FROM (DESCRIBE " + table + ")")) {
      String[] cells = row.split("\\|", -1);
      types.put(cells[0], cells[1]);
    }
    return types;
  }

  private static JsonNode rows(String job, String table) {
    return SampleReleases.table(RELEASES.internalManifest(job), table).get("rows");
  }

  private static Map<String, Long> counts(JsonNode node) {
    Map<String, Long> counts = new TreeMap<>();
    node.propertyStream().forEach(entry -> counts.put(entry.getKey(), entry.getValue().asLong()));
    return counts;
  }

  private static Map<String, String> words(JsonNode node) {
    Map<String, String> words = new TreeMap<>();
    node.propertyStream().forEach(entry -> words.put(entry.getKey(), entry.getValue().asString()));
    return words;
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
