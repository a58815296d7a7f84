package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.consentry.data.ConsentLine;
import org.consentry.data.SubjectKeys;
import org.consentry.problem.Category;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;

final class ConsentLineReaderTest {

  private static final String CANARY = "Canary-4711";

  /** Keeps what it is told, in order. */
  private static final class Told implements ConsentSink {

    private final List<String> all = new ArrayList<>();
    private final List<ConsentLine> lines = new ArrayList<>();

    @Override
    public void line(int subject, ConsentLine line) {
      all.add(subject + " line " + line.line());
      lines.add(line);
    }

    @Override
    public void badPermit(int subject, String lineId, String file, long line) {
      all.add(subject + " bad permit " + line);
    }

    @Override
    public void badRestriction(int subject, String file, long line) {
      all.add(subject + " bad restriction " + line);
    }
  }

  private final Told told = new Told();
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

    ConsentReading reading = ConsentFile.read(text, keys, told);

    ConsentLine line = told.lines.get(0);
    assertThat(line.id()).isEqualTo("L1");
    assertThat(line.signedTo() - line.signedFrom()).isEqualTo(59_999_999L);
    assertThat(line.duo()).hasSize(2);
    assertThat(line.duo().get(1).argument()).isEqualTo("60");
    assertThat(line.dataTo()).isEqualTo(ConsentLine.ANY_DAY);
    assertThat(line.signerAuthority()).isEqualTo("mother, by \"law\"\nsecond line");
    assertThat(line).hasToString("ConsentLine[consents.csv:2]");
    assertThat(told.all).containsExactly("0 line 2", "0 line 4");
    assertThat(reading.lines()).isEqualTo(2);
    assertThat(reading.reported()).isEqualTo(Reported.NOTHING);
  }

  @Test
  void takesMarkOfByteOrderCarriageReturnsAndAMissingLastNewline() {
    String text = "\uFEFF" + new ConsentFile().permit().permit().text().replace("\n", "\r\n");

    ConsentFile.read(text.substring(0, text.length() - 2), keys, told);

    assertThat(told.all).containsExactly("0 line 2", "0 line 3");
  }

  @Test
  void takesColumnsInAnyOrder() {
    String header = ConsentFile.header();
    String text = "source," + header.substring(0, header.length() - ",source".length()) + "\n";
    String row = "paper,L1,P1,DENY,ACTIVE" + ",".repeat(23) + "\n";

    ConsentFile.read(text + row, keys, told);

    assertThat(told.lines.get(0).origin()).isEqualTo("paper");
    assertThat(told.lines.get(0).decision()).isEqualTo(ConsentLine.Decision.DENY);
  }

  @Test
  void saysWhatIsWrongWithALineAndNothingOfItsContent() {
    String text =
        new ConsentFile()
            .permit("purposes", CANARY)
            .deny("categories_in", CANARY)
            .line(java.util.Map.of("decision", CANARY))
            .text();

    ConsentReading reading = ConsentFile.read(text, keys, told);

    assertThat(told.all)
        .containsExactly("0 bad permit 2", "0 bad restriction 3", "0 bad restriction 4");
    assertThat(reading.badPermits()).isEqualTo(1);
    assertThat(reading.badRestrictions()).isEqualTo(2);
    assertThat(reading.reported().listed().stream().map(Problem::toString))
        .containsExactly(
            "consents.csv:2: warning BAD_PERMIT_ROW column 'purposes' should hold HL7 PurposeOfUse"
                + " codes divided by |; this permit is ignored; correct it",
            "consents.csv:3: warning BAD_RESTRICTION_ROW column 'categories_in' should hold record"
                + " categories divided by |; its patient stays out until it is corrected",
            "consents.csv:4: warning BAD_RESTRICTION_ROW column 'decision' should hold a word the"
                + " column knows; its patient stays out until it is corrected");
  }

  @Test
  void listsTwentyOfAKindAndCountsTheRest() {
    ConsentFile file = new ConsentFile();
    for (int i = 0; i < 50; i++) {
      file.permit("purposes", CANARY);
    }
    file.permit("patient_id", "P2");

    Reported reported = ConsentFile.read(file.text(), keys, told).reported();

    assertThat(reported.listed()).hasSize(21);
    assertThat(reported.counts())
        .containsEntry("BAD_PERMIT_ROW", 50L)
        .containsEntry("PERMIT_OF_UNKNOWN_PATIENT", 1L);
    assertThat(reported.more()).isEqualTo(30);
  }

  @Test
  void digestsExactlyTheBytesRead() {
    ConsentReading reading = ConsentFile.read(ConsentFile.header() + "\n", keys, told);

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
  void stopsAtAnEmptyLine() {
    String text = new ConsentFile().permit().text() + "\n" + CANARY;

    stops(
        text,
        "consents.csv:3: error CONSENT_RAGGED expected 28 fields but found 1;"
            + " a restriction may be lost here; repair the line");
  }

  @Test
  void stopsAtABareQuote() {
    String text = new ConsentFile().permit().permit("source", "paper").text();

    stops(
        text.replace("paper\n", CANARY + "\"\n"),
        "consents.csv:3: error CONSENT_QUOTING found a quote inside an unquoted field;"
            + " quote as RFC 4180 says");
  }

  @Test
  void stopsAtTextAfterAQuote() {
    String text = new ConsentFile().permit("source", "paper").text();

    stops(
        text.replace("paper", "\"pa\"" + CANARY),
        "consents.csv:2: error CONSENT_QUOTING found text after a closing quote;"
            + " quote as RFC 4180 says");
  }

  @Test
  void stopsAtAQuoteThatIsNeverClosed() {
    String text = new ConsentFile().permit().permit("source", "paper").permit().text();

    stops(
        text.replace("paper", "\"paper"),
        "consents.csv:3: error CONSENT_QUOTING found a quote that is never closed;"
            + " quote as RFC 4180 says");
  }

  @Test
  void stopsAtANul() {
    String text = new ConsentFile().permit("source", "paper").text();

    stops(
        text.replace("paper", "pa\0per"),
        "consents.csv:2: error CONSENT_QUOTING found a NUL character; quote as RFC 4180 says");
  }

  @Test
  void stopsAtAnotherEncoding() {
    byte[] bytes =
        new ConsentFile()
            .permit("source", "Jos\u00e9")
            .text()
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(
            () ->
                ConsentLineReader.read(new ByteArrayInputStream(bytes), "consents.csv", keys, told))
        .isInstanceOf(ProblemException.class)
        .hasNoCause()
        .hasMessage(
            "consents.csv:2: error CONSENT_ENCODING expected UTF-8 but found bytes that are not"
                + " UTF-8; save it as UTF-8");
  }

  @Test
  void stopsAtAnEmptyFile() {
    stops("", "consents.csv: error CONSENT_EMPTY the file holds no header");
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
  void stopsWhenAColumnStandsTwice() {
    stops(
        ConsentFile.header() + ",duo\n",
        "consents.csv:1: error CONSENT_HEADER column 29 has the name of an earlier one");
  }

  @Test
  void stopsWhenARestrictionNamesNobody() {
    String text = new ConsentFile().permit().deny("patient_id", " ").text();

    stops(
        text,
        "consents.csv:3: error CONSENT_NOBODY a restriction names no patient;"
            + " whom it protects cannot be known; repair the line");
  }

  @Test
  void stopsWhenTheFileIsAbsent() {
    Path absent = Path.of("no-such-folder", "consents.csv");

    assertThatThrownBy(() -> ConsentLineReader.read(absent, "consents.csv", keys, told))
        .isInstanceOf(ProblemException.class)
        .hasNoCause()
        .hasMessage(
            "consents.csv: error CONSENT_UNREADABLE the file of consent lines cannot be read;"
                + " check that it exists and that this user may read it");
  }

  private void stops(String text, String message) {
    assertThatThrownBy(() -> ConsentFile.read(text, keys, told))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.category()).isEqualTo(Category.FILES_INVALID))
        .hasNoCause()
        .hasMessage(message);
  }
}
