package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.consentry.cli.Installation.Answer;
import org.consentry.export.scan.PlantedLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much the scan finds, and how often it is wrong, measured on real releases. */
final class ScanRecallTest {

  private static final long SEED = 20261129;
  private static final String SAMPLE = "eyelid-outcomes";

  @TempDir Path folder;

  @Test
  void findsNothingInAReleaseOfSynthea() throws Exception {
    SyntheaClinic clinic = SyntheaClinic.in(folder);
    requireNothing(clinic.installation(), SyntheaClinic.JOB);
  }

  @Test
  void findsLeaksOfManyKindsInReleasesOfSynthea() throws Exception {
    SyntheaClinic clinic = SyntheaClinic.in(folder);
    clinic.installation().run(SyntheaClinic.JOB);
    Path release = clinic.installation().release(SyntheaClinic.JOB);

    requireRecall(release, people(SyntheaClinic.EXPORT, "FIRST", "LAST", "ADDRESS"), 10);
  }

  @Test
  void findsLeaksOfManyKindsInReleasesOfTheSample() throws Exception {
    Installation installation = Installation.in(folder);
    installation.replace(installation.job(SAMPLE), "format: parquet", "format: both");
    installation.run(SAMPLE);
    Path source = folder.resolve("sample-data/clinic");

    requireRecall(
        installation.release(SAMPLE), people(source, "first_name", "last_name", "address"), 3);
  }

  private void requireRecall(Path release, List<List<String>> people, int rounds) {
    PlantedLeaks leaks = PlantedLeaks.of(release, people, SEED);
    for (int round = 0; round < rounds; round++) {
      leaks.round(folder.resolve("copy" + round), SEED + round);
    }

    System.out.println(leaks.report());
    assertThat(leaks.untouched().findings()).isEmpty();
    assertThat(leaks.kinds()).isGreaterThanOrEqualTo(40);
    assertThat(leaks.recall()).as(leaks.report()).isGreaterThanOrEqualTo(0.99);
  }

  /** First name, last name and street of people with names of four plain letters or more. */
  private static List<List<String>> people(Path source, String first, String last, String street)
      throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser rows =
        CSVParser.parse(Files.readString(source.resolve("patients.csv")), format)) {
      return rows.stream()
          .map(
              row ->
                  List.of(
                      row.get(first).replaceAll("\\d", ""),
                      row.get(last).replaceAll("\\d", ""),
                      row.get(street).replaceAll("(?s)[\n,]? *(?:Unit|Apt|Suite) .*", "")))
          .filter(row -> row.get(0).matches("[A-Za-z]{4,}") && row.get(1).matches("[A-Za-z]{4,}"))
          .filter(row -> row.get(2).matches("\\d+ .+"))
          .toList();
    }
  }

  @Test
  void findsNothingInAReleaseOfTheSample() throws Exception {
    requireNothing(Installation.in(folder), SAMPLE);
  }

  private static void requireNothing(Installation installation, String job) {
    installation.run(job);
    Answer answer =
        installation.call(
            "scan",
            installation.release(job).toString(),
            "--against",
            installation.job(job).toString());
    assertThat(answer.exitCode()).as(answer.out() + answer.err()).isZero();
    assertThat(answer.out()).contains("scan: passed");
  }
}
