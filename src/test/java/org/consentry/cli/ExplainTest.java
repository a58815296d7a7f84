package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.consentry.cli.CanaryClinic.Person;
import org.consentry.cli.Installation.Answer;
import org.consentry.ledger.LedgerForger;
import org.consentry.ledger.StateFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What explain prints of a patient and a record, to the last line, and what it leaves behind. */
final class ExplainTest {

  private static final String HEAD = "  (study S1, recipient uni-x)\n";
  private static final String PASSED =
      """
            EVIDENCE: PASSED
            PURPOSE: PASSED
            STUDY: PASSED
            RECIPIENT: PASSED
            STARTED: PASSED
            NOT_EXPIRED: PASSED
            DUO: PASSED
            MINOR: PASSED
      """;

  private static final String PLAIN = "DEMOGRAPHIC|CARE_PLAN|VISIT|PROCEDURE|DEVICE";

  @TempDir static Path folder;

  private static ChainClinic clinic;

  @BeforeAll
  static void write() throws IOException {
    clinic = ChainClinic.in(folder.toRealPath());
    for (String patient : List.of("P1", "P2", "P3")) {
      chain(patient, "2021-05-30", "2021-06-01", "2023-06-02");
    }
    chain("P4", "2021-05-30", "2023-06-01", "2023-06-02");
    chain("P5", "2021-05-30", "2021-06-01", "2021-06-02");
    clinic.row("implants", "I|5", "C1", "P5", "P2", "2021-06-03");
    clinic.row("implants", "I|5", "C2", "P5", "P5", "2021-06-03");
    clinic.row("implants", "I|5", "", "P5", "P5", "2021-06-03");
    clinic.row("implants", "I|5", "", "P5", "", "soon");
    clinic.consent("L1", "P1", Map.of("data_to", "2022-12-31"));
    clinic.consent("L2", "P1", Map.of("purposes", "TREAT"));
    clinic.consent("L3", "P1", Map.of("status", "DRAFT"));
    clinic.consent("L4", "P2", Map.of());
    clinic.restriction("L5", "P2", "WITHDRAW", Map.of("revokes", "L4"));
    clinic.restriction("L6", "P3", "WITHDRAW", Map.of("signed_at", "soon"));
    clinic.consent("L7", "P3", Map.of());
    clinic.consent("L8", "P4", Map.of("data_from", "2022-01-01"));
    clinic.consent("L9", "P5", Map.of("categories_in", PLAIN));
    clinic.write();
    String keys = clinic.file("keys/study.key").toString();
    assertThat(clinic.call("keys", "new", "study", keys).exitCode()).isZero();
    Path map = clinic.file("map.yaml");
    String text = Installation.read(map);
    Installation.write(map, text.replace("key: implant\n", "key: [implant, procedure]\n"));
  }

  /** A patient with one record of each kind, each of which names the one before. */
  private static void chain(String patient, String opened, String began, String left) {
    clinic.row("patients", patient, "1980-01-01");
    clinic.row("episodes", "E" + patient, patient, opened);
    clinic.row("visits", "V" + patient, "E" + patient, patient, began, left);
    clinic.row("procedures", "C" + patient, "V" + patient, patient, left, "k", "d", "1", "2", "f");
    clinic.row("implants", "I" + patient, "C" + patient, patient, "", left);
  }

  @Test
  void showsEachLineItsTestsAndTheDecidingOne() {
    assertThat(explain("P1").out())
        .isEqualTo(
            "IN"
                + HEAD
                + "born on 1980-01-01\n"
                + "3 consent lines\n"
                + "=> data/consents.csv:2  PERMIT_PASSED\n"
                + "      L1 PERMIT ACTIVE\n"
                + PASSED
                + "      NOT_WITHDRAWN: PASSED\n"
                + "      NOT_DENIED: PASSED\n"
                + "   data/consents.csv:3  PERMIT_FAILED\n"
                + "      L2 PERMIT ACTIVE\n"
                + "      EVIDENCE: PASSED\n"
                + "      PURPOSE: FAILED PURPOSE\n"
                + "      STUDY: NOT_REACHED\n"
                + "      RECIPIENT: NOT_REACHED\n"
                + "      STARTED: NOT_REACHED\n"
                + "      NOT_EXPIRED: NOT_REACHED\n"
                + "      DUO: NOT_REACHED\n"
                + "      MINOR: NOT_REACHED\n"
                + "      NOT_WITHDRAWN: NOT_REACHED\n"
                + "      NOT_DENIED: NOT_REACHED\n"
                + "   data/consents.csv:4  DRAFT\n"
                + "      L3 PERMIT DRAFT\n");
  }

  @Test
  void namesTheLineThatStoppedAPermit() {
    assertThat(explain("P2").out())
        .isEqualTo(
            "OUT: WITHDRAWN"
                + HEAD
                + "born on 1980-01-01\n"
                + "2 consent lines\n"
                + "=> data/consents.csv:5  PERMIT_FAILED, stopped by data/consents.csv:6\n"
                + "      L4 PERMIT ACTIVE\n"
                + PASSED
                + "      NOT_WITHDRAWN: FAILED WITHDRAWN\n"
                + "      NOT_DENIED: NOT_REACHED\n"
                + "=> data/consents.csv:6  RESTRICTS\n"
                + "      L5 WITHDRAW ACTIVE\n");
  }

  @Test
  void beginsWithSentencesToReadAloud() {
    Answer answer = clinic.call("explain", "--patient", "P2", clinic.job());

    assertThat(answer.out())
        .startsWith("This patient may not be released, as of ")
        .contains("Consent L4, signed on ")
        .contains("The patient withdrew the consent. (WITHDRAWN) See ")
        .contains("The patient would have to sign a new consent after the withdrawal.");
  }

  @Test
  void writesAFileNoteForItsOwnerOnly() throws IOException {
    Path note = folder.resolve("note.html");

    Answer answer = call("--patient", "P2", "--html", note.toString());
    Answer again = call("--patient", "P2", "--html", note.toString());

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(Files.readString(note))
        .contains("<p>Patient: P2</p>", "may not be released", "<h2>Why not</h2>")
        .doesNotContain("<script", "src=", "href=");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(note)))
        .isEqualTo("rw-------");
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err())
        .contains("note.html: error PAGE_EXISTS a file is there already; choose another name\n");
  }

  @Test
  void showsWhatComesBeforeEveryPermitAndShowsNothingOfALineThatCannotBeRead() {
    assertThat(explain("P3").out())
        .startsWith(
            "OUT: BAD_RESTRICTION_ROW"
                + HEAD
                + "a restriction cannot be read, or its patient id is only similar to this one; no"
                + " permit counts until it is corrected\n"
                + "born on 1980-01-01\n"
                + "2 consent lines\n"
                + "=> data/consents.csv:7  BAD_RESTRICTION_ROW\n"
                + "   data/consents.csv:8  PERMIT_PASSED\n")
        .doesNotContain("soon");
  }

  @Test
  void showsThatTheCohortDecidesAboutAPermittedPatientWhomTheStudyDoesNotNeed() {
    Path all = clinic.file("job.yaml");
    Path some = clinic.file("cohort.yaml");
    String cohort = "cohort: {any: [{table: visits, dateColumn: left, from: 2023-01-01}]}\n";
    Installation.write(some, Installation.read(all) + cohort);

    Answer answer = details(clinic.call("explain", "--patient", "P5", some.toString()));

    assertThat(answer.out())
        .isEqualTo(
            "OUT: NOT_IN_COHORT, though consent permits"
                + HEAD
                + "born on 1980-01-01\n"
                + "1 consent line\n"
                + "=> data/consents.csv:10  PERMIT_PASSED\n"
                + "      L9 PERMIT ACTIVE\n"
                + PASSED
                + "      NOT_WITHDRAWN: PASSED\n"
                + "      NOT_DENIED: PASSED\n");
  }

  @Test
  void takesThePatientFromAFileAndFromStandardInput() {
    Path file = clinic.file("asked");
    Installation.write(file, " p2 \nP1\n");
    String expected = explain("P2").out();

    assertThat(call("--patient-file", file.toString()).out()).isEqualTo(expected);

    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("P2\n".getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(call("--patient-file", "-").out()).isEqualTo(expected);
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void addsCategoryAndDatesOfARecordAndEachPermitsAnswer() {
    assertThat(record("P1", "visits:VP1"))
        .isEqualTo(
            """
            record data/visits.csv:2 VISIT 2021-06-01 to 2023-06-02: OUT: RECORD_DATE
                  permit data/consents.csv:2 category PASSED, dates FAILED
            """);
  }

  @Test
  void addsTheAnswerForEachColumnOfAnotherCategory() {
    assertThat(record("P5", "procedures:CP5"))
        .isEqualTo(
            """
            record data/procedures.csv:6 PROCEDURE 2021-06-02 to 2021-06-02: IN
                  permit data/consents.csv:10 category PASSED, dates PASSED
               column diagnosis DIAGNOSIS: withheld: CATEGORY
               column units LAB: withheld: CATEGORY
               column charge BILLING: withheld: CATEGORY
               column finding PHOTO: withheld: CATEGORY
            """);
  }

  @Test
  void keepsARecordOutWithTheRowItNamesThroughEveryLevel() {
    String permit = "      permit data/consents.csv:9 category PASSED, dates ";

    assertThat(record("P4", "episodes:EP4"))
        .isEqualTo(
            "record data/episodes.csv:5 CARE_PLAN 2021-05-30 to 2021-05-30: OUT: RECORD_DATE\n"
                + permit
                + "FAILED\n");
    assertThat(record("P4", "visits:VP4"))
        .isEqualTo(
            "record data/visits.csv:5 VISIT 2023-06-01 to 2023-06-02: OUT: PARENT_EXCLUDED\n"
                + permit
                + "PASSED\n"
                + "      what it names in episodes is not released\n");
    assertThat(record("P4", "implants:IP4|CP4"))
        .isEqualTo(
            "record data/implants.csv:5 DEVICE 2023-06-02 to 2023-06-02: OUT: PARENT_EXCLUDED\n"
                + permit
                + "PASSED\n"
                + "      what it names in procedures is not released\n");
  }

  @Test
  void findsEveryRecordByEveryColumnOfItsKey() {
    String permit = "      permit data/consents.csv:10 category PASSED, dates PASSED\n";

    assertThat(record("P5", "implants:I\\|5|C1"))
        .isEqualTo(
            "record data/implants.csv:7 DEVICE 2021-06-03 to 2021-06-03: OUT: PARENT_EXCLUDED\n"
                + permit
                + "      what it names in procedures is not released\n"
                + "      what it names in patients is not released\n");
    assertThat(record("P5", "implants:I\\|5|"))
        .isEqualTo(
            "record data/implants.csv:9 DEVICE 2021-06-03 to 2021-06-03: IN\n"
                + permit
                + "record data/implants.csv:10 DEVICE of unknown date: IN\n"
                + permit);
    assertThat(record("P5", "implants:IP4|CP4")).isEqualTo("the patient has no such record\n");
  }

  @Test
  void givesProgramsOneObjectForTheSummaryEachLineAndEachRecord() {
    assertThat(explain("P4", "--json", "--record", "visits:VP4").results())
        .hasSize(3)
        .last()
        .satisfies(
            line ->
                assertThat(line)
                    .isEqualTo(
                        JsonMapper.shared()
                            .readTree(
                                """
                                {"event": "result", "command": "explain", "shape": "explainedRecord",
                                 "file": "data/visits.csv", "line": 5, "category": "VISIT",
                                 "summary": "PARENT_EXCLUDED", "parentsOut": ["episodes"],
                                 "columns": {}}
                                """)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "implants:K4711#RECORD_KEY the key of table 'implants' has 2 columns: implant,"
            + " procedure; write their values with | between them",
        "implants:K4711|1|2#RECORD_KEY the key of table 'implants' has 2 columns: implant,"
            + " procedure; write their values with | between them",
        "K4711#RECORD expected TABLE:KEY",
        "K4711:1#UNKNOWN_TABLE the job releases no such table; write TABLE:KEY with one of"
            + " patients, episodes, visits, procedures, implants"
      })
  void refusesARecordThatCannotBeMeantBeforeItAsks(String record, String message) {
    int before = asked().size();

    Answer answer = explain("P1", "--record", record);

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err()).isEqualTo("--record: error " + message + "\n");
    assertThat(asked()).hasSize(before);
  }

  @Test
  void leavesNothingOfThePatientBehind() throws IOException {
    Installation place =
        Installation.in(Files.createDirectory(folder.resolve("canary")).toRealPath());
    CanaryClinic.over(place);
    String key = place.root().resolve("keys/eyelid-outcomes.key").toString();
    assertThat(place.call("keys", "new", "study", key).exitCode()).isZero();
    Path patient = place.root().resolve("asked");
    Installation.write(patient, Person.RELEASED.id());
    String visit = "visits:" + Person.RELEASED.word("visits", "visit_id");

    Answer answer =
        place.call(
            "explain",
            "--patient-file",
            patient.toString(),
            "--record",
            visit,
            place.job("eyelid-outcomes").toString());

    assertThat(answer.out())
        .contains("\nIN  ")
        .contains("record ")
        .endsWith(" PASSED\n   column age_at_visit DEMOGRAPHIC: IN\n");
    assertThat(Leaks.in(answer.out()))
        .containsExactly(
            Person.RELEASED.birth,
            Person.RELEASED.event,
            Person.RELEASED.word("consents", "linepermit"));
    assertThat(Leaks.in(answer.err())).isEmpty();
    assertThat(Leaks.under(place.home())).isEmpty();
  }

  @Test
  void keepsThatItWasAskedAndNotForWhomThoughThePatientIsUnknown() {
    List<String> before = asked();

    Answer unknown = explain("P-NOBODY");

    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.out()).isEmpty();
    assertThat(unknown.err())
        .isEqualTo(
            "data/patients.csv: error UNKNOWN_PATIENT the subjects table does not know that"
                + " patient; check the id; it is compared trimmed and in upper case\n");
    List<String> after = asked();
    assertThat(after).hasSize(before.size() + 1);
    assertThat(after)
        .allMatch(row -> row.contains("\"job\":\"chain\",\"study\":\"S1\""))
        .allMatch(row -> row.matches("(?s).*\\{\"askedBy\":\"[^\"]+\",\"subject\":\"[^\"]+\"}.*"))
        .noneMatch(row -> row.toUpperCase(Locale.ROOT).contains("P-NOBODY"));
  }

  @Test
  void answersNothingThatItCannotNote() throws IOException {
    ChainClinic own = ChainClinic.in(Files.createDirectory(folder.resolve("own")).toRealPath());
    own.row("patients", "P1", "1980-01-01").consent("L1", "P1", Map.of()).write();
    String keys = own.file("keys/study.key").toString();
    assertThat(own.call("keys", "new", "study", keys).exitCode()).isZero();
    assertThat(own.call("explain", "--patient", "P1", own.job()).out())
        .startsWith("This patient may be released, as of ");
    new LedgerForger(new StateFolder(own.home())).refuseEntries();

    Answer answer = own.call("explain", "--patient", "P1", own.job());

    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err())
        .isEqualTo(
            "state/ledger: error LEDGER the disclosure ledger cannot be read or written; check free"
                + " space and permissions of the state folder, then try again\n");
  }

  private static String record(String patient, String record) {
    String without = explain(patient).out();
    String with = explain(patient, "--record", record).out();
    assertThat(with).startsWith(without);
    return with.substring(without.length());
  }

  private static List<String> asked() {
    return new LedgerForger(new StateFolder(clinic.home()))
        .lines().stream().filter(line -> line.contains("EXPLAINED")).toList();
  }

  private static Answer explain(String patient, String... more) {
    return call(Stream.concat(Stream.of("--patient", patient), Stream.of(more)));
  }

  private static Answer call(String... words) {
    return call(Stream.of(words));
  }

  private static Answer call(Stream<String> words) {
    return details(
        clinic.call(
            Stream.of(Stream.of("explain"), words, Stream.of(clinic.job()))
                .flatMap(part -> part)
                .toArray(String[]::new)));
  }

  /** What follows the sentences to read aloud. */
  private static Answer details(Answer answer) {
    String mark = "\nDetails:\n";
    int at = answer.out().indexOf(mark);
    return at < 0
        ? answer
        : new Answer(answer.exitCode(), answer.out().substring(at + mark.length()), answer.err());
  }
}
