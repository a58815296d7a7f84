package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.BirthDays;
import org.consentry.data.Exclusion;
import org.consentry.data.SubjectKeys;
import org.consentry.problem.Problem;
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
  void reportsWhatBecomesOfALineThatNamesAnUnknownOne() {
    ConsentDecisions decisions =
        decide(
            new ConsentFile()
                .withdraw("patient_id", "P1", "revokes", "X1")
                .permit("patient_id", "P2", "revokes", "X2")
                .withdraw("patient_id", "P2", "revokes", "X3", "valid_from", "2026-11-24")
                .permit("patient_id", "P3", "supersedes", "X4|X5")
                .permit("patient_id", "P1", "purposes", "none")
                .permit("patient_id", "P3", "status", "DRAFT", "revokes", "X6"));

    assertThat(decisions.reported().listed().stream().map(Problem::toString))
        .containsExactly(
            "consents.csv:2: warning REVOKES_UNKNOWN_LINE revokes names a line that is no permit of"
                + " this patient; it now withdraws every permit signed up to it; correct the line"
                + " id",
            "consents.csv:4: warning REVOKES_UNKNOWN_LINE revokes names a line that is no permit of"
                + " this patient; correct the line id",
            "consents.csv:3: warning REVOKES_UNKNOWN_LINE revokes names a line that is no permit of"
                + " this patient; correct the line id",
            "consents.csv:5: warning SUPERSEDES_UNKNOWN_LINE supersedes names a line that this"
                + " patient does not have; it replaces nothing; correct the line id");
    assertThat(decisions.exclusionCodes()).containsExactly(Exclusion.NO_CONSENT.code(), 0, 0);
  }

  @Test
  void namesTheLaterOfTwoLinesWithOneId() {
    ConsentDecisions decisions =
        decide(
            new ConsentFile()
                .deny("line_id", "A", "patient_id", "P1")
                .permit("line_id", "A", "patient_id", "P2"));

    assertThat(decisions.reported().listed().stream().map(Problem::toString))
        .containsExactly(
            "consents.csv:3: warning DUPLICATE_LINE_ID line_id is on an earlier line too; neither"
                + " permits anything, restrictions count; give every line its own id");
    assertThat(decisions.exclusionCodes())
        .containsExactly(
            Exclusion.REFUSED.code(), Exclusion.NO_CONSENT.code(), Exclusion.NO_CONSENT.code());
  }

  @Test
  void linesOfOnePatientChangeNothingForTheNext() {
    Optional<Grants> alone =
        decide(new ConsentFile().permit("patient_id", "P2", "categories_in", "VISIT|LAB"))
            .grants(1);

    for (ConsentFile file :
        List.of(
            new ConsentFile().withdraw(),
            new ConsentFile().withdraw("revokes", "L2"),
            new ConsentFile().deny(),
            new ConsentFile().deny("categories_in", "LAB"),
            new ConsentFile().permit("categories_in", "GENETIC"))) {
      ConsentDecisions decisions =
          decide(file.permit().permit("patient_id", "P2", "categories_in", "VISIT|LAB"));

      assertThat(decisions.grants(1)).isPresent().isEqualTo(alone);
    }
  }

  @Test
  void aDenialOfOnePatientIsNoRefusalOfTheNext() {
    ConsentDecisions decisions =
        decide(new ConsentFile().deny().permit().permit("patient_id", "P2", "status", "DRAFT"));

    assertThat(decisions.exclusionCodes())
        .containsExactly(
            Exclusion.DENIED.code(), Exclusion.NO_CONSENT.code(), Exclusion.NO_CONSENT.code());
  }

  @Test
  void aLineOfOnePatientIsUnknownToTheNext() {
    ConsentDecisions decisions =
        decide(
            new ConsentFile()
                .permit("line_id", "A")
                .permit("line_id", "B")
                .permit("line_id", "C", "patient_id", "P2", "supersedes", "A"));

    assertThat(decisions.reported().counts()).isEqualTo(Map.of("SUPERSEDES_UNKNOWN_LINE", 1L));
  }

  @Test
  void aMoratoriumOfOnePatientIsNoneOfTheNext() {
    ConsentDecisions decisions =
        decide(
            new ConsentFile()
                .permit("patient_id", "P1", "duo", "MOR:2027-01-01")
                .permit("patient_id", "P1")
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
        new ConsentDecider(Requests.trial(), keys, BirthDays.on(GROWN_UP, GROWN_UP, GROWN_UP));
    file.readInto(decider, keys);
    return decider.decide();
  }
}
