package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record is asked for by table and key; no message shows the key. */
final class RecordQuestionTest {

  @TempDir private Path root;

  private ExportPlan plan() {
    SmallClinic clinic = new SmallClinic(root).patients(1, 3);
    return Planner.plan(
        clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED), clinic.now().toLocalDate());
  }

  @ParameterizedTest
  @ValueSource(strings = {"V1", "V|1", "V:1", "", " V1 "})
  void takesAKeyOfOneColumnAsItIsWritten(String key) {
    RecordQuestion asked = RecordQuestion.of(plan(), "visits:" + key);

    assertThat(asked.table().name()).isEqualTo("visits");
    assertThat(asked.columns()).containsExactly(0);
    assertThat(asked.values()).containsExactly(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"visits", ":V1", ""})
  void refusesAQuestionWithoutATable(String text) {
    assertThatThrownBy(() -> RecordQuestion.of(plan(), text))
        .isInstanceOf(ProblemException.class)
        .hasMessage("--record: error RECORD expected TABLE:KEY");
  }

  @Test
  void refusesATableThatTheJobDoesNotReleaseAndListsThoseItDoes() {
    assertThatThrownBy(() -> RecordQuestion.of(plan(), "photos:SECRET-1"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("error UNKNOWN_TABLE the job releases no such table; write TABLE:KEY")
        .hasMessageContaining("patients")
        .hasMessageContaining("visits")
        .hasMessageNotContaining("SECRET-1");
  }

  @Test
  void showsNoValueOfTheKey() {
    assertThat(RecordQuestion.of(plan(), "visits:SECRET-1")).hasToString("RecordQuestion[visits]");
  }
}
