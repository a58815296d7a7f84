package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PurposeOfUseTest {

  private final PurposeOfUse purposes = PurposeOfUse.bundled();

  @Test
  void hasTheCodesOfTheDatedList() {
    assertThat(purposes.codes())
        .hasSize(62 + 1)
        .contains(PurposeOfUse.RECONTACT)
        .contains("HRESCH", "CLINTRCH", "HMARKT", "TREAT", "HPAYMT", "COVERAGE", "HLEGAL")
        .doesNotContain("PurposeOfUse", "OBSRCH", "PTR");
  }

  @Test
  void isCoveredByItselfAndWhatIsAbove() {
    assertThat(purposes.covering("CLINTRCHNPC"))
        .containsExactlyInAnyOrder("CLINTRCHNPC", "CLINTRCH", "HRESCH");
    assertThat(purposes.covering("HMARKT")).containsExactly("HMARKT");
  }

  @Test
  void overlapsWithWhatIsAboveAndBelow() {
    assertThat(purposes.overlapping("CLINTRCH"))
        .containsExactlyInAnyOrder(
            "CLINTRCH", "HRESCH", "CLINTRCHNPC", "CLINTRCHPC", "PRECLINTRCH");
  }

  @Test
  void refusesAnUnknownPurpose() {
    assertThatThrownBy(() -> purposes.covering("RESEARCH"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("purpose is no code below PurposeOfUse");
  }
}
