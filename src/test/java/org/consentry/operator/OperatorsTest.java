package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.consentry.config.Binder;
import org.consentry.config.DeriveRule;
import org.consentry.config.OutputRule;
import org.junit.jupiter.api.Test;

final class OperatorsTest {

  @Test
  void listsEveryOperatorOnce() {
    assertThat(Operators.SHIPPED.all())
        .extracting(OperatorFactory::name)
        .doesNotHaveDuplicates()
        .contains("keep", "drop", "pseudonymize", "generalize", "age", "birth-year", "dateShift");
  }

  @Test
  void findsAnOperatorByItsWordAlone() {
    assertThat(Operators.SHIPPED.named("age")).map(OperatorFactory::name).contains("age");
    assertThat(Operators.SHIPPED.named("Age")).isEmpty();
    assertThat(Operators.SHIPPED.named("hash")).isEmpty();
  }

  @Test
  void oneMoreOperatorIsAddedBehindTheOthers() {
    Operators more = Operators.SHIPPED.with(new Length());

    assertThat(more.all())
        .hasSize(Operators.SHIPPED.all().size() + 1)
        .endsWith(more.named("length").orElseThrow());
    assertThat(Operators.SHIPPED.named("length")).isEmpty();
  }

  @Test
  void noOperatorHasAKeyThatEveryRuleHas() {
    for (OperatorFactory<?> factory : Operators.SHIPPED.all()) {
      assertThat(Binder.keys(factory.config()))
          .as(factory.name())
          .doesNotContainAnyElementsOf(
              factory.isOfColumn() ? OutputRule.commonKeys() : DeriveRule.commonKeys());
    }
  }

  @Test
  void refusesWordsOfLaterVersionsAndWordsThatPromiseTooMuch() {
    assertThat(Operators.reserved())
        .containsOnlyKeys(
            "encrypt", "fpe", "perturb", "scrubText", "suppress", "hash", "anonymize");
    assertThat(Operators.reserved())
        .containsEntry(
            "hash",
            "a hash without a key is an identifying code (45 CFR 164.514(c)) and is never made;"
                + " use pseudonymize");
    assertThat(Operators.SHIPPED.all())
        .extracting(OperatorFactory::name)
        .doesNotContainAnyElementsOf(Operators.reserved().keySet());
  }
}
