package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tables look like consents, by their names and those of their columns. */
final class ConsentNamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "consents; Patient ID,Status,Signed On; patient_id,status,signed_at",
        "Einwilligungen; PatNr,Einwilligung,Gültig bis; patient_id,decision,valid_to",
        "research; patient_id,decision,purpose,date; patient_id,decision,signed_at,purposes"
      })
  void findsTheColumnsOfConsents(String table, String columns, String found) {
    assertThat(ConsentNames.of(table, List.of(columns.split(","))).orElseThrow().columns().keySet())
        .containsExactly(found.split(","));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "visits; patient_id,status,date,purpose",
        "procedures; patient_id,decision,date",
        "consents; decision,date",
        "consents; patient_id,date,purpose"
      })
  void takesNoOtherTableForConsents(String table, String columns) {
    assertThat(ConsentNames.of(table, List.of(columns.split(",")))).isEmpty();
  }
}
