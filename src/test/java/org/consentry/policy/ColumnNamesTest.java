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
    "occupation, OCCUPATION",
    "lname, NAME",
    "FName, NAME",
    "pt_name, NAME",
    "first_nm, NAME",
    "NextOfKin, NAME",
    "nok_phone, TELEPHONE",
    "mother, NAME",
    "guarantor, NAME",
    "TelNo, TELEPHONE",
    "soc_sec_no, SOCIAL_SECURITY",
    "NHS Number, SOCIAL_SECURITY",
    "med_rec_no, MEDICAL_RECORD",
    "PatientNo, MEDICAL_RECORD",
    "policy_id, HEALTH_PLAN",
    "subscriber, HEALTH_PLAN",
    "acct_no, ACCOUNT",
    "Plate, VEHICLE",
    "faceImage, PHOTOGRAPH",
    "AccessionNumber, OTHER_NUMBER",
    "sop_uid, OTHER_NUMBER",
    "MSA, AREA",
    "suburb, AREA",
    "bdate, BIRTH",
    "birth_dt, BIRTH",
    "YOB, BIRTH",
    "DEATHDATE, DATE",
    "AdmitDate, DATE",
    "admit_dt, DATE",
    "surgerydate, DATE",
    "dow, DATE",
    "season, DATE",
    "current_age, AGE",
    "age_group, AGE",
    "onsetAge, AGE",
    "age_at_death, AGE",
    "surgery_month, DATE",
    "surgery_quarter, DATE",
    "visit_week, DATE",
    "AdmissionHour, DATE",
    "dos, DATE",
    "DOS_FROM, DATE",
    "ADMITDT, DATE",
    "admitdt, DATE",
    "dischdttm, DATE",
    "admission, DATE",
    "Discharge, DATE",
    "DEATH, DATE",
    "serialno, DEVICE",
    "SerialNo, DEVICE",
    "udi_di_serial, DEVICE",
    "udi_di_lot, DEVICE",
    "month_of_birth, BIRTH",
    "DayOfBirth, BIRTH",
    "birthday, BIRTH",
    "birth_hour, BIRTH",
    "DISCHTIME, DATE",
    "admittime, DATE",
    "EDREGTIME, DATE",
    "death_time, DATE",
    "intime, DATE",
    "visit_time, DATE",
    "chartTime, DATE",
    "hour_of_admission, DATE",
    "month_of_surgery, DATE",
    "week_of_year, DATE",
    "visitmonth, DATE",
    "admithour, DATE",
    "admit_qtr, DATE",
    "created_tstamp, DATE",
    "TIME, DATE",
    "place_of_residence, AREA",
    "hometown, AREA",
    "township, AREA",
    "case_number, OTHER_NUMBER",
    "CaseNo, OTHER_NUMBER"
  })
  void knowsAColumnByItsName(String name, ColumnKind kind) {
    assertThat(ColumnNames.kindOf(name)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "sex",
    "last_update",
    "candidate",
    "mandate_state",
    "family_history",
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
    "operating_time",
    "bleeding_time",
    "lifetime",
    "day_of_life",
    "week_of_gestation",
    "body_region",
    "months_of_treatment",
    "page",
    "message",
    "may_leave_message",
    "image_count",
    "language",
    "ageusia",
    "doses_per_month",
    "drinks_per_week",
    "study_day",
    "post_op_day",
    "cause_of_death",
    "admission_type",
    "discharge_disposition",
    "cdt_code",
    "mdt",
    "case_mix",
    "UdiDi"
  })
  void doesNotSuspectAHarmlessName(String name) {
    assertThat(ColumnNames.kindOf(name)).isEqualTo(ColumnKind.NOTHING_KNOWN);
  }

  @ParameterizedTest
  @CsvSource({"id", "lot_no", "LotNr", "tooth_number", "caseNumber", "tagnumber", "visitKey"})
  void knowsANumberByItsName(String name) {
    assertThat(ColumnNames.isNumber(name)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"acid", "valid", "yes_no", "turkey", "number_of_visits", "casino", "cpt_code"})
  void takesNoHarmlessNameForANumber(String name) {
    assertThat(ColumnNames.isNumber(name)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "surgery_year, true",
    "OpYear, true",
    "opyear, true",
    "visit_yr, true",
    "years_of_education, false",
    "yearly_income, false"
  })
  void knowsAYearByItsName(String name, boolean year) {
    assertThat(ColumnNames.isYear(name)).isEqualTo(year);
  }

  @ParameterizedTest
  @CsvSource({
    "los, true",
    "LengthOfStay, true",
    "days_to_surgery, true",
    "days_since_onset, true",
    "weeks_after_op, true",
    "interval, true",
    "days_supply, false",
    "sick_days, false",
    "hours_of_sleep, false",
    "loss, false"
  })
  void knowsDaysBetweenEventsByTheirName(String name, boolean interval) {
    assertThat(ColumnNames.isInterval(name)).isEqualTo(interval);
  }
}
