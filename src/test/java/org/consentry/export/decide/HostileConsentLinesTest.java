package org.consentry.export.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.consentry.consent.ConsentDecider;
import org.consentry.consent.RestrictionDigest;
import org.consentry.data.BirthDays;
import org.consentry.export.Parallel;
import org.consentry.plan.ConsentForm;
import org.consentry.plan.ConsentOrigin;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file of consent lines in which a restriction could be lost stops the run, by file and line and
 * without a word of a patient.
 */
final class HostileConsentLinesTest {

  private static final int HEAD = 1;

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path file;
  private ExportPlan plan;

  @BeforeEach
  void clinic() {
    clinic = new SmallClinic(root).patients(1, 5).denies(3);
    Path job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
    plan =
        Planner.plan(job, clinic.now().toLocalDate(), clinic.now().toLocalDate(), Optional.empty());
    file = root.resolve("clinic/consents.csv");
  }

  private DecisionStep.ConsentResult decide() {
    return Consented.by(
        new DecisionStep(plan.decide()),
        plan.request(clinic.now()),
        ConsentOrigin.of(file, "consents.csv"));
  }

  private String refusal() {
    Throwable refused = catchThrowable(this::decide);
    assertThat(refused).isInstanceOf(ProblemException.class);
    assertThat(((ProblemException) refused).category()).isEqualTo(Category.FILES_INVALID);
    assertThat(refused).hasNoCause();
    assertThat(String.valueOf(refused.getMessage())).doesNotContain(SmallClinic.CANARY);
    return String.valueOf(refused.getMessage());
  }

  /** Replaces one line, from 1 for the header. */
  private void line(int number, String text) throws IOException {
    String[] lines = Files.readAllLines(file).toArray(String[]::new);
    lines[number - 1] = text;
    Files.writeString(file, String.join("\n", lines) + "\n");
  }

  private String line(int number) throws IOException {
    return Files.readAllLines(file).get(number - 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '' | CONSENT_EMPTY the file has no header
          '\uFEFF' | CONSENT_EMPTY the file has no header
          """)
  void aFileWithoutAHeader(String text, String message) throws IOException {
    Files.writeString(file, text);

    assertThat(refusal()).startsWith("consents.csv: error " + message);
  }

  @Test
  void aFileThatIsGone() throws IOException {
    Files.delete(file);

    assertThat(refusal())
        .isEqualTo(
            "consents.csv: error CONSENT_UNREADABLE the file of consent lines cannot be read; check"
                + " that it exists and that this user may read it");
  }

  @Test
  void aFolderInPlaceOfTheFile() throws IOException {
    Files.delete(file);
    Files.createDirectory(file);

    assertThat(refusal()).startsWith("consents.csv: error CONSENT_UNREADABLE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"revokes", "line_id", "categories_ex", "source"})
  void aHeaderWithoutAColumn(String column) throws IOException {
    line(HEAD, line(HEAD).replaceFirst(column + ",|," + column + "$", ""));

    assertThat(refusal()).startsWith("consents.csv:1: error CONSENT_HEADER").contains(column);
  }

  @Test
  void aHeaderWithAColumnTooMany() throws IOException {
    line(HEAD, line(HEAD) + ",remarks");

    assertThat(refusal()).startsWith("consents.csv:1: error CONSENT_HEADER");
  }

  @Test
  void aHeaderThatNamesAColumnTwice() throws IOException {
    line(HEAD, line(HEAD).replace("revokes", "supersedes"));

    assertThat(refusal()).startsWith("consents.csv:1: error CONSENT_HEADER");
  }

  @Test
  void aHeaderThatIsALine() throws IOException {
    line(HEAD, line(HEAD + 1));

    assertThat(refusal()).startsWith("consents.csv:1: error CONSENT_HEADER");
  }

  @Test
  void aHeaderInAnotherOrderIsTheSame() throws IOException {
    String[] lines = Files.readAllLines(file).toArray(String[]::new);
    for (int i = 0; i < lines.length; i++) {
      String[] cells = lines[i].split(",", -1);
      String first = cells[0];
      cells[0] = cells[cells.length - 1];
      cells[cells.length - 1] = first;
      lines[i] = String.join(",", cells);
    }
    Files.writeString(file, String.join("\n", lines) + "\n");

    assertThat(decide().reading().lines()).isEqualTo(5);
    assertThat(decide().decisions().exclusionCodes()).containsExactly(before());
  }

  private byte[] before() throws IOException {
    clinic.permits(1, "*", "*", "*");
    return decide().decisions().exclusionCodes();
  }

  @Test
  void aLineWithAFieldTooFew() throws IOException {
    line(4, line(4).substring(0, line(4).lastIndexOf(',')));

    assertThat(refusal())
        .startsWith("consents.csv:4: error CONSENT_RAGGED expected 28 fields but found 27");
  }

  @Test
  void aLineWithAFieldTooMany() throws IOException {
    line(4, line(4) + ",more");

    assertThat(refusal())
        .startsWith("consents.csv:4: error CONSENT_RAGGED expected 28 fields but found 29");
  }

  @Test
  void aBlankLineBetweenLines() throws IOException {
    line(4, "");

    assertThat(refusal()).startsWith("consents.csv:4: error CONSENT_RAGGED expected 28 fields");
  }

  @Test
  void aFileThatIsCutOffWithinALine() throws IOException {
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() - 30));

    assertThat(refusal()).startsWith("consents.csv:6: error CONSENT_");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ,DENY,   | ,DE"NY,      | found a quote inside an unquoted field; quote as in RFC 4180
          ,DENY,   | ,"DENY"x,    | found text after a closing quote; quote as in RFC 4180
          ,DENY,   | ,"DENY,      | found a quote that is never closed; quote as in RFC 4180
          """)
  void aMisplacedQuote(String words, String instead, String message) throws IOException {
    int number = numberOf(",DENY,");
    line(number, line(number).replace(words.strip(), instead.strip()));

    assertThat(refusal())
        .isEqualTo("consents.csv:" + number + ": error CONSENT_QUOTING " + message);
  }

  private int numberOf(String words) throws IOException {
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(words)) {
        return i + 1;
      }
    }
    throw new IllegalStateException("no line has these words");
  }

  @Test
  void aNulInALine() throws IOException {
    int number = numberOf(",DENY,");
    line(number, line(number).replace(",DENY,", ",DENY\0,"));

    assertThat(refusal())
        .isEqualTo(
            "consents.csv:"
                + number
                + ": error CONSENT_QUOTING found a NUL character; quote as in RFC 4180");
  }

  @Test
  void bytesThatAreNotUtf8() throws IOException {
    int number = numberOf(",DENY,");
    byte[] bytes =
        Files.readString(file)
            .replace(",paper", ",p\u00E4per")
            .getBytes(StandardCharsets.ISO_8859_1);
    Files.write(file, bytes);

    assertThat(refusal()).startsWith("consents.csv:2: error CONSENT_ENCODING");
    assertThat(number).isPositive();
  }

  @Test
  void aHeaderThatIsNotUtf8() throws IOException {
    byte[] bytes =
        Files.readString(file)
            .replaceFirst("source", "s\u00F6urce")
            .getBytes(StandardCharsets.ISO_8859_1);
    Files.write(file, bytes);

    assertThat(refusal()).startsWith("consents.csv:1: error CONSENT_ENCODING");
  }

  @Test
  void aRestrictionThatNamesNoOne() throws IOException {
    int number = numberOf(",DENY,");
    line(number, line(number).replace(SmallClinic.id(3), " "));

    assertThat(refusal()).startsWith("consents.csv:" + number + ": error CONSENT_NOBODY");
  }

  @Test
  void quotesAroundEveryFieldChangeNothing() throws IOException {
    byte[] plain = decide().decisions().exclusionCodes();
    String[] lines = Files.readAllLines(file).toArray(String[]::new);
    for (int i = 0; i < lines.length; i++) {
      lines[i] = "\"" + lines[i].replace(",", "\",\"") + "\"";
    }
    Files.writeString(file, String.join("\r\n", lines) + "\r\n");

    assertThat(decide().decisions().exclusionCodes()).containsExactly(plain);
  }

  @Test
  void aPermitOnALastLineWithoutItsEndDoesNotCount() throws IOException {
    byte[] whole = decide().decisions().exclusionCodes();
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() - 1));

    byte[] cut = decide().decisions().exclusionCodes();

    assertThat(whole[4]).isZero();
    assertThat(cut[4]).isNotZero();
    assertThat(decide().reading().reported().listed())
        .extracting(problem -> problem.place().line())
        .contains(6L);
  }

  @Test
  void aByteOrderMarkChangesNothing() throws IOException {
    byte[] plain = decide().decisions().exclusionCodes();
    Files.writeString(file, "\uFEFF" + Files.readString(file));

    assertThat(decide().decisions().exclusionCodes()).containsExactly(plain);
  }

  @Test
  void aFileWithoutALineDecidesAndPermitsNoOne() throws IOException {
    Files.writeString(file, line(HEAD) + "\n");

    assertThat(decide().decisions().exclusionCodes()).doesNotContain((byte) 0);
  }

  @Test
  void aFileThatChangesBetweenIsNoMatterOfItsForm() {
    ConsentLines lines = ConsentLines.open(file, "consents.csv", ConsentForm.USUAL, 64);
    clinic.withdraws(1);

    assertThatThrownBy(
            () ->
                lines.read(
                    decide().subjects().keys(),
                    new ConsentDecider(
                        plan.request(clinic.now()),
                        decide().subjects().keys(),
                        BirthDays.on(new int[5])),
                    RestrictionDigest.NONE,
                    Parallel.onCallingThread()))
        .isInstanceOf(ProblemException.class)
        .extracting(refused -> ((ProblemException) refused).category())
        .isEqualTo(Category.STALE);
  }
}
