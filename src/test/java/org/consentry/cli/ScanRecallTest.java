package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.consentry.export.Parallel;
import org.consentry.export.scan.IdentifierSet;
import org.consentry.export.scan.PlantedLeaks;
import org.consentry.export.scan.ReleaseScan;
import org.consentry.export.scan.ScanResult;
import org.consentry.export.scan.ScanRules;
import org.consentry.export.scan.SipKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much the scan finds, and how often it is wrong, measured on real releases. */
final class ScanRecallTest {

  private static final long SEED = 20261129;
  private static final String SAMPLE = "eyelid-outcomes";

  @TempDir Path folder;

  private static IdentifierSet identifiers(Path patients, String... columns) throws IOException {
    IdentifierSet.Builder builder = new IdentifierSet.Builder(SipKey.random());
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser rows = CSVParser.parse(Files.readString(patients), format)) {
      for (CSVRecord row : rows) {
        for (String column : columns) {
          builder.add(row.get(column));
        }
      }
    }
    return builder.build();
  }

  @Test
  void findsNothingInAReleaseOfSynthea() throws Exception {
    SyntheaClinic clinic = SyntheaClinic.in(folder);
    clinic.installation().run(SyntheaClinic.JOB);
    Path release = clinic.installation().release(SyntheaClinic.JOB);
    IdentifierSet set =
        identifiers(
            SyntheaClinic.EXPORT.resolve("patients.csv"),
            "Id",
            "SSN",
            "DRIVERS",
            "PASSPORT",
            "FIRST",
            "MIDDLE",
            "LAST",
            "MAIDEN",
            "ADDRESS");
    ScanResult result =
        ReleaseScan.scan(release, set, ScanRules.SAFE_HARBOR, Parallel.onCallingThread());
    assertThat(result.findings()).isEmpty();
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
    Installation installation = Installation.in(folder);
    installation.run(SAMPLE);
    Path release = installation.release(SAMPLE);
    IdentifierSet set =
        identifiers(
            folder.resolve("sample-data/clinic/patients.csv"),
            "patient_id",
            "mrn",
            "first_name",
            "last_name",
            "maiden_name",
            "ssn",
            "address",
            "home_phone",
            "mobile_phone",
            "work_phone",
            "email",
            "secure_email",
            "emergency_contact_name",
            "emergency_contact_phone",
            "member_number");
    ScanResult result =
        ReleaseScan.scan(release, set, ScanRules.SAFE_HARBOR, Parallel.onCallingThread());
    assertThat(result.findings()).isEmpty();
  }
}
