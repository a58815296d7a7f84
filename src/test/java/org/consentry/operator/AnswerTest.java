package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Kleene's three-valued logic, by its tables. */
final class AnswerTest {

  @ParameterizedTest
  @CsvSource({
    "YES, YES, YES, YES",
    "YES, NO, NO, YES",
    "YES, UNKNOWN, UNKNOWN, YES",
    "NO, NO, NO, NO",
    "NO, UNKNOWN, NO, UNKNOWN",
    "UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN"
  })
  void unknownNeverCountsAsNo(Answer one, Answer other, Answer both, Answer either) {
    assertThat(one.and(other)).isEqualTo(both);
    assertThat(other.and(one)).isEqualTo(both);
    assertThat(one.or(other)).isEqualTo(either);
    assertThat(other.or(one)).isEqualTo(either);
  }

  @ParameterizedTest
  @EnumSource(Answer.class)
  void theOppositeOfTheOppositeIsTheSame(Answer answer) {
    assertThat(answer.not().not()).isEqualTo(answer);
  }

  @Test
  void theOppositeOfUnknownIsUnknown() {
    assertThat(Answer.UNKNOWN.not()).isEqualTo(Answer.UNKNOWN);
    assertThat(Answer.YES.not()).isEqualTo(Answer.NO);
    assertThat(Answer.of(true)).isEqualTo(Answer.YES);
    assertThat(Answer.of(false)).isEqualTo(Answer.NO);
  }
}
