package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.consentry.data.Exclusion;
import org.consentry.data.RecordCategory;
import org.consentry.data.SubjectKeys;
import org.junit.jupiter.api.Test;

final class ConsentDeciderTest {

  private static final int GROWN_UP = (int) LocalDate.of(1980, 3, 4).toEpochDay();

  @Test
  void permitsWhoSignedACompleteForm() {
    ConsentDecisions decisions = decide(new ConsentFile().permit());

    assertThat(decisions.exclusionCode(0)).isZero();
    assertThat(decisions.record(0, RecordCategory.VISIT, 19_000, 19_001, false)).isZero();
    assertThat(decisions.grantsAlways(0, RecordCategory.VISIT)).isTrue();
    assertThat(decisions.grantsAlways(0, RecordCategory.GENETIC)).isFalse();
  }

  @Test
  void refusesWhoSaidNothing() {
    ConsentDecisions decisions = decide(new ConsentFile());

    assertThat(decisions.exclusionCode(0)).isEqualTo(Exclusion.NO_CONSENT.code());
    assertThat(decisions).hasToString("ConsentDecisions[0 of 1 permitted]");
  }

  @Test
  void refusesWhenConsentWasWithdrawn() {
    ConsentDecisions decisions = decide(new ConsentFile().permit().withdraw());

    assertThat(decisions.exclusionCode(0)).isEqualTo(Exclusion.WITHDRAWN.code());
  }

  @Test
  void deniesPhotosOnly() {
    ConsentDecisions decisions = decide(new ConsentFile().permit().deny("categories_in", "PHOTO"));

    assertThat(decisions.exclusionCode(0)).isZero();
    assertThat(decisions.record(0, RecordCategory.PHOTO, 19_000, 19_000, false))
        .isEqualTo(Exclusion.DENIED_CATEGORY.code());
    assertThat(decisions.record(0, RecordCategory.VISIT, 19_000, 19_000, false)).isZero();
  }

  private static ConsentDecisions decide(ConsentFile file) {
    SubjectKeys keys = ConsentFile.keys("P1");
    ConsentDecider decider = new ConsentDecider(Requests.trial(), keys, new int[] {GROWN_UP});
    file.readInto(decider, keys);
    return decider.decide();
  }
}
