package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.consentry.data.Exclusion;
import org.consentry.data.SubjectKeys;
import org.junit.jupiter.api.Test;

/** What lines of one patient, or of an unknown one, change for other patients. */
final class LinesOfOthersTest {

  private static final int GROWN_UP = (int) LocalDate.of(1980, 3, 4).toEpochDay();

  @Test
  void aPermitOfTheFirstPatientReplacesNoLineOfAnother() {
    ConsentDecisions decisions =
        decide(
            new ConsentFile()
                .permit("line_id", "A", "patient_id", "P2")
                .permit("line_id", "B", "patient_id", "P1", "supersedes", "A"));

    assertThat(decisions.exclusionCodes()).containsExactly(0, 0, Exclusion.NO_CONSENT.code());
  }

  @Test
  void aRestrictionUnderAnIdNotWrittenExactlyTakesBackThePermitThatItNames() {
    ConsentDecisions decisions =
        decide(
            new ConsentFile()
                .permit("line_id", "A", "patient_id", "P2")
                .permit("line_id", "B", "patient_id", "P3")
                .withdraw("line_id", "C", "patient_id", "\u04201", "revokes", "A"));

    assertThat(decisions.exclusionCodes())
        .containsExactly(Exclusion.BAD_RESTRICTION_ROW.code(), Exclusion.WITHDRAWN.code(), 0);
  }

  @Test
  void aPermitThatCannotBeReadAndARestrictionOfAnUnknownPatientUseUpTheirIds() {
    for (ConsentFile file :
        List.of(
            new ConsentFile().permit("line_id", "A", "patient_id", "P1", "valid_to", "soon"),
            new ConsentFile().withdraw("line_id", "A", "patient_id", "\u04201"))) {
      ConsentDecisions decisions = decide(file.permit("line_id", "A", "patient_id", "P2"));

      assertThat(decisions.exclusionCodes()[1]).isNotZero();
      assertThat(decisions.flow().outcomes()).containsEntry(LineOutcome.DUPLICATE_ID, 1L);
    }
  }

  @Test
  void aMoratoriumOfOnePatientIsNoneOfTheNext() {
    ConsentDecisions decisions =
        decide(
            new ConsentFile()
                .permit("patient_id", "P1")
                .permit("patient_id", "P1", "duo", "MOR:2027-01-01")
                .permit("patient_id", "P2"));

    assertThat(decisions.moratorium().subjects()).isEqualTo(1);
  }

  @Test
  void reasonsThatNoPatientHasAreNotCounted() {
    ConsentDecisions decisions = decide(new ConsentFile().permit());

    assertThat(decisions.flow().excluded()).isEqualTo(Map.of(Exclusion.NO_CONSENT, 2L));
    assertThat(decisions.flow().failedPermits()).isEmpty();
  }

  private static ConsentDecisions decide(ConsentFile file) {
    SubjectKeys keys = ConsentFile.keys("P1", "P2", "P3");
    ConsentDecider decider =
        new ConsentDecider(Requests.trial(), keys, new int[] {GROWN_UP, GROWN_UP, GROWN_UP});
    file.readInto(decider, keys);
    return decider.decide();
  }
}
