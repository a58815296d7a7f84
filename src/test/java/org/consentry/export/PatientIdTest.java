package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads an id as a person writes it. */
final class PatientIdTest {

  @Test
  void leavesOutBlanksAndAByteOrderMark() {
    assertThat(PatientId.of("\uFEFF P1\u00A0\t", "--patient")).isEqualTo("P1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"P1\"", " 'P1'", "\"P1"})
  void refusesQuotesWithoutRepeatingTheId(String written) {
    assertThatThrownBy(() -> PatientId.of(written, "ids.txt"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ids.txt")
        .hasMessageContaining("the id is in quotes")
        .hasMessageNotContaining("P1");
  }
}
