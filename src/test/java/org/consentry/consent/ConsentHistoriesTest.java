package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The laws of {@link ConsentPropertyTest} over a few of its histories, for a quick answer. */
final class ConsentHistoriesTest {

  private static final long SEED = ConsentPropertyTest.SEED;

  @Test
  void endAsTheReferenceDeciderEndsThem() {
    assertThat(ConsentPropertyTest.agrees(SEED, 150))
        .contains("PERMIT", "WITHDRAWN", "DENIED", "REFUSED", "DENIED_CATEGORY");
  }

  @Test
  void addNoPatientAndNoRecordByARestriction() {
    ConsentPropertyTest.restrictionsOnlyRestrict(SEED, 50);
  }

  @Test
  void doNotDependOnTheOrderOfTheirLines() {
    ConsentPropertyTest.orderNeverMatters(7 * SEED, 50);
  }

  @Test
  void grantWhatTheirDecisionsPermit() {
    assertThat(ConsentPropertyTest.grantsAreTheDecisions(11 * SEED, 100)).isGreaterThan(10);
  }
}
