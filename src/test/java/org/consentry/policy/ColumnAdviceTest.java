package org.consentry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.consentry.config.OutputRule.Role;
import org.consentry.policy.ColumnAdvice.Content;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the first draft of a mapping suggests for a column, by its name alone. */
final class ColumnAdviceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "patient|LINKAGE_KEY|PERSON|names the person of a row; usually pseudonymize",
        "patient_id|LINKAGE_KEY|PERSON|names the person of a row; usually pseudonymize",
        "PatientNo|LINKAGE_KEY|PERSON|names the person of a row; usually pseudonymize",
        "subject_key|LINKAGE_KEY|PERSON|names the person of a row; usually pseudonymize",
        "patientid|LINKAGE_KEY|PERSON|names the person of a row; usually pseudonymize",
        "visit_id|LINKAGE_KEY|RECORD|seems to join rows; usually pseudonymize",
        "visitKey|LINKAGE_KEY|RECORD|seems to join rows; usually pseudonymize",
        "id|LINKAGE_KEY|RECORD|seems to join rows; usually pseudonymize",
        "date_of_birth|QUASI_IDENTIFIER|BIRTH|a birth date; usually birth-year",
        "visited_on|QUASI_IDENTIFIER|DATE|a date; usually generalize to year, age, or dateShift",
        "death_date|QUASI_IDENTIFIER|DEATH|a date; usually generalize to year, age, or dateShift",
        "deceased_on|QUASI_IDENTIFIER|DEATH|a date; usually generalize to year, age, or dateShift",
        "dod|QUASI_IDENTIFIER|DEATH|a date; usually generalize to year, age, or dateShift",
        "age|QUASI_IDENTIFIER|OTHER|an age; those over 89 are hidden",
        "zip|QUASI_IDENTIFIER|OTHER|ZIP codes; usually generalize to zip3",
        "city|QUASI_IDENTIFIER|OTHER|a place smaller than a state",
        "county|QUASI_IDENTIFIER|OTHER|a place smaller than a state",
        "job_title|QUASI_IDENTIFIER|OTHER|an occupation; a rare one identifies a person",
        "surgeon|QUASI_IDENTIFIER|OTHER|names staff, by whom patients may be found",
        "note|FREE_TEXT|OTHER|written by people; may contain any identifier",
        "last_name|DIRECT_IDENTIFIER|OTHER|by its name names, 45 CFR 164.514(b)(2)(i)(A)",
        "patient_name|DIRECT_IDENTIFIER|OTHER|by its name names, 45 CFR 164.514(b)(2)(i)(A)",
        "mrn|DIRECT_IDENTIFIER|OTHER|by its name medical record numbers, 45 CFR 164.514(b)(2)(i)(H)",
        "device_id|DIRECT_IDENTIFIER|OTHER|by its name device identifiers and serial numbers, 45 CFR"
            + " 164.514(b)(2)(i)(M)",
        "skin_type|SENSITIVE|OTHER|its name is no hint; look at its values",
        "patient_weight|SENSITIVE|OTHER|its name is no hint; look at its values",
        "patient_id_type|SENSITIVE|OTHER|its name is no hint; look at its values",
        "patient_group_no|SENSITIVE|OTHER|its name is no hint; look at its values",
        "visit_patientid|LINKAGE_KEY|RECORD|seems to join rows; usually pseudonymize",
        "outpatientid|LINKAGE_KEY|RECORD|seems to join rows; usually pseudonymize",
        "encounterid|LINKAGE_KEY|RECORD|seems to join rows; usually pseudonymize",
        "PATIENT_NUM|LINKAGE_KEY|PERSON|names the person of a row; usually pseudonymize",
        "patid|LINKAGE_KEY|PERSON|names the person of a row; usually pseudonymize",
        "drug_concept_id|SENSITIVE|OTHER|its name is no hint; look at its values",
        "marital_status|QUASI_IDENTIFIER|OTHER|known of many people; rare values identify a person",
        "race|QUASI_IDENTIFIER|OTHER|known of many people; rare values identify a person",
        "dischtime|QUASI_IDENTIFIER|DATE|a date; usually generalize to year, age, or dateShift",
        "Geburtsdatum|QUASI_IDENTIFIER|BIRTH|a birth date; usually birth-year"
      })
  void suggestsARoleAndTheReason(String column, Role role, Content content, String reason) {
    assertThat(ColumnAdvice.of(column)).isEqualTo(new ColumnAdvice(role, content, reason));
  }

  @ParameterizedTest
  @CsvSource({
    "patient_id, true",
    "visit_id, true",
    "dob, true",
    "zip, true",
    "note, true",
    "skin_type, false",
    "depth, false"
  })
  void knowsTheNamesThatClinicSystemsHave(String column, boolean known) {
    assertThat(ColumnAdvice.isKnown(column)).isEqualTo(known);
  }
}
