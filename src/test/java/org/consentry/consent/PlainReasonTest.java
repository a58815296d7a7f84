package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.consentry.data.Exclusion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every reason has its sentences, which a person can read to a patient. */
final class PlainReasonTest {

  @ParameterizedTest
  @EnumSource
  void everyReasonHasOneSentenceWithoutCodes(Exclusion reason) {
    for (String sentence : new String[] {PlainReason.why(reason), PlainReason.change(reason)}) {
      assertThat(sentence)
          .matches("[A-Z][^.]+\\.")
          .doesNotContain("_")
          .doesNotContainPattern("[A-Z]{2}");
    }
  }

  @Test
  void noTwoReasonsHaveTheSameSentence() {
    assertThat(Arrays.stream(Exclusion.values()).map(PlainReason::why)).doesNotHaveDuplicates();
  }
}
