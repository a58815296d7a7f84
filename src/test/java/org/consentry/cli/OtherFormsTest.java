package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.consentry.cli.Installation.Answer;
import org.consentry.plan.OtherForms;
import org.consentry.problem.Address;
import org.junit.jupiter.api.Assumptions;
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://canary-h0st/db?password=canary",
        "JDBC:oracle:thin:u/canary@h",
        "postgresql://u:canary@h/db",
        "mysql://h/db",
        "sqlserver:h;password=canary"
      })
  void anAddressOfADatabaseOfWhichNoWordIsShown(String address) {
    assertThat(refusal("profile", "--from", address))
        .isEqualTo(
            "--from: error NO_CSV expected a folder of CSV files but found the address of a"
                + " database; export a few rows of each table as CSV files with a header and name"
                + " their folder; then write source: {type: jdbc, ...} into the jobs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "profile postgresql://u:canary@h/db",
        "validate postgresql://u:canary@h/db",
        "status --json --nowhere=postgresql://u:canary@h/db",
        "status --home postgresql://u:canary@h/db",
        "init --json --from data postgresql://u:canary@h/db"
      })
  void noOtherPathIsAnAddressOfWhichAWordIsShown(String words) {
    Answer answer = Installation.execute(List.of(words.split(" ")));

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.out() + answer.err()).contains("an address").doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sample-data/clinic/consents.csv",
        "{type: csv, path: ../sample-data/clinic, encoding: utf-8}"
      })
  void noPathOfAJobIsAnAddressOfWhichAWordIsShown(String setting) {
    String job = Installation.read(Path.of("jobs/eyelid-expert.yaml"));
    String address = "\"postgresql://u:canary@h/db\"";
    assertThat(job).contains(setting);
    Installation.write(
        folder.resolve("job.yaml"),
        job.replace("path: ../" + setting, "path: " + address)
            .replace(setting, "{type: csv, path: " + address + "}"));

    Answer answer =
        Installation.execute(List.of("validate", folder.resolve("job.yaml").toString()));

    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(answer.out() + answer.err()).contains("path").doesNotContain("canary");
  }

  @Test
  void aFolderThatCannotBeReadIsPassedOver() throws IOException {
    Files.createFile(folder.resolve("patients.parquet"));
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, Set.of());
    Assumptions.assumeFalse(Files.isReadable(closed), "skipped: run as root");

    assertThat(refusal("profile", "--from", folder.toString())).contains("found Parquet files");
  }

  @Test
  void aFolderWithAColonIsAPath() throws IOException {
    Path data = Files.createDirectories(folder.resolve("export:a/data"));
    Files.writeString(data.resolve("patients.csv"), "patient_id,sex\nP1,f\nP2,m\n");

    assertThat(Address.is("C:\\data\\a@b")).isFalse();
    assertThat(Address.is("backup-10:30.age")).isFalse();
    OtherForms.refuse(data);
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
