package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.consentry.cli.Installation.Answer;
import org.consentry.plan.OtherForms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --from} names what else a folder has, and what to do. */
final class OtherFormsTest {

  @TempDir private Path folder;

  private String refusal(String... words) {
    Answer answer = Installation.execute(List.of(words));
    assertThat(answer.exitCode()).isEqualTo(10);
    return answer.err().strip();
  }

  @ParameterizedTest
  @ValueSource(strings = {"patients.parquet", "patients/1.parquet"})
  void aFolderOfParquetFiles(String name) throws IOException {
    Path file = folder.resolve("data").resolve(name);
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    String data = folder.resolve("data").toString();
    String expected =
        data
            + ": error NO_CSV expected a folder of CSV files but found Parquet files; export a few"
            + " rows of each table as CSV files, for example with DuckDB: COPY (SELECT * FROM"
            + " 'patients.parquet' LIMIT 1000) TO 'patients.csv'; then write source: {type:"
            + " parquet, path: ...} into the jobs";

    assertThat(refusal("init", "--from", data, folder.resolve("new").toString()))
        .isEqualTo(expected);
    assertThat(refusal("profile", "--from", data)).isEqualTo(expected);
    assertThat(folder.resolve("new")).doesNotExist();
  }

  @Test
  void aFolderOfResources() throws IOException {
    Files.createFile(folder.resolve("Patient.ndjson"));

    assertThat(refusal("profile", "--from", folder.toString()))
        .isEqualTo(
            folder
                + ": error NO_CSV expected a folder of CSV files but found FHIR resources; begin"
                + " with jobs/fhir-eyelid.yaml, mappings/fhir-safe-harbor.yaml and mappings/views");
  }

  @Test
  void anAddressOfADatabaseOfWhichNoWordIsShown() {
    assertThat(refusal("profile", "--from", "jdbc:postgresql://canary-h0st/db?password=canary"))
        .isEqualTo(
            "--from: error NO_CSV expected a folder of CSV files but found the address of a"
                + " database; export a few rows of each table as CSV files with a header and name"
                + " their folder; then write source: {type: jdbc, ...} into the jobs");
  }

  @Test
  void aCsvFileBesideOthersIsRead() throws IOException {
    Files.createFile(folder.resolve("patients.parquet"));
    Files.writeString(folder.resolve("patients.csv"), "patient_id,sex\nP1,f\nP2,m\n");

    OtherForms.refuse(folder);

    assertThat(Installation.execute(List.of("profile", "--from", folder.toString())).out())
        .contains("table patients: ");
  }
}
