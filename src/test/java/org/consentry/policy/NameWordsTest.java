package org.consentry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that are written in one word are split into words that names of columns are made of. */
final class NameWordsTest {

  @ParameterizedTest
  @CsvSource({
    "HOSP_ADMSN_TIME, hosp admsn time",
    "hospAdmsnTime, hosp admsn time",
    "PatientSSN, patient ssn",
    "dischtime, disch time",
    "motherfirstname, mother first name",
    "encounterid2, encounter id",
    "datanascita, data nascita",
    "Straße, strasse",
    "prénom, prenom",
    "ageatvisit, age at visit"
  })
  void splitsGluedNames(String column, String words) {
    assertThat(NameWords.split(NameWords.of(column))).isEqualTo(List.of(words.split(" ")));
  }

  @ParameterizedTest
  @CsvSource({"dosage", "stage", "linkage", "resultat", "percentage", "visitor", "id", "name"})
  void leavesOtherWordsAlone(String column) {
    assertThat(NameWords.split(NameWords.of(column))).isEqualTo(List.of(column));
  }
}
