package org.consentry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ColumnNamesTest {

  @ParameterizedTest
  @CsvSource({
    "last_name, NAME",
    "LastName, NAME",
    "LASTNAME, NAME",
    "Patient Last Name, NAME",
    "maidenName, NAME",
    "FIRST, NAME",
    "emergency_contact_name, NAME",
    "OWNER_NAME, NAME",
    "employer, EMPLOYER",
    "address, STREET",
    "StreetAddress1, STREET",
    "LAT, STREET",
    "city, TOWN",
    "COUNTY, AREA",
    "FIPS, AREA",
    "BIRTHPLACE, AREA",
    "zip, ZIP",
    "ZipCode, ZIP",
    "postal-code, ZIP",
    "BIRTHDATE, BIRTH",
    "date_of_birth, BIRTH",
    "DOB, BIRTH",
    "visited_on, DATE",
    "arrived_at, DATE",
    "START, DATE",
    "START_DATE, DATE",
    "admissionDateTime, DATE",
    "visit_weekday, DATE",
    "arrivalTime, DATE",
    "birth_month, BIRTH",
    "age, AGE",
    "AgeAtVisit, AGE",
    "home_phone, TELEPHONE",
    "MobilePhone2, TELEPHONE",
    "fax_no, FAX",
    "secure_email, EMAIL",
    "E-Mail, EMAIL",
    "email_address, EMAIL",
    "SSN, SOCIAL_SECURITY",
    "social_security_number, SOCIAL_SECURITY",
    "MRN, MEDICAL_RECORD",
    "medicalRecordNumber, MEDICAL_RECORD",
    "member_number, HEALTH_PLAN",
    "MEMBERID, HEALTH_PLAN",
    "accountNumber, ACCOUNT",
    "DRIVERS, LICENSE",
    "license_plate, VEHICLE",
    "implant_serial, DEVICE",
    "UDI, DEVICE",
    "ip_address, IP",
    "profileUrl, URL",
    "fingerprint, BIOMETRIC",
    "photo_file, PHOTOGRAPH",
    "file_name, PHOTOGRAPH",
    "PASSPORT, OTHER_NUMBER",
    "note, FREE_TEXT",
    "visitNotes, FREE_TEXT",
    "surgeon, PROVIDER",
    "occupation, OCCUPATION"
  })
  void knowsAColumnByItsName(String name, ColumnKind kind) {
    assertThat(ColumnNames.kindOf(name)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "sex",
    "state",
    "plan_state",
    "cpt_code",
    "implant_udi_di",
    "face_visible",
    "instrument",
    "instrument_name",
    "laterality",
    "dosage",
    "percentage",
    "stage",
    "reaction",
    "description",
    "capacity",
    "velocity",
    "visit_type",
    "score",
    "charge",
    "benefits_language",
    "cell_count",
    "waiting_time",
    "months_of_treatment"
  })
  void doesNotSuspectAHarmlessName(String name) {
    assertThat(ColumnNames.kindOf(name)).isEqualTo(ColumnKind.NOTHING_KNOWN);
  }
}
