package org.consentry.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.consentry.config.Job.LegalBasis;
import org.junit.jupiter.api.Test;

/** The catalogue of legal targets. */
final class PoliciesTest {

  @Test
  void listsFourTargets() {
    assertThat(Policies.SHIPPED.targets())
        .containsExactly(
            "safe-harbor", "limited-data-set", "expert-determination", "gdpr-pseudonymised");
    assertThat(Policies.SHIPPED.named("safe-harbour")).isEmpty();
  }

  @Test
  void takesOneMoreWithAWordOfItsOwn() {
    Policies more = Policies.SHIPPED.with(new StateRegistry());

    assertThat(more.named("state-registry")).isPresent();
    assertThat(more.serving(LegalBasis.WAIVER))
        .containsExactly(
            "safe-harbor", "limited-data-set", "expert-determination", "state-registry");
    assertThat(more.codes()).extracting(FindingCode::name).contains("REG_SHIFTED", "WHY_MISSING");
    assertThatThrownBy(() -> more.with(new StateRegistry()))
        .hasMessage("every target has a word of its own");
  }

  /** Ages over 89 are one category by the year of the release, in Safe Harbor alone. */
  @Test
  void onlySafeHarborTiesTheReferenceDateToTheYearOfTheRelease() {
    assertThat(Policies.SHIPPED.all())
        .filteredOn(policy -> policy.target().reference() == LegalTarget.Reference.YEAR_OF_RELEASE)
        .extracting(policy -> policy.target().word())
        .containsExactly("safe-harbor");
  }

  @Test
  void aCodeConcernsItsOwnTargetAndSharedOnesConcernAll() {
    Policy safeHarbor = Policies.SHIPPED.named("safe-harbor").orElseThrow();
    Policy limited = Policies.SHIPPED.named("limited-data-set").orElseThrow();
    FindingCode own = safeHarbor.target().codes().get(0);

    assertThat(own.concerns(safeHarbor)).isTrue();
    assertThat(own.concerns(limited)).isFalse();
    assertThat(FindingCode.WHY_MISSING.concerns(limited)).isTrue();
  }

  @Test
  void aFindingWithoutACodeOfItsTargetIsAMistakeOfTheProgram() {
    Policy registry = new StateRegistry();
    MappingRule rule =
        MappingRules.of(
                new PolicyInput(
                    PolicySpecTest.mapping(PolicyReportTest.TEXT),
                    List.of(),
                    PolicyInput.Necessity.NO_REASON_ASKED,
                    java.util.Map.of(),
                    java.util.Map.of()))
            .get(0);

    assertThatThrownBy(() -> new Findings(registry).own(rule, "ZIP", "message", "remedy"))
        .hasMessage("no code is named REG_ZIP");
  }

  /** 45 CFR 164.514(b)(2)(i)(A) to (R), and the sixteen of 164.514(e)(2). */
  @Test
  void theEighteenIdentifiersAreCitedByLetter() {
    assertThat(Identifier.values())
        .extracting(Identifier::letter)
        .containsExactly(
            "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q",
            "R");
    assertThat(Identifier.HEALTH_PLAN.safeHarbor()).isEqualTo("45 CFR 164.514(b)(2)(i)(I)");
    assertThat(Identifier.HEALTH_PLAN.limitedDataSet()).isEqualTo("45 CFR 164.514(e)(2)(viii)");
    assertThat(Identifier.HEALTH_PLAN.word()).isEqualTo("health-plan");
    assertThat(Set.of(Identifier.values()))
        .filteredOn(identifier -> !identifier.isOutsideLimitedDataSet())
        .containsExactlyInAnyOrder(Identifier.DATES, Identifier.OTHER);
  }
}
