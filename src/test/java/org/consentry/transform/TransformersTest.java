package org.consentry.transform;

import static org.assertj.core.api.Assertions.assertThat;

import org.consentry.component.Binder;
import org.consentry.mapping.OutputRule;
import org.junit.jupiter.api.Test;

final class TransformersTest {

  @Test
  void listsEveryOperatorOnce() {
    assertThat(Transformers.all())
        .extracting(OperatorFactory::name)
        .doesNotHaveDuplicates()
        .contains("keep", "drop", "pseudonymize", "generalize", "age", "birth-year", "dateShift");
  }

  @Test
  void noOperatorHasAKeyThatEveryRuleHas() {
    for (OperatorFactory<?> factory : Transformers.all()) {
      assertThat(Binder.keys(factory.config()))
          .as(factory.name())
          .doesNotContainAnyElementsOf(OutputRule.commonKeys());
    }
  }

  @Test
  void refusesWordsOfLaterVersionsAndWordsThatPromiseTooMuch() {
    assertThat(Transformers.reserved())
        .containsOnlyKeys(
            "encrypt", "fpe", "perturb", "scrubText", "suppress", "hash", "anonymize");
    assertThat(Transformers.reserved())
        .containsEntry(
            "hash",
            "a hash without a key is an identifying code (45 CFR 164.514(c)) and is never made;"
                + " use pseudonymize");
    assertThat(Transformers.all())
        .extracting(OperatorFactory::name)
        .doesNotContainAnyElementsOf(Transformers.reserved().keySet());
  }
}
