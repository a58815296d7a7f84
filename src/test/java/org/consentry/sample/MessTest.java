package org.consentry.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mess that the sample promises is really there, counted by an independent reader. */
final class MessTest {
  private final SampleTable patients = SampleTable.read("patients.csv");
  private final SampleTable visits = SampleTable.read("visits.csv");
  private final SampleTable procedures = SampleTable.read("procedures.csv");

  @Test
  void aThousandPatientsHaveARowAndFourHaveTwo() {
    assertThat(patients.rows()).hasSize(1004);
    assertThat(patients.column("patient_id").distinct()).hasSize(1004);
    assertThat(
            patients.column("patient_id").map(id -> id.strip().toUpperCase(Locale.ROOT)).distinct())
        .hasSize(1000);
  }

  @Test
  void everyTableHasTheSizeOfASmallClinic() {
    assertThat(visits.rows()).hasSizeBetween(4000, 6000);
    assertThat(procedures.rows()).hasSizeBetween(1200, 1800);
    assertThat(SampleTable.read("photos.csv").rows()).hasSizeBetween(2000, 3000);
    assertThat(SampleTable.read("proms.csv").rows()).hasSizeBetween(1500, 2500);
    assertThat(SampleTable.read("consents.csv").rows()).hasSizeBetween(1000, 1500);
  }

  @Test
  void textIsQuotedInEveryWayRfc4180Allows() {
    assertThat(visits.count("note", note -> note.contains("\n"))).isGreaterThan(500);
    assertThat(visits.count("note", note -> note.contains("\r\n"))).isGreaterThan(100);
    assertThat(visits.count("note", note -> note.contains("\""))).isGreaterThan(500);
    assertThat(visits.count("note", note -> note.startsWith("\""))).isGreaterThan(100);
    assertThat(visits.count("note", note -> note.contains(","))).isGreaterThan(500);
    assertThat(visits.count("note", note -> note.endsWith("\n"))).isGreaterThan(100);
    assertThat(patients.count("address", address -> address.contains("\n"))).isGreaterThan(50);
  }

  @Test
  void oneTableEndsItsLinesWithCrlfAndOneLeavesTheLastLineOpen() {
    assertThat(SampleTable.text("proms.csv").replace("\r\n", "")).doesNotContain("\r", "\n");
    assertThat(SampleTable.text("proms.csv")).endsWith("\r\n");
    assertThat(SampleTable.text("photos.csv")).doesNotEndWith("\n");
  }

  @Test
  void namesHaveApostrophesAccentsAndSpaces() {
    assertThat(patients.matching("last_name", ".*'.*")).isGreaterThan(10);
    assertThat(patients.matching("last_name", ".*[^\\x00-\\x7f].*")).isGreaterThan(50);
    assertThat(patients.matching("last_name", ".* .*")).isGreaterThan(10);
    assertThat(patients.matching("first_name", ".*\\p{M}.*")).as("decomposed accents").isPositive();
  }

  @Test
  void someArePastEightyNineAndSomeAreOnTheEdge() {
    LocalDate ninety = LocalDate.of(1936, 11, 1);

    assertThat(patients.count("date_of_birth", text -> isNoLaterThan(text, ninety)))
        .isGreaterThan(30);
    assertThat(patients.column("date_of_birth"))
        .contains("1936-10-31", "1936-11-01", "1936-11-02", "1919-02-28");
  }

  @Test
  void nineOrMorePairsOfPatientsShareAnSsn() {
    Map<String, Long> bySsn =
        patients
            .column("ssn")
            .filter(ssn -> !ssn.isEmpty())
            .collect(Collectors.groupingBy(ssn -> ssn, Collectors.counting()));

    assertThat(bySsn.values().stream().filter(count -> count > 1)).hasSizeGreaterThanOrEqualTo(9);
  }

  @Test
  void noSsnIsOneThatWasEverIssuedAndNoPhoneIsOneThatRings() {
    assertThat(patients.count("ssn", String::isEmpty)).isGreaterThan(10);
    assertThat(patients.column("ssn").filter(ssn -> !ssn.isEmpty()))
        .allMatch(ssn -> ssn.matches("(9\\d\\d|666)-?(0[1-9]|[1-4]\\d)-?\\d{4}|xxx-xx-\\d{4}"));
    assertThat(patients.column("mobile_phone"))
        .allMatch(phone -> phone.matches(".*555\\D?01\\d\\d|\\+44 20 7946 01\\d\\d"));
  }

  @ParameterizedTest
  @CsvSource({
    "patients.csv,date_of_birth,4,4",
    "patients.csv,deceased_on,900,2",
    "visits.csv,visited_on,5,5",
    "procedures.csv,performed_on,3,3",
    "photos.csv,taken_on,3,3",
    "proms.csv,completed_on,3,3"
  })
  void datesAreMissingAndImpossible(String file, String column, int missing, int impossible) {
    SampleTable table = SampleTable.read(file);

    assertThat(table.count(column, String::isEmpty)).isGreaterThanOrEqualTo(missing);
    assertThat(table.count(column, SampleTable::impossibleDay)).isGreaterThanOrEqualTo(impossible);
  }

  @Test
  void someWereBornInTheFutureAndSomeDieInTheYear9999() {
    assertThat(patients.column("date_of_birth")).contains("2072-05-04");
    assertThat(patients.column("deceased_on")).contains("9999-12-31");
  }

  @ParameterizedTest
  @CsvSource({
    "four digits, [0-9]{4}, 5",
    "three digits, [0-9]{3}, 1",
    "ZIP+4 without a hyphen, [0-9]{9}, 2",
    "ZIP+4 with a hyphen, [0-9]{5}-[0-9]{4}, 1",
    "a hyphen and no more, [0-9]{5}-, 1",
    "a leading space, ' [0-9]{5}', 2",
    "a letter for a digit, 8528I, 1",
    "a word, unknown, 1",
    "nothing, '', 3",
    "Canadian, '[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]', 2",
    "British, SW1A 1AA, 1",
    "a true leading zero, 0[0-9]{4}, 8",
    "military, 09012|96201|34002, 5",
    "restricted in 2020, (893|878|879|884|823|821|692|556|369|059|036|102|203|204|772)[0-9]{2}, 25",
    "free since 2020, 89012, 20"
  })
  void postalCodesAreAsPeopleTypeThem(String kind, String pattern, int atLeast) {
    assertThat(patients.matching("zip", pattern)).as(kind).isGreaterThanOrEqualTo(atLeast);
  }

  @ParameterizedTest
  @ValueSource(strings = {"visits.csv", "procedures.csv", "photos.csv", "proms.csv"})
  void everyEventTableHasRowsWithoutAPatient(String file) {
    Set<String> known = patients.column("patient_id").collect(Collectors.toSet());

    assertThat(SampleTable.read(file).count("patient_id", id -> !known.contains(id))).isEqualTo(10);
    assertThat(SampleTable.read(file).count("patient_id", String::isEmpty)).isEqualTo(1);
  }

  @Test
  void fourProceduresNameAVisitThatIsNotThereAndManyQuestionnairesNone() {
    Set<String> known = visits.column("visit_id").collect(Collectors.toSet());

    assertThat(procedures.count("visit_id", id -> !known.contains(id))).isEqualTo(4);
    assertThat(SampleTable.read("proms.csv").count("visit_id", String::isEmpty)).isGreaterThan(200);
  }

  @Test
  void onlyPhotosHaveRaggedRowsAndOnlyThree() {
    assertThat(SampleTable.read("photos.csv").rows().stream().filter(row -> row.size() != 6))
        .hasSize(3);
    for (String file :
        Set.of("patients.csv", "consents.csv", "visits.csv", "procedures.csv", "proms.csv")) {
      assertThat(SampleTable.read(file).rows()).as(file).allMatch(row -> row.isConsistent());
    }
  }

  @Test
  void notesNamePatientsPhonesAndDates() {
    Set<String> surnames = patients.column("last_name").collect(Collectors.toSet());

    assertThat(visits.count("note", note -> surnames.stream().anyMatch(note::contains)))
        .isGreaterThan(1000);
    assertThat(visits.matching("note", ".*555\\D?01\\d\\d.*")).isGreaterThan(300);
    assertThat(visits.matching("note", ".*\\d{1,2}/\\d{1,2}/\\d{4}.*")).isGreaterThan(500);
  }

  @Test
  void codesAreSpelledBadlyHereAndThere() {
    assertThat(procedures.matching("cpt_code", "\\d{5}-(50|RT|LT)")).isGreaterThan(3);
    assertThat(procedures.matching("cpt_code", " \\d{5}")).isPositive();
    assertThat(procedures.matching("cpt_code", "99999|19324|1582O|")).isPositive();
    assertThat(procedures.matching("icd10_codes", "[a-z].*")).isGreaterThan(5);
    assertThat(procedures.matching("icd10_codes", "([A-Z]\\d{3,}\\|?)+")).isGreaterThan(5);
    assertThat(procedures.matching("icd10_codes", ".*\\|.*")).isGreaterThan(500);
    assertThat(procedures.count("icd10_codes", String::isEmpty)).isPositive();
    assertThat(procedures.matching("charge", "\\$.*")).isPositive();
  }

  @Test
  void functionalImpairmentIsWrittenInFiveWays() {
    assertThat(procedures.column("functional_impairment").distinct())
        .containsExactlyInAnyOrder("yes", "Y", "no", "N", "unknown", "not documented", "");
  }

  @Test
  void severalHundredPatientsHadTheEyelidSurgeryTheStudyAsksFor() {
    LocalDate since = LocalDate.of(2020, 1, 1);

    assertThat(
            procedures.rows().stream()
                .filter(row -> Set.of("15822", "15823").contains(row.get("cpt_code")))
                .filter(row -> !isNoLaterThan(row.get("performed_on"), since.minusDays(1)))
                .map(row -> row.get("patient_id"))
                .distinct())
        .hasSizeBetween(550, 650);
  }

  @Test
  void theCanarySings() {
    assertThat(patients.column("last_name")).contains(PatientRows.CANARY_SURNAME);
    assertThat(patients.column("ssn")).contains(PatientRows.CANARY_SSN);
    assertThat(patients.column("employer")).contains(PatientRows.CANARY_EMPLOYER);
    assertThat(patients.column("email")).contains(PatientRows.CANARY_EMAIL);
    assertThat(patients.column("member_number")).contains(PatientRows.CANARY_MEMBER);
  }

  private static boolean isNoLaterThan(String text, LocalDate bound) {
    return SampleTable.day(text).map(day -> !day.isAfter(bound)).orElse(false);
  }
}
