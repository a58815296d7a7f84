package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.consentry.plan.CsvFolder.FirstLine;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of a folder's tables and columns, and no word of a line that may be a patient. */
final class CsvFolderTest {

  @TempDir private Path folder;

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private String refusal() {
    ProblemException refused =
        catchThrowableOfType(
            ProblemException.class, () -> CsvFolder.read(folder, FirstLine.UNCLEAR));
    assertThat(refused.category()).isEqualTo(Category.FILES_INVALID);
    return String.valueOf(refused.getMessage()).replace(folder + "/", "");
  }

  @Test
  void namesTablesAndTheirColumns() throws IOException {
    write("patients.csv", "patient_id,last_name\nP1,Doe\n");
    write("visits.csv", "visit_id,patient_id,visited_on\n");

    assertThat(CsvFolder.read(folder, FirstLine.UNCLEAR).tables())
        .isEqualTo(
            Map.of(
                "patients", List.of("patient_id", "last_name"),
                "visits", List.of("visit_id", "patient_id", "visited_on")));
    assertThat(CsvFolder.read(folder, FirstLine.UNCLEAR).consent()).isEmpty();
  }

  @Test
  void theFileOfConsentLinesIsNoTable() throws IOException {
    write("patients.csv", "patient_id,last_name\n");
    write("agreed.csv", "line_id,patient_id,decision,signer_role,more\n");

    CsvFolder found = CsvFolder.read(folder, FirstLine.UNCLEAR);

    assertThat(found.tables()).containsOnlyKeys("patients");
    assertThat(found.consent().orElseThrow().file()).isEqualTo("agreed.csv");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "agreed.csv|line_id,patient_id,decision,signer_role|consents_withdrawn.csv|patient_id,on",
        "Einwilligungen.csv|Patientennummer,Entscheidung,Datum|"
            + "Einwilligung_Widerruf.csv|Patientennummer,Entscheidung,Datum",
        "a.csv|line_id,decision,signer_role|b.csv|line_id,decision,signer_role",
        "agreed.csv|line_id,patient_id,decision,signer_role|withdrawals.csv|patient_id,on"
      })
  void severalFilesOfConsentsAndWithdrawalsAreRefused(
      String one, String columns, String other, String others) throws IOException {
    write("patients.csv", "patient_id,last_name\n");
    write(one, columns + "\n");
    write(other, others + "\n");

    CsvFolder found = CsvFolder.read(folder, FirstLine.HEADER);

    assertThatThrownBy(found::consent)
        .hasMessageEndingWith(
            ": error SEVERAL_CONSENTS a job reads one file of consents, and 2 files seem to be of"
                + " consents or withdrawals: "
                + (one.compareTo(other) < 0 ? one + ", " + other : other + ", " + one)
                + "; merge them into one file of consent lines; move a file of other records, or"
                + " rename it");
  }

  @Test
  void aTableOfADrugsWithdrawalIsNoneOfConsents() throws IOException {
    write("patients.csv", "patient_id,last_name\n");
    write("agreed.csv", "line_id,patient_id,decision,signer_role\n");
    write("alcohol_withdrawal.csv", "patient_id,scored_on\n");
    write("consent_texts.csv", "form,wording\n");

    assertThat(CsvFolder.read(folder, FirstLine.HEADER).consent().orElseThrow().file())
        .isEqualTo("agreed.csv");
  }

  @Test
  void otherFilesAndHiddenOnesArePassedOver() throws IOException {
    write("patients.csv", "patient_id,last_name\n");
    write(".old.csv", "x\n");
    write("notes.txt", "x\n");
    write("visits.CSV", "x\n");

    assertThat(CsvFolder.read(folder, FirstLine.UNCLEAR).tables()).containsOnlyKeys("patients");
  }

  @Test
  void aFolderWithoutTablesIsRefused() throws IOException {
    write("consents.csv", "line_id,decision,signer_role\n");

    assertThat(refusal())
        .endsWith(
            ": error NO_TABLES the folder has no CSV file of records; name the folder of"
                + " patients.csv and the other tables");
  }

  @Test
  void aFolderThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> CsvFolder.read(folder.resolve("nowhere"), FirstLine.UNCLEAR))
        .hasMessageContaining("error NO_DIRECTORY expected a directory of CSV files");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CNRYQZ1,1970-01-01,F|2",
        "patient_id,CNRYQZ123456|2",
        "CNRYQZ,q@example.org,x,12|2, 4"
      })
  void aFirstLineThatIsAPatientIsRefusedAndNotShown(String line, String columns)
      throws IOException {
    write("patients.csv", line + "\n");

    assertThat(refusal())
        .isEqualTo(
            "patients.csv: error NO_HEADER the first line is a record: it has numbers, dates or"
                + " addresses in place of names in column "
                + columns
                + "; export the table with a header that has a word for each column")
        .doesNotContain("CNRYQZ");
    assertThatThrownBy(() -> CsvFolder.read(folder, FirstLine.HEADER))
        .hasMessageContaining("error NO_HEADER the first line is a record");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CNRYQZ,Smith,Jones,Miller,Baker,patient_id\n",
        "\"patient_id\",\"CNRYQZ=q\"\n",
        "CNRYQZ,Phoenix,F\nSmith,Tucson,F\nJones,Mesa,M\nBaker,Tempe,M\n"
      })
  void aFirstLineThatMayBeAPatientIsRefusedAndNotShown(String line) throws IOException {
    write("patients.csv", line);

    assertThat(refusal())
        .isEqualTo(
            "patients.csv: error NO_HEADER the first line may be a header or a record: its form is"
                + " too much like that of the rows below it, or there are too few of them; look at"
                + " the file; if its first line is a header, add --header yes; if not, export the"
                + " table with a header")
        .doesNotContain("CNRYQZ");
  }

  @Test
  void readsAnUnclearFirstLineAsAHeaderByAPersonsAnswer() throws IOException {
    write("patients.csv", "Nummer,Ort,Beruf\nA,Wien,Koch\n");

    assertThat(CsvFolder.read(folder, FirstLine.HEADER).tables())
        .isEqualTo(Map.of("patients", List.of("Nummer", "Ort", "Beruf")));
  }

  @Test
  void readsTheFirstLineAsARecordByAPersonsAnswer() throws IOException {
    write("patients.csv", "patient_id,last_name\n");

    assertThatThrownBy(() -> CsvFolder.read(folder, FirstLine.RECORD))
        .hasMessageEndingWith(
            "patients.csv: error NO_HEADER the first line is a record; export the table with a"
                + " header that has a word for each column");
  }

  @Test
  void aHeaderIsRecognisedByTheRowsBelowWhateverItsWords() throws IOException {
    write(
        "aufnahmen.csv",
        "Fallnr,Zimmer,Entlassart,Dauer\n1,B12,regulär,4\n2,B3,verlegt,12\n3,C1,regulär,2\n");

    assertThat(CsvFolder.read(folder, FirstLine.UNCLEAR).tables())
        .isEqualTo(Map.of("aufnahmen", List.of("Fallnr", "Zimmer", "Entlassart", "Dauer")));
  }

  @Test
  void rowsThatCannotBeReadAreNoEvidence() throws IOException {
    write("patients.csv", "patient_id,last_name\nP1,\"Doe\n");

    assertThat(CsvFolder.read(folder, FirstLine.UNCLEAR).tables()).containsOnlyKeys("patients");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "-x",
        "a.b",
        "ä",
        "x234567890123456789012345678901234567890123456789012345678901234"
      })
  void aTableWhoseNameIsNoFolderIsRefused(String name) throws IOException {
    write("patients.csv", "patient_id,last_name\n");
    write(name + ".csv", "patient_id\n");

    assertThat(refusal())
        .isEqualTo(
            name
                + ".csv: error TABLE_NAME a table's name becomes a folder's name: letters, digits,"
                + " _ and -, at most 63; rename the file");
  }

  @Test
  void everyMistakeIsFoundInOneRound() throws IOException {
    write("a b.csv", "patient_id\n");
    write("patients.csv", "patient_id,patient_id\n");
    write("visits.csv", "");

    assertThat(refusal().lines())
        .hasSize(3)
        .anyMatch(line -> line.contains("error TABLE_NAME"))
        .anyMatch(line -> line.contains("patients.csv:1: error HEADER_TWICE"))
        .anyMatch(line -> line.contains("visits.csv: error EMPTY_FILE"));
  }
}
