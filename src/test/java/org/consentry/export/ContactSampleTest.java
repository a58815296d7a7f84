package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.consentry.connector.Connectors;
import org.consentry.data.IdRule;
import org.consentry.operator.Operators;
import org.consentry.plan.Catalogue;
import org.consentry.policy.Policies;
import org.consentry.policy.StateRegistry;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The patients of the sample clinic, of whom all permit it, and a plain second way to list them.
 */
final class ContactSampleTest {

  private static final Catalogue NAMES =
      new Catalogue(
          Operators.SHIPPED, Policies.SHIPPED.with(new StateRegistry()), Connectors.SHIPPED);

  private static final CSVFormat CSV =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  private static final String MAPPING =
      """
      mapping: days
      version: 1
      unmapped: drop
      subjects: {table: patients, key: patient_id, birthDate: date_of_birth, deathDate: deceased_on}
      tables:
        patients:
          subject: patient_id
          key: patient_id
          category: DEMOGRAPHIC
          timeless: one row a person
          columns:
            last_name: {role: direct-identifier, do: keep, type: text, why: addressed}
            first_name: {role: direct-identifier, do: keep, type: text, why: addressed}
            patient_id: {role: linkage-key, do: drop}
            date_of_birth: {role: quasi-identifier, do: drop}
            deceased_on: {role: quasi-identifier, do: drop}
            preferred_contact: {role: direct-identifier, do: drop}
            may_leave_message: {role: direct-identifier, do: drop}
            address: {role: direct-identifier, do: drop}
            mobile_phone: {role: direct-identifier, do: drop}
            home_phone: {role: direct-identifier, do: drop}
            secure_email: {role: direct-identifier, do: drop}
          derive:
            - do: contactChannel
              channels: {mail: mail, mobile: mobile_phone, home: home_phone, email: email, secure email: email}
              from: {preferred: preferred_contact, leaveMessage: may_leave_message, mail: address, telephone: [mobile_phone, home_phone], email: secure_email, deathDate: deceased_on}
              release:
                - {of: channel, as: channel, role: direct-identifier, type: code, why: chosen}
                - {of: leaveMessage, as: leave_message, role: direct-identifier, type: code, why: stated}
            - {do: keepWhere, is: mail, from: {value: address, where: preferred_contact}, release: {as: address, role: direct-identifier, type: text, why: chosen}}
            - {do: keepWhere, is: mobile, from: {value: mobile_phone, where: preferred_contact}, release: {as: mobile_phone, role: direct-identifier, type: text, why: chosen}}
            - {do: keepWhere, is: home, from: {value: home_phone, where: preferred_contact}, release: {as: home_phone, role: direct-identifier, type: text, why: chosen}}
            - {do: keepWhere, is: [email, secure email], from: {value: secure_email, where: preferred_contact}, release: {as: secure_email, role: direct-identifier, type: text, why: chosen}}
      """;

  private static final LocalDate SIGNED = LocalDate.of(2020, 1, 1);

  @TempDir private Path folder;

  private static List<CSVRecord> read(Path file) throws IOException {
    try (CSVParser parser = CSVParser.parse(Files.readString(file), CSV)) {
      return parser.getRecords();
    }
  }

  private static List<CSVRecord> patients() throws IOException {
    return read(Path.of("sample-data/clinic/patients.csv"));
  }

  private Path list() throws IOException {
    SmallClinic clinic = new SmallClinic(folder.toRealPath()).patients(1, 1).with(NAMES);
    Path job = clinic.job("list", "a", "staff", Basis.WAIVER);
    clinic.edit("jobs/list.yaml", "target: limited-data-set", "target: state-registry");
    Files.writeString(clinic.root().resolve("mappings/days.yaml"), MAPPING);
    Path consents = clinic.root().resolve("clinic/consents.csv");
    List<String> lines = Files.readAllLines(consents);
    List<String> permits = new ArrayList<>(List.of(lines.get(0)));
    for (CSVRecord patient : patients()) {
      permits.add(
          lines
              .get(1)
              .replace("L1," + SmallClinic.id(1), "L" + permits.size() + "," + id(patient)));
    }
    Files.write(consents, permits);
    Files.copy(
        Path.of("sample-data/clinic/patients.csv"),
        clinic.root().resolve("clinic/patients.csv"),
        StandardCopyOption.REPLACE_EXISTING);
    return clinic.release(job).resolve("data/patients.csv");
  }

  private static String id(CSVRecord patient) {
    return IdRule.normalize(patient.get("patient_id"));
  }

  /** A row of the list; empty for a patient who is not in it. */
  private static List<String> row(CSVRecord patient) {
    String chosen = patient.get("preferred_contact").strip();
    String column =
        switch (chosen) {
          case "mail" -> "address";
          case "mobile" -> "mobile_phone";
          case "home" -> "home_phone";
          case "email", "secure email" -> "secure_email";
          default -> "";
        };
    boolean isAlive = patient.get("deceased_on").isBlank();
    if (column.isEmpty() || patient.get(column).isBlank() || !isAlive || !isOfAge(patient)) {
      return List.of();
    }
    boolean isCalled = column.endsWith("phone");
    boolean mayLeave = patient.get("may_leave_message").strip().equals("yes");
    return List.of(
        patient.get("last_name"),
        patient.get("first_name"),
        isCalled ? "telephone" : column.equals("address") ? "mail" : "email",
        isCalled ? (mayLeave ? "yes" : "no") : "",
        column.equals("address") ? patient.get(column) : "",
        column.equals("mobile_phone") ? patient.get(column) : "",
        column.equals("home_phone") ? patient.get(column) : "",
        column.equals("secure_email") ? patient.get(column) : "");
  }

  /** Who signed alone was of age. */
  private static boolean isOfAge(CSVRecord patient) {
    try {
      LocalDate born = LocalDate.parse(patient.get("date_of_birth").strip());
      return !born.plusYears(18).isAfter(SIGNED);
    } catch (DateTimeException noDay) {
      return false;
    }
  }

  @Test
  void everyOneHasTheAddressOfTheChosenChannelAndNoOther() throws IOException {
    Map<String, Integer> rowsOfId = new HashMap<>();
    patients().forEach(patient -> rowsOfId.merge(id(patient), 1, Integer::sum));
    List<List<String>> expected =
        patients().stream()
            .filter(patient -> rowsOfId.getOrDefault(id(patient), 0) == 1)
            .map(ContactSampleTest::row)
            .filter(row -> !row.isEmpty())
            .toList();

    List<List<String>> listed = read(list()).stream().map(CSVRecord::toList).toList();

    assertThat(listed).hasSizeGreaterThan(300).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(listed.stream().map(row -> row.get(2)).distinct())
        .containsExactlyInAnyOrder("mail", "telephone", "email");
    assertThat(listed.stream().map(row -> row.get(3)).distinct())
        .containsExactlyInAnyOrder("yes", "no", "");
  }
}
