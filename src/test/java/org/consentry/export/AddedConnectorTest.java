package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.consentry.connector.Connectors;
import org.consentry.connector.LinesSink;
import org.consentry.connector.TabSource;
import org.consentry.operator.Operators;
import org.consentry.plan.Catalogue;
import org.consentry.policy.Policies;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A format is a package of its own and one line in the catalogue, to read or to write. */
final class AddedConnectorTest {

  /** One line each. */
  private static final Catalogue ADDED =
      new Catalogue(
          Operators.SHIPPED,
          Policies.SHIPPED,
          Connectors.SHIPPED.with(new TabSource()).with(new LinesSink()));

  @TempDir private Path folder;

  private SmallClinic clinic() throws IOException {
    SmallClinic clinic = new SmallClinic(folder.toRealPath()).patients(1, 20);
    for (String table : List.of("patients", "visits")) {
      Path csv = clinic.root().resolve("clinic/" + table + ".csv");
      Files.writeString(
          clinic.root().resolve("clinic/" + table + ".tabs"),
          Files.readString(csv).replace(',', '\t'));
    }
    return clinic;
  }

  private static Path job(SmallClinic clinic, String name, String source, String format)
      throws IOException {
    Path job = clinic.job(name, "a", "state", Basis.WAIVER);
    Files.writeString(
        job,
        Files.readString(job)
            .replace("source: {type: csv,", "source: {type: " + source + ",")
            .replace("output: {format: csv,", "output: {format: " + format + ","));
    return job;
  }

  private static List<String> rows(Path release, String file) throws IOException {
    return Files.readAllLines(release.resolve("data/" + file));
  }

  @Test
  void runsThroughAWholeExport() throws IOException {
    SmallClinic clinic = clinic().with(ADDED);

    Path release = clinic.release(job(clinic, "tabs", "tabs", "lines"));

    List<String> visits = rows(release, "visits.lines");
    assertThat(visits.get(0)).isEqualTo("visit_id|patient_id|visited_on|finding");
    assertThat(visits).hasSize(21);
    assertThat(visits.subList(1, 21)).allMatch(row -> row.endsWith("|2022-05-05|ok"));
    assertThat(rows(release, "patients.lines")).hasSize(21);
    assertThat(Files.readString(release.resolve("datapackage.json")))
        .contains("\"format\" : \"lines\"", "\"mediatype\" : \"text/plain\"");
    assertThat(Files.readString(release.resolve("manifest.json")))
        .contains("lines")
        .doesNotContain(SmallClinic.CANARY);
  }

  @Test
  void releasesTheSameRowsFromAnotherSource() throws IOException {
    SmallClinic clinic = clinic().with(ADDED);

    Path fromTabs = clinic.release(job(clinic, "tabs", "tabs", "csv"));
    Path fromCsv = clinic.release(job(clinic, "csv", "csv", "csv"));

    assertThat(rows(fromTabs, "patients.csv")).isEqualTo(rows(fromCsv, "patients.csv"));
  }

  @Test
  void reportsItsKeysWithThePlace() throws IOException {
    SmallClinic clinic = clinic().with(ADDED);
    Path job = job(clinic, "tabs", "tabs, paht: x", "lines");

    assertThatThrownBy(() -> clinic.release(job))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("error UNKNOWN_KEY unknown key 'paht'; did you mean 'path'?");
  }

  @Test
  void isUnknownWithoutItsLine() throws IOException {
    SmallClinic clinic = clinic();
    Path job = job(clinic, "tabs", "tabs", "lines");

    assertThatThrownBy(() -> clinic.release(job))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "error UNKNOWN_WORD there is no source of type 'tabs'; one of: csv, parquet, jdbc,"
                + " fhir")
        .hasMessageContaining(
            "error UNKNOWN_WORD there is no output format 'lines'; one of: parquet, csv, both");
  }
}
