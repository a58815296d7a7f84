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
  private static final int ROUNDS = 10;

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

    PlantedLeaks leaks = PlantedLeaks.of(release, people(), SEED);
    for (int round = 0; round < ROUNDS; round++) {
      leaks.round(folder.resolve("copy" + round), SEED + round);
    }

    System.out.println(leaks.report());
    assertThat(leaks.kinds()).isGreaterThanOrEqualTo(40);
    assertThat(leaks.recall()).as(leaks.report()).isGreaterThanOrEqualTo(0.99);
  }

  /** First name, last name and street of people with long enough names. */
  private static List<List<String>> people() throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    Path file = SyntheaClinic.EXPORT.resolve("patients.csv");
    try (CSVParser rows = CSVParser.parse(Files.readString(file), format)) {
      return rows.stream()
          .map(
              row ->
                  List.of(
                      row.get("FIRST").replaceAll("\\d", ""),
                      row.get("LAST").replaceAll("\\d", ""),
                      row.get("ADDRESS").replaceAll(" (?:Unit|Apt|Suite) .*", "")))
          .filter(row -> row.get(0).length() > 3 && row.get(1).length() > 3)
          .toList();
    }
  }

  @Test
  void findsNothingInAReleaseOfTheSample() throws Exception {
    Installation installation = Installation.in(folder);
    installation.run("eyelid-outcomes");
    Path release = installation.release("eyelid-outcomes");
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
