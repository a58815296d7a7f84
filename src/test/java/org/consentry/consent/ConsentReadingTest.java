package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.consentry.data.SubjectKeys;
import org.consentry.export.decide.ConsentLines;
import org.consentry.plan.ConsentForm;
import org.consentry.problem.Category;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConsentReadingTest {

  private static final String CANARY = "Canary-4711";

  private final SeenLines seen = new SeenLines();
  private final SubjectKeys keys = ConsentFile.keys("P1");

  @Test
  void readsEveryColumnOfALine() {
    String text =
        new ConsentFile()
            .permit(
                "duo", "HMB|DUO:0000025:60",
                "data_from", "2020-01-01",
                "categories_in", "*|GENETIC",
                "signed_at", "2024-05-02T10:00",
                "signer_authority", "mother, by \"law\"\nsecond line",
                "jurisdiction", "AZ",
                "source", "paper")
            .permit()
            .text();

    ConsentReadResult reading = ConsentFile.read(text, keys, seen);

    ConsentLine line = seen.lines().get(0);
    assertThat(line.id()).isEqualTo("L1");
    assertThat(line.signedTo() - line.signedFrom()).isEqualTo(59_999_999L);
    assertThat(line.duo()).hasSize(2);
    assertThat(line.duo().get(1).argument()).isEqualTo("60");
    assertThat(line.dataTo()).isEqualTo(ConsentLine.ANY_DAY);
    assertThat(line.signerAuthority()).isEqualTo("mother, by \"law\"\nsecond line");
    assertThat(line).hasToString("ConsentLine[consents.csv:2]");
    assertThat(seen.all()).containsExactly("0 line 2", "0 line 4");
    assertThat(reading.lines()).isEqualTo(2);
    assertThat(reading.reported()).isEqualTo(ProblemCounts.NOTHING);
  }

  @Test
  void takesAMarkOfByteOrderAndCarriageReturns() {
    String text = "\uFEFF" + new ConsentFile().permit().permit().text().replace("\n", "\r\n");

    ConsentFile.read(text, keys, seen);

    assertThat(seen.all()).containsExactly("0 line 2", "0 line 3");
  }

  @Test
  void permitsNothingByALastLineThatIsNotEnded() {
    String text = new ConsentFile().permit().permit().text();

    ConsentReadResult reading = ConsentFile.read(text.substring(0, text.length() - 1), keys, seen);

    assertThat(seen.all()).containsExactly("0 line 2", "0 bad permit 3");
    assertThat(reading.badPermits()).isEqualTo(1);
    assertThat(reading.reported().listed().stream().map(Problem::toString))
        .containsExactly(
            "consents.csv:3: warning LAST_LINE_NOT_ENDED expected a line end after the last line"
                + " but found the end of the file, as in a copy that was cut off; the line permits"
                + " nothing, and counts if it restricts; compare the file with its source and end"
                + " it with a line end",
            "consents.csv:3: warning BAD_PERMIT_ROW no line end follows the permit; this permit is"
                + " ignored; correct it");
  }

  @Test
  void countsARestrictionOnALastLineThatIsNotEnded() {
    String text = new ConsentFile().permit().deny().text();

    ConsentReadResult reading = ConsentFile.read(text.substring(0, text.length() - 1), keys, seen);

    assertThat(seen.all()).containsExactly("0 line 2", "0 line 3");
    assertThat(reading.reported().counts()).containsOnlyKeys("LAST_LINE_NOT_ENDED");
  }

  @Test
  void excludesThePatientWhereALastLineThatIsNotEndedReplacesAnother() {
    String text = new ConsentFile().permit().permit("supersedes", "L1").text();

    ConsentFile.read(text.substring(0, text.length() - 1), keys, seen);

    assertThat(seen.all()).containsExactly("0 line 2", "[0] bad restriction 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\n\n\r\n", " \n", "\uFEFF\u00A0", "\u001A"})
  void passesOverEmptyLinesAtTheEnd(String end) {
    ConsentFile.read(new ConsentFile().permit().permit().text() + end, keys, seen);

    assertThat(seen.all()).containsExactly("0 line 2", "0 line 3");
  }

  @Test
  void readsCellsWithoutWhatShowsNothingAtTheirEnds() {
    String text =
        new ConsentFile()
            .permit(
                "line_id", "\u200BL1\u00A0",
                "patient_id", "\uFEFF P1\u200E",
                "decision", "PERMIT\u00A0",
                "signed_at", " 2024-05-02\u200B",
                "purposes", "HRESCH\u00A0| \u200BTREAT ",
                "duo", "\u00A0HMB",
                "data_from", "\u200B*")
            .text();

    ConsentReadResult reading = ConsentFile.read(text, keys, seen);

    assertThat(seen.all()).containsExactly("0 line 2");
    assertThat(seen.lines().get(0).id()).isEqualTo("L1");
    assertThat(seen.lines().get(0).purposes().names()).containsExactly("HRESCH", "TREAT");
    assertThat(seen.lines().get(0).dataFrom()).isEqualTo(ConsentLine.ANY_DAY);
    assertThat(reading.reported()).isEqualTo(ProblemCounts.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"p1", "P\u200B1", "\uFF301", "\u04201", "P01", "P-1", "P\u00AD1", "PSS1"})
  void permitsOnlyByAnIdThatIsWrittenAsInTheSubjectsTable(String id) {
    SubjectKeys written = new SubjectKeys();
    byte[] bytes = "P\u00DF1".getBytes(StandardCharsets.UTF_8);
    written.add(new byte[] {'P', '1'}, 0, 2);
    written.addWritten(bytes, 0, bytes.length);

    ConsentReadResult reading =
        ConsentFile.read(new ConsentFile().permit("patient_id", id).text(), written, seen);

    assertThat(seen.all()).containsExactly("-1 line 2");
    assertThat(reading.unknownSubjects()).isEqualTo(1);
    assertThat(reading.unknownRestrictions()).isZero();
  }

  @Test
  void reportsAPermitWhoseIdIsSpelledOtherwise() {
    ConsentReadResult reading =
        ConsentFile.read(new ConsentFile().permit("patient_id", "p1").text(), keys, seen);

    assertThat(reading.reported().listed().stream().map(Problem::toString))
        .containsExactly(
            "consents.csv:2: warning PERMIT_ID_NOT_EXACT expected a patient id as the subjects"
                + " table writes it but found another spelling; it permits nothing; write the id as"
                + " in the subjects table");
  }

  @Test
  void excludesEveryPatientWhoseIdIsSimilarToThatOfARestriction() {
    SubjectKeys shared = ConsentFile.keys("007", "7", "0\u200B7", "8");

    ConsentReadResult reading =
        ConsentFile.read(new ConsentFile().withdraw("patient_id", "07").text(), shared, seen);

    assertThat(seen.all()).containsExactly("[0, 1, 2] restriction 2");
    assertThat(reading.unknownRestrictions()).isZero();
    assertThat(reading.reported().listed().stream().map(Problem::toString))
        .containsExactly(
            "consents.csv:2: warning RESTRICTION_ID_NOT_EXACT expected a patient id as the subjects"
                + " table writes it but found one that is similar to 3; each of these patients is"
                + " excluded until it is corrected; write the id as in the subjects table");
  }

  @Test
  void looksForSimilarPatientsOfARestrictionThatCannotBeRead() {
    ConsentFile.read(
        new ConsentFile().deny("patient_id", "p1", "valid_to", "soon").text(), keys, seen);

    assertThat(seen.all()).containsExactly("[0] bad restriction 2");
  }

  @Test
  void countsRestrictionsThatMatchNoPatient() {
    ConsentFile file =
        new ConsentFile()
            .withdraw("patient_id", "X9")
            .deny("patient_id", "X9", "valid_to", "soon")
            .permit("patient_id", "X9", "revokes", "*")
            .line(Map.of("patient_id", "X9", "status", "REJECTED"))
            .withdraw("patient_id", "X9", "status", "DRAFT")
            .permit("patient_id", "X9", "supersedes", "L77")
            .permit("patient_id", "X9");

    ConsentReadResult reading = ConsentFile.read(file.text(), keys, seen);

    assertThat(reading.unknownRestrictions()).isEqualTo(4);
    assertThat(reading.unknownSubjects()).isEqualTo(7);
    assertThat(reading.reported().counts())
        .isEqualTo(
            Map.of(
                "RESTRICTION_OF_UNKNOWN_PATIENT", 4L,
                "BAD_RESTRICTION_ROW", 1L,
                "PERMIT_OF_UNKNOWN_PATIENT", 2L));
  }

  @Test
  void takesColumnsInAnyOrder() {
    String header = ConsentFile.header();
    String text = "source," + header.substring(0, header.length() - ",source".length()) + "\n";
    String row = "paper,L1,P1,DENY,ACTIVE" + ",".repeat(23) + "\n";

    ConsentFile.read(text + row, keys, seen);

    assertThat(seen.lines().get(0).origin()).isEqualTo("paper");
    assertThat(seen.lines().get(0).decision()).isEqualTo(ConsentLine.Decision.DENY);
  }

  @Test
  void reportsWhatIsWrongWithALineAndNothingOfItsContent() {
    String text =
        new ConsentFile()
            .permit("purposes", CANARY)
            .deny("categories_in", CANARY)
            .line(Map.of("decision", CANARY))
            .text();

    ConsentReadResult reading = ConsentFile.read(text, keys, seen);

    assertThat(seen.all())
        .containsExactly("0 bad permit 2", "[0] bad restriction 3", "[0] bad restriction 4");
    assertThat(reading.badPermits()).isEqualTo(1);
    assertThat(reading.badRestrictions()).isEqualTo(2);
    assertThat(reading.reported().listed().stream().map(Problem::toString))
        .containsExactly(
            "consents.csv:2: warning BAD_PERMIT_ROW column 'purposes' should have HL7 PurposeOfUse"
                + " codes divided by |, such as HRESCH or CLINTRCH, or *; this permit is ignored;"
                + " correct it",
            "consents.csv:3: warning BAD_RESTRICTION_ROW column 'categories_in' should have * or"
                + " record categories divided by |, of DEMOGRAPHIC, VISIT, PROCEDURE, DIAGNOSIS,"
                + " LAB, OBSERVATION, MEDICATION, ALLERGY, IMMUNIZATION, IMAGING, CARE_PLAN, NOTE,"
                + " PHOTO, DEVICE, PROM, BILLING, FACE_PHOTO, GENETIC, PSYCHOTHERAPY_NOTE,"
                + " SUD_PART2; its patient is excluded until it is corrected",
            "consents.csv:4: warning BAD_RESTRICTION_ROW column 'decision' should have one of"
                + " PERMIT, DENY, WITHDRAW; its patient is excluded until it is corrected");
  }

  @Test
  void listsTwentyOfAKindAndCountsTheRest() {
    ConsentFile file = new ConsentFile();
    for (int i = 0; i < 50; i++) {
      file.permit("purposes", CANARY);
    }
    file.permit("patient_id", "P2");

    ProblemCounts reported = ConsentFile.read(file.text(), keys, seen).reported();

    assertThat(reported.listed()).hasSize(21);
    assertThat(reported.counts())
        .containsEntry("BAD_PERMIT_ROW", 50L)
        .containsEntry("PERMIT_OF_UNKNOWN_PATIENT", 1L);
    assertThat(reported.more()).isEqualTo(30);
  }

  @Test
  void digestsExactlyTheBytesRead() {
    ConsentReadResult reading = ConsentFile.read(ConsentFile.header() + "\n", keys, seen);

    assertThat(reading.sha256())
        .isEqualTo("sha256:2ab8459e95b0fc82f367cb4f916928c9218d44b8eaa1eee02221f37d57d36c28")
        .hasSize(71);
  }

  @Test
  void stopsAtARaggedLine() {
    String text = new ConsentFile().permit().text() + "L2,P1,WITHDRAW\n";

    stops(
        text,
        "consents.csv:3: error CONSENT_RAGGED expected 28 fields but found 3;"
            + " a restriction may be lost here; repair the line");
  }

  @Test
  void reportsAllDamagedLinesAtOnce() {
    String text = new ConsentFile().permit().text() + "L2,P1,WITHDRAW\nL3,P1\n";

    assertThatThrownBy(
            () -> ConsentFile.read(text.getBytes(StandardCharsets.UTF_8), keys, seen, 1 << 20))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "consents.csv:3: error CONSENT_RAGGED expected 28 fields but found 3;"
                + " a restriction may be lost here; repair the line\n"
                + "consents.csv:4: error CONSENT_RAGGED expected 28 fields but found 2;"
                + " a restriction may be lost here; repair the line");
  }

  @Test
  void stopsAtAnEmptyLine() {
    String text = new ConsentFile().permit().text() + "\n" + CANARY;

    stops(
        text,
        "consents.csv:3: error CONSENT_RAGGED expected 28 fields but found 1;"
            + " a restriction may be lost here; repair the line\n"
            + "consents.csv:4: error CONSENT_RAGGED expected 28 fields but found 1;"
            + " a restriction may be lost here; repair the line");
  }

  @Test
  void stopsAtABareQuote() {
    String text = new ConsentFile().permit().permit("source", "paper").text();

    stops(
        text.replace("paper\n", CANARY + "\"\n"),
        "consents.csv:3: error CONSENT_QUOTING found a quote inside an unquoted field;"
            + " quote as in RFC 4180");
  }

  @Test
  void stopsAtTextAfterAQuote() {
    String text = new ConsentFile().permit("source", "paper").text();

    stops(
        text.replace("paper", "\"pa\"" + CANARY),
        "consents.csv:2: error CONSENT_QUOTING found text after a closing quote;"
            + " quote as in RFC 4180");
  }

  @Test
  void stopsAtAQuoteThatIsNeverClosed() {
    String text = new ConsentFile().permit().permit("source", "paper").permit().text();

    stops(
        text.replace("paper", "\"paper"),
        "consents.csv:3: error CONSENT_QUOTING found a quote that is never closed;"
            + " quote as in RFC 4180");
  }

  @Test
  void stopsAtANul() {
    String text = new ConsentFile().permit("source", "paper").text();

    stops(
        text.replace("paper", "pa\0per"),
        "consents.csv:2: error CONSENT_QUOTING found a NUL character; quote as in RFC 4180");
  }

  /** What a crash leaves of a file whose end was not written yet: restrictions may be lost. */
  @ParameterizedTest
  @ValueSource(strings = {"\0", "\0\n", "\0\0\r\n", " \0", "\n\0\n", "\0\n\n", "\n\0"})
  void stopsAtNulsAfterTheLastRow(String end) {
    String text = new ConsentFile().permit().text() + end;

    assertThatThrownBy(() -> ConsentFile.read(text, keys, seen))
        .isInstanceOfSatisfying(
            ProblemException.class,
            stopped -> assertThat(stopped.category()).isEqualTo(Category.FILES_INVALID))
        .message()
        .containsAnyOf(
            "consents.csv:3: error CONSENT_QUOTING found a NUL character",
            "consents.csv:3: error CONSENT_RAGGED expected 28 fields but found 1");
  }

  @Test
  void stopsAtAnotherEncoding() {
    byte[] bytes =
        new ConsentFile()
            .permit("source", "Jos\u00e9")
            .text()
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> ConsentFile.read(bytes, keys, seen, 1 << 20))
        .isInstanceOf(ProblemException.class)
        .hasNoCause()
        .hasMessage(
            "consents.csv:2: error CONSENT_ENCODING expected utf-8 but found bytes that are not"
                + " utf-8; this looks like windows-1252: set encoding: windows-1252 under"
                + " consent:");
  }

  @Test
  void stopsAtAnEmptyFile() {
    stops("", "consents.csv: error CONSENT_EMPTY the file has no header");
  }

  @Test
  void stopsWhenAColumnIsMissing() {
    stops(
        ConsentFile.header().replace("revokes,", "") + "\n",
        "consents.csv:1: error CONSENT_HEADER column 'revokes' is missing; add it");
  }

  @Test
  void stopsWhenAColumnIsUnknown() {
    stops(
        ConsentFile.header() + "," + CANARY + "\n",
        "consents.csv:1: error CONSENT_HEADER column 29 is no column of consent lines; remove it");
  }

  @Test
  void findsMissingAndUnknownColumnsInOneRound() {
    assertThatThrownBy(
            () ->
                ConsentHeader.of(
                    "consents.csv",
                    List.of(
                        (CANARY + "," + ConsentFile.header() + ",x")
                            .replace(",decision,", ",decison,")
                            .replace(",revokes,", ",")
                            .split(",")),
                    "utf-8",
                    Map.of()))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "consents.csv:1: error CONSENT_HEADER columns 'decision', 'revokes' are missing; add"
                + " them\n"
                + "consents.csv:1: error CONSENT_HEADER columns 1, 4, 29 are no columns of consent"
                + " lines; remove them");
  }

  @Test
  void stopsWhenAColumnIsThereTwice() {
    stops(
        ConsentFile.header() + ",duo\n",
        "consents.csv:1: error CONSENT_HEADER columns 18 and 29 have the same name; name every"
            + " column once");
  }

  @Test
  void stopsWhenARestrictionNamesNoPatient() {
    String text = new ConsentFile().permit().deny("patient_id", " ").text();

    stops(
        text,
        "consents.csv:3: error CONSENT_NOBODY a restriction names no patient;"
            + " whom it protects cannot be known; repair the line");
  }

  @Test
  void stopsWhenTheFileIsAbsent() {
    Path absent = Path.of("no-such-folder", "consents.csv");

    assertThatThrownBy(() -> ConsentLines.open(absent, "consents.csv", ConsentForm.USUAL))
        .isInstanceOf(ProblemException.class)
        .hasNoCause()
        .hasMessage(
            "consents.csv: error CONSENT_UNREADABLE the file of consent lines cannot be read;"
                + " check that it exists and that this user may read it");
  }

  private void stops(String text, String message) {
    assertThatThrownBy(() -> ConsentFile.read(text, keys, seen))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.category()).isEqualTo(Category.FILES_INVALID))
        .hasNoCause()
        .hasMessage(message);
  }
}
