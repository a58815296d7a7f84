package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.consentry.ledger.Attacker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Patients who are permitted but have not granted the category of their own row: how many they are
 * must not be the difference of two numbers that the recipient reads.
 */
final class OwnRowStaysTest {

  private static final int WHOLE = 30;
  private static final int WITHOUT_OWN_ROW = 4;

  @TempDir Path folder;

  @Test
  void personsReleasedAreAsManyAsRowsOfTheirTableSoThatNoDifferenceTellsAMaskedCount()
      throws IOException {
    ChainClinic clinic = ChainClinic.in(folder.toRealPath());
    for (int number = 1; number <= WHOLE + WITHOUT_OWN_ROW; number++) {
      String patient = "P" + number;
      clinic.row("patients", patient, "1980-01-01");
      clinic.row("episodes", "E" + number, patient, "2021-05-30");
      String categories = number <= WHOLE ? "*" : "CARE_PLAN|VISIT";
      clinic.consent("L" + number, patient, Map.of("categories_in", categories));
    }

    Installation.Answer answer = clinic.run();

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    JsonNode exact = clinic.internalManifest().path("consent").path("subjects");
    assertThat(exact.path("released").asLong()).isEqualTo(WHOLE);
    assertThat(exact.path("excluded").path("CATEGORY").asLong()).isEqualTo(WITHOUT_OWN_ROW);
    JsonNode listed = clinic.manifest().path("consent").path("subjects");
    JsonNode patients = SampleReleases.table(clinic.manifest(), "patients").path("rows");
    assertThat(listed.path("released").asLong()).isEqualTo(patients.path("released").asLong());
    assertThat(listed.path("excluded").path("NOT_PERMITTED").asString()).isEqualTo("<11");
    assertThat(listed.path("read").asLong()).isEqualTo(WHOLE);
    assertThat(Attacker.attack(clinic.release()))
        .isNotEmpty()
        .allMatch(unknown -> unknown.high() > unknown.low() || unknown.high() == 0);
  }
}
