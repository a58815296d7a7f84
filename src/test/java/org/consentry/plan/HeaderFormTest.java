package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.consentry.plan.HeaderForm.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A header looks unlike the rows below it; a record does not. */
final class HeaderFormTest {

  private static List<String> cells(String line) {
    return Arrays.asList(line.split(",", -1));
  }

  private static Answer of(String line, String... rows) {
    return HeaderForm.of(cells(line), Arrays.stream(rows).map(HeaderFormTest::cells).toList());
  }

  static Stream<List<String>> headers() {
    return Stream.of(
        List.of(
            "subject_id,hadm_id,admittime,dischtime,admission_type,language,race",
            "10000032,22595853,2180-05-06 22:23:00,2180-05-07 17:15:00,URGENT,ENGLISH,WHITE",
            "10000032,22841357,2180-06-26 18:27:00,2180-06-27 18:49:00,EW EMER.,ENGLISH,WHITE",
            "10000068,25022803,2160-03-03 23:16:00,2160-03-04 06:26:00,EU OBSERVATION,?,OTHER"),
        List.of(
            "Id,START,STOP,PATIENT,CODE",
            "0b1,2020-01-01,,9f2,162673000",
            "0b2,2020-01-02,,9f3,162673000",
            "0b3,2020-01-03,,9f4,162673000"),
        List.of(
            "Patientennummer,Nachname,Geburtsdatum,Größe (cm)",
            "P1,Müller,1970-01-01,170",
            "P2,Weiß,1980-02-03,165",
            "P3,Öz,1960-12-24,181"),
        List.of(
            "Patient Name,Date of Birth,Amount ($),Rx?",
            "\"Doe, J\",1/2/1970,12.50,Y".replace(", ", ""),
            "Roe J,3/4/1980,7.00,N",
            "Poe E,5/6/1960,0.99,Y"),
        List.of("患者番号,性別,年齢", "A1,F,40", "A2,M,50", "A3,F,60"),
        List.of("ID,Sex,Age", "1,F,40", "2,M,50", "3,F,60"),
        List.of("no.,drug,dose mg,per day", "1,ASA,100,1", "2,MTX,15,1", "3,ASA,300,2"),
        List.of("_id,resource.id,score 2", "1,x1,7", "2,x2,8", "3,x3,9"));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void recognisesHeadersOfAnyWords(List<String> lines) {
    assertThat(of(lines.get(0), lines.subList(1, lines.size()).toArray(String[]::new)))
        .isEqualTo(Answer.HEADER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "subject_id,hadm_id,storetime,anchor_year_group",
        "patient_id,date_of_birth",
        "Id,START,STOP,PATIENT,PROVIDER,CODE",
        "MRN,Birth Date,note,score"
      })
  void withoutRowsItAcceptsNamesAsProgramsOrClinicsWriteThem(String line) {
    assertThat(of(line)).isEqualTo(Answer.HEADER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Robert,Zak,Phoenix,teacher,single",
        "x",
        "Zak,Robert,M,AZ",
        "patient_id,Zak,Robert,M,AZ",
        "O'Neil,Anne-Marie,Saint Louis"
      })
  void withoutRowsItAsksAboutOtherWords(String line) {
    assertThat(of(line)).isEqualTo(Answer.UNCLEAR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01",
        "1/2/70",
        "01.02.1970",
        "12:30",
        "2020-01-01T10:00:00Z",
        "12 Jan 1989",
        "Jan 12, 1989",
        "3-MAR-89",
        "12345",
        "7",
        "3.14",
        "-1",
        "$ 12",
        "a@example.org",
        "https://example.org/x",
        "MRN4711234",
        "555-0123",
        "(602) 555-0123",
        "123-45-6789",
        "85004-1234",
        "12345678-9abc-def0-1234-56789abcdef0",
        "١٢٣"
      })
  void aValueInPlaceOfANameIsARecord(String value) {
    List<String> line = List.of("patient_id", value, "last_name");

    assertThat(HeaderForm.of(line, List.of())).isEqualTo(Answer.RECORD);
    assertThat(HeaderForm.values(line)).containsExactly(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "address1",
        "score 2",
        "icd10_code",
        "HbA1c",
        "phq_9",
        "may_leave_message",
        "decile 10",
        "EQ-5D-5L",
        "6-min walk",
        "1st name",
        "%",
        "Marker 2",
        "icd9/10",
        "1,25-OH vitamin D"
      })
  void aNameWithADigitIsNoValue(String name) {
    assertThat(HeaderForm.values(List.of(name)).isEmpty()).isEqualTo(!name.equals("%"));
  }

  @Test
  void aWordThatRecursBelowIsNoHeaderByItself() {
    assertThat(of("name,sex,age", "Zak,F,40", "Doe,M,50", "Roe,sex,60")).isEqualTo(Answer.UNCLEAR);
  }

  @Test
  void aNumberOfTheSameFormAsThoseBelowIsNoHeader() {
    assertThat(of("P1,PO Box,ICU", "P2,12 Main,B12", "P3,7 Oak,B3", "P4,9 Elm,C1"))
        .isEqualTo(Answer.UNCLEAR);
  }

  @Test
  void wordsForAnUnknownValueAreNoEvidence() {
    assertThat(of("Zak,unknown,NULL,n/a", "Doe,40,1,2", "Roe,50,3,4", "Poe,60,5,6"))
        .isEqualTo(Answer.UNCLEAR);
  }

  @Test
  void columnsWithoutAValueAreNoEvidence() {
    assertThat(of("Zak,Robert,teacher", "Doe,,", "Roe,,", "Poe,,")).isEqualTo(Answer.UNCLEAR);
  }

  /** First rows of clinics without a header, over rows of the same clinic. */
  @Test
  void takesNoRecordForAHeader() {
    SplittableRandom random = new SplittableRandom(17_404);
    for (int round = 0; round < 3_000; round++) {
      List<Supplier<String>> columns = columns(random);
      List<List<String>> rows = rows(columns, random.nextInt(1, 60));

      assertThat(HeaderForm.of(rows.get(0), rows.subList(1, rows.size())))
          .as("seed 17404, round %d: %s", round, rows.get(0))
          .isNotEqualTo(Answer.HEADER);
    }
  }

  @Test
  void recognisesTheHeaderOfTheSameClinics() {
    SplittableRandom random = new SplittableRandom(17_405);
    for (int round = 0; round < 1_000; round++) {
      List<Supplier<String>> columns = columns(random);
      columns.add(() -> "P-" + random.nextInt(1, 9_999));
      columns.add(() -> Integer.toString(random.nextInt(1_900, 2_020)));
      List<String> header = new ArrayList<>();
      for (int column = 0; column < columns.size(); column++) {
        header.add("feld" + "abcdefghijkl".charAt(column));
      }

      assertThat(HeaderForm.of(header, rows(columns, random.nextInt(3, 60))))
          .as("seed 17405, round %d", round)
          .isEqualTo(Answer.HEADER);
    }
  }

  private static List<List<String>> rows(List<Supplier<String>> columns, int count) {
    return Stream.generate(() -> columns.stream().map(Supplier::get).toList())
        .limit(count)
        .toList();
  }

  private static List<Supplier<String>> columns(SplittableRandom random) {
    List<Supplier<String>> all =
        List.of(
            word(random, "Smith", "Müller", "O'Neil", "Anne-Marie", "McDonald", "Van Dyke", "Wu"),
            word(random, "Phoenix", "Saint Louis", "Winston-Salem", "Mesa", "St. Paul"),
            word(random, "F", "M", "U", "unknown"),
            word(random, "teacher", "Nurse (RN)", "IT", "sales rep", "retired", "stay-at-home"),
            word(random, "single", "married", "divorced", "NULL", "widowed"),
            word(random, "AZ", "NM", "CA", "Arizona"),
            word(random, "Aetna", "Blue Cross", "self-pay", "MEDICARE A", "Medicaid"),
            word(random, "consult", "IN_PATIENT", "OUT_PATIENT", "surgery"),
            word(random, "A", "B", "ABO", "AB+"),
            word(random, "Dr. Wu", "Dr. van Dyke", "Nurse Poe"));
    List<Supplier<String>> chosen = new ArrayList<>();
    int count = random.nextInt(2, 8);
    for (int column = 0; column < count; column++) {
      chosen.add(all.get(random.nextInt(all.size())));
    }
    return chosen;
  }

  private static Supplier<String> word(SplittableRandom random, String... words) {
    return () -> words[random.nextInt(words.length)];
  }
}
