package org.consentry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.consentry.config.OutputRule.Role;
import org.consentry.policy.ColumnAdvice.Content;
import org.consentry.policy.ColumnAdvice.Treatment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the first draft of a mapping suggests for a column, by its name alone. */
final class ColumnAdviceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "patient|LINKAGE_KEY|PERSON|PSEUDONYMIZE|names the person of a row",
        "patient_id|LINKAGE_KEY|PERSON|PSEUDONYMIZE|names the person of a row",
        "PatientNo|LINKAGE_KEY|PERSON|PSEUDONYMIZE|names the person of a row",
        "subject_key|LINKAGE_KEY|PERSON|PSEUDONYMIZE|names the person of a row",
        "patientid|LINKAGE_KEY|PERSON|PSEUDONYMIZE|names the person of a row",
        "visit_id|LINKAGE_KEY|RECORD|PSEUDONYMIZE|seems to join rows",
        "visitKey|LINKAGE_KEY|RECORD|PSEUDONYMIZE|seems to join rows",
        "id|LINKAGE_KEY|RECORD|PSEUDONYMIZE|seems to join rows",
        "date_of_birth|QUASI_IDENTIFIER|BIRTH|BIRTH_YEAR|of the birth date",
        "visited_on|QUASI_IDENTIFIER|DATE|YEAR|a date",
        "death_date|QUASI_IDENTIFIER|DEATH|YEAR|a date",
        "deceased_on|QUASI_IDENTIFIER|DEATH|YEAR|a date",
        "dod|QUASI_IDENTIFIER|DEATH|YEAR|a date",
        "age|QUASI_IDENTIFIER|OTHER|AGE_RANGE|an age",
        "zip|QUASI_IDENTIFIER|OTHER|ZIP3|ZIP codes",
        "city|QUASI_IDENTIFIER|OTHER|DROP|a place smaller than a state",
        "county|QUASI_IDENTIFIER|OTHER|DROP|a place smaller than a state",
        "job_title|QUASI_IDENTIFIER|OTHER|DROP|an occupation; a rare one identifies a person",
        "surgeon|QUASI_IDENTIFIER|OTHER|DROP|names staff, by whom patients may be found",
        "note|FREE_TEXT|OTHER|DROP|written by people; may contain any identifier",
        "last_name|DIRECT_IDENTIFIER|OTHER|DROP|by its name names, 45 CFR 164.514(b)(2)(i)(A)",
        "patient_name|DIRECT_IDENTIFIER|OTHER|DROP|by its name names, 45 CFR 164.514(b)(2)(i)(A)",
        "mrn|DIRECT_IDENTIFIER|OTHER|DROP|by its name medical record numbers, 45 CFR"
            + " 164.514(b)(2)(i)(H)",
        "device_id|DIRECT_IDENTIFIER|OTHER|DROP|by its name device identifiers and serial numbers,"
            + " 45 CFR 164.514(b)(2)(i)(M)",
        "skin_type|SENSITIVE|OTHER|KEEP|its name is no hint; look at its values",
        "patient_weight|SENSITIVE|OTHER|KEEP|its name is no hint; look at its values",
        "patient_id_type|SENSITIVE|OTHER|KEEP|its name is no hint; look at its values",
        "patient_group_no|SENSITIVE|OTHER|KEEP|its name is no hint; look at its values",
        "visit_patientid|LINKAGE_KEY|RECORD|PSEUDONYMIZE|seems to join rows",
        "outpatientid|LINKAGE_KEY|RECORD|PSEUDONYMIZE|seems to join rows",
        "encounterid|LINKAGE_KEY|RECORD|PSEUDONYMIZE|seems to join rows",
        "PATIENT_NUM|LINKAGE_KEY|PERSON|PSEUDONYMIZE|names the person of a row",
        "patid|LINKAGE_KEY|PERSON|PSEUDONYMIZE|names the person of a row",
        "drug_concept_id|SENSITIVE|OTHER|KEEP|its name is no hint; look at its values",
        "marital_status|QUASI_IDENTIFIER|OTHER|KEEP|known of many people; rare values identify a"
            + " person",
        "race|QUASI_IDENTIFIER|OTHER|KEEP|known of many people; rare values identify a person",
        "dischtime|QUASI_IDENTIFIER|DATE|YEAR|a date",
        "INCOME|QUASI_IDENTIFIER|OTHER|INCOME_RANGE|an income",
        "TOTAL_CLAIM_COST|SENSITIVE|OTHER|AMOUNT_RANGE|amounts of money; an exact one may identify"
            + " a person",
        "insurance|QUASI_IDENTIFIER|OTHER|KEEP|known of many people; rare values identify a person",
        "PLZ|QUASI_IDENTIFIER|OTHER|DROP|a post code, smaller than a state",
        "Geburtsdatum|QUASI_IDENTIFIER|BIRTH|BIRTH_YEAR|of the birth date"
      })
  void suggestsARoleATreatmentAndTheReason(
      String column, Role role, Content content, Treatment treatment, String reason) {
    assertThat(ColumnAdvice.of(column))
        .isEqualTo(new ColumnAdvice(role, content, treatment, reason));
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
