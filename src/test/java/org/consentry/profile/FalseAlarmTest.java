package org.consentry.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** Columns of two clinics: those without identifiers have none, and those with some have them. */
final class FalseAlarmTest {

  private static final Path SYNTHEA =
      Path.of(System.getProperty("consentry.shared.data", "../shared/data"), "synthea-ma100/csv");

  private static final Path CLINIC = Path.of("sample-data/clinic");

  /** Shares of the distinct values of a column that have a kind. */
  private static Map<ContentKind, Double> shares(Path file, String column) throws IOException {
    Set<String> values = new java.util.TreeSet<>();
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(file)) {
      for (CSVRecord row : format.parse(reader)) {
        if (!row.get(column).isEmpty()) {
          values.add(row.get(column));
        }
      }
    }
    Map<ContentKind, Double> shares = new TreeMap<>();
    for (String value : values) {
      for (ContentKind kind : Detectors.usual().of(value)) {
        shares.merge(kind, 1.0 / values.size(), Double::sum);
      }
    }
    return shares;
  }

  private static Set<ContentKind> kinds(Path folder, String column) throws IOException {
    List<String> parts = List.of(column.split("\\.", -1));
    Set<ContentKind> kinds = EnumSet.noneOf(ContentKind.class);
    kinds.addAll(shares(folder.resolve(parts.get(0) + ".csv"), parts.get(1)).keySet());
    kinds.remove(ContentKind.FREE_TEXT);
    return kinds;
  }

  @Test
  void findsNothingInCodesAndAmountsOfSynthea() throws IOException {
    assumeTrue(Files.isDirectory(SYNTHEA), "skipped: no Synthea export is here");

    assertThat(
            Stream.of(
                "allergies.CODE",
                "allergies.SYSTEM",
                "allergies.DESCRIPTION",
                "allergies.TYPE",
                "allergies.CATEGORY",
                "allergies.REACTION1",
                "allergies.DESCRIPTION1",
                "allergies.SEVERITY1",
                "careplans.Id",
                "careplans.CODE",
                "careplans.DESCRIPTION",
                "careplans.REASONCODE",
                "careplans.REASONDESCRIPTION",
                "conditions.PATIENT",
                "conditions.ENCOUNTER",
                "conditions.SYSTEM",
                "conditions.CODE",
                "conditions.DESCRIPTION",
                "devices.CODE",
                "devices.DESCRIPTION",
                "encounters.Id",
                "encounters.ENCOUNTERCLASS",
                "encounters.CODE",
                "encounters.DESCRIPTION",
                "encounters.BASE_ENCOUNTER_COST",
                "encounters.TOTAL_CLAIM_COST",
                "encounters.PAYER_COVERAGE",
                "encounters.REASONCODE",
                "encounters.REASONDESCRIPTION",
                "immunizations.CODE",
                "immunizations.DESCRIPTION",
                "immunizations.BASE_COST",
                "medications.CODE",
                "medications.DESCRIPTION",
                "medications.BASE_COST",
                "medications.DISPENSES",
                "medications.TOTALCOST",
                "medications.REASONDESCRIPTION",
                "organizations.LAT",
                "organizations.LON",
                "organizations.REVENUE",
                "organizations.UTILIZATION",
                "patients.Id",
                "patients.MARITAL",
                "patients.RACE",
                "patients.ETHNICITY",
                "patients.GENDER",
                "patients.FIPS",
                "patients.HEALTHCARE_EXPENSES",
                "patients.INCOME",
                "payers.AMOUNT_COVERED",
                "payers.QOLS_AVG",
                "procedures.CODE",
                "procedures.DESCRIPTION",
                "procedures.BASE_COST",
                "providers.GENDER",
                "providers.SPECIALITY",
                "supplies.CODE",
                "supplies.DESCRIPTION",
                "supplies.QUANTITY"))
        .allSatisfy(column -> assertThat(kinds(SYNTHEA, column)).as(column).isEmpty());
  }

  @Test
  void findsNothingInTheRandomCodesOfReleases() {
    SplittableRandom random = new SplittableRandom(20261129);
    char[] code = new char[26];
    for (int i = 0; i < 400_000; i++) {
      for (int j = 0; j < code.length; j++) {
        code[j] = "abcdefghijklmnopqrstuvwxyz234567".charAt(random.nextInt(32));
      }
      String text = List.of("", "P-", "V-", "PR-", "CARE-").get(i % 5) + new String(code);
      assertThat(Detectors.usual().of(text)).as(text).isEmpty();
    }
  }

  @Test
  void findsTheIdentifiersOfSynthea() throws IOException {
    assumeTrue(Files.isDirectory(SYNTHEA), "skipped: no Synthea export is here");

    assertThat(share(SYNTHEA, "patients", "SSN", ContentKind.SSN)).isEqualTo(1);
    assertThat(share(SYNTHEA, "patients", "BIRTHDATE", ContentKind.DATE)).isEqualTo(1);
    assertThat(share(SYNTHEA, "patients", "FIRST", ContentKind.NAME)).isGreaterThan(0.9);
    assertThat(share(SYNTHEA, "patients", "LAST", ContentKind.NAME)).isGreaterThan(0.65);
    assertThat(share(SYNTHEA, "patients", "ADDRESS", ContentKind.POSTAL_ADDRESS))
        .isGreaterThan(0.9);
    assertThat(share(SYNTHEA, "organizations", "PHONE", ContentKind.PHONE)).isGreaterThan(0.98);
    assertThat(share(SYNTHEA, "devices", "UDI", ContentKind.DEVICE_SERIAL)).isEqualTo(1);
    assertThat(share(SYNTHEA, "encounters", "START", ContentKind.TIME)).isEqualTo(1);
  }

  @Test
  void findsNothingInCodesOfTheSampleClinic() {
    assertThat(
            Stream.of(
                "procedures.procedure_id",
                "procedures.visit_id",
                "procedures.patient_id",
                "procedures.cpt_code",
                "procedures.icd10_codes",
                "procedures.laterality",
                "procedures.functional_impairment",
                "procedures.state",
                "procedures.charge",
                "procedures.benefits_language",
                "proms.prom_id",
                "proms.instrument",
                "proms.score",
                "proms.satisfaction",
                "visits.visit_id",
                "visits.visit_type",
                "patients.sex",
                "patients.state",
                "patients.preferred_contact",
                "patients.insurer",
                "patients.occupation",
                "consents.line_id",
                "consents.decision",
                "consents.status",
                "consents.legal_basis",
                "consents.form_id",
                "consents.evidence_sha256",
                "consents.signer_role",
                "consents.purposes",
                "consents.studies",
                "consents.jurisdiction",
                "consents.source",
                "consents.categories_in"))
        .allSatisfy(column -> assertThat(kinds(CLINIC, column)).as(column).isEmpty());
  }

  @Test
  void findsTheIdentifiersOfTheSampleClinic() throws IOException {
    assertThat(share(CLINIC, "patients", "first_name", ContentKind.NAME)).isGreaterThan(0.85);
    assertThat(share(CLINIC, "patients", "last_name", ContentKind.NAME)).isGreaterThan(0.8);
    assertThat(share(CLINIC, "patients", "email", ContentKind.EMAIL)).isEqualTo(1);
    assertThat(share(CLINIC, "patients", "home_phone", ContentKind.PHONE)).isEqualTo(1);
    assertThat(share(CLINIC, "patients", "address", ContentKind.POSTAL_ADDRESS)).isEqualTo(1);
    assertThat(share(CLINIC, "procedures", "surgeon", ContentKind.NAME)).isEqualTo(1);
    assertThat(share(CLINIC, "procedures", "implant_serial", ContentKind.DEVICE_SERIAL))
        .isEqualTo(1);
    assertThat(share(CLINIC, "visits", "note", ContentKind.FREE_TEXT)).isGreaterThan(0.95);
  }

  private static double share(Path folder, String table, String column, ContentKind kind)
      throws IOException {
    double share = shares(folder.resolve(table + ".csv"), column).getOrDefault(kind, 0.0);
    return Math.round(share * 1e6) / 1e6;
  }
}
