package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.consent.ConsentRequest.Minors;
import org.consentry.consent.ConsentRequest.ParentalPermit;
import org.consentry.data.BirthDays;
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
    assertThat(decisions.record(0, RecordCategory.VISIT, 0, 0, true)).isZero();
    assertThat(decisions.record(0, RecordCategory.GENETIC, 19_000, 19_001, false))
        .isEqualTo(Exclusion.CATEGORY.code());
  }

  @Test
  void refusesWhoHasNoLine() {
    ConsentDecisions decisions = decide(new ConsentFile());

    assertThat(decisions.exclusionCode(0)).isEqualTo(Exclusion.NO_CONSENT.code());
    assertThat(decisions).hasToString("ConsentDecisions[0 of 3 permitted]");
  }

  @Test
  void refusesWhoseIdDescribesTwoPersonsWhateverElseIsWrong() {
    SubjectKeys keys = ConsentFile.keys("P1");
    ConsentDecider decider = new ConsentDecider(Requests.trial(), keys, BirthDays.on(GROWN_UP));
    decider.ambiguous(0);
    new ConsentFile().permit().deny("valid_from", "soon").readInto(decider, keys);

    ConsentDecisions decisions = decider.decide();

    assertThat(decisions.exclusionCodes()).containsExactly(Exclusion.PATIENT_AMBIGUOUS.code());
  }

  @Test
  void countsWhereEverySubjectAndEveryLineFell() {
    ConsentDecisions decisions =
        decide(
            new ConsentFile()
                .permit()
                .permit("purposes", "HMARKT")
                .permit("status", "DRAFT")
                .permit("purposes", "nonsense")
                .permit("patient_id", "P2")
                .withdraw("patient_id", "P2")
                .withdraw("patient_id", "P2", "purposes", "HMARKT")
                .withdraw("patient_id", "P2", "valid_from", "2027-01-01")
                .deny("patient_id", "P3", "valid_to", "2025-12-31")
                .deny("patient_id", "P3", "status", "who knows")
                .permit("patient_id", "P9"));

    ConsentFlow flow = decisions.flow();

    assertThat(flow.subjects()).isEqualTo(3);
    assertThat(flow.permitted()).isEqualTo(1);
    assertThat(flow.excluded())
        .isEqualTo(Map.of(Exclusion.WITHDRAWN, 1L, Exclusion.BAD_RESTRICTION_ROW, 1L));
    assertThat(flow.lines()).isEqualTo(11);
    assertThat(flow.outcomes())
        .isEqualTo(
            Map.ofEntries(
                Map.entry(LineOutcome.PERMIT_PASSED, 1L),
                Map.entry(LineOutcome.PERMIT_FAILED, 2L),
                Map.entry(LineOutcome.DRAFT, 1L),
                Map.entry(LineOutcome.BAD_PERMIT_ROW, 1L),
                Map.entry(LineOutcome.RESTRICTS, 1L),
                Map.entry(LineOutcome.RESTRICTS_ELSEWHERE, 1L),
                Map.entry(LineOutcome.RESTRICTS_LATER, 1L),
                Map.entry(LineOutcome.RESTRICTED_EARLIER, 1L),
                Map.entry(LineOutcome.BAD_RESTRICTION_ROW, 1L),
                Map.entry(LineOutcome.UNKNOWN_SUBJECT, 1L)));
    assertThat(flow.failedPermits())
        .isEqualTo(Map.of(Exclusion.PURPOSE, 1L, Exclusion.WITHDRAWN, 1L));
  }

  @Test
  void reportsNoReferenceOfAPermitThatIsSignedLaterThanNow() {
    ConsentDecisions decisions =
        decide(
            new ConsentFile()
                .permit("signed_at", "2026-11-23T12:00:01", "revokes", "L8", "supersedes", "L9"));

    assertThat(decisions.flow().outcomes()).isEqualTo(Map.of(LineOutcome.LATER_THAN_NOW, 1L));
    assertThat(decisions.reported()).isEqualTo(ProblemCounts.NOTHING);
  }

  @Test
  void countsAWithdrawalOfAnotherPurposeAsElsewhereWhateverItsLastDay() {
    ConsentDecisions decisions =
        decide(
            new ConsentFile()
                .withdraw("purposes", "HMARKT", "valid_to", "2025-12-31")
                .deny("purposes", "HMARKT", "valid_to", "2025-12-31")
                .deny("purposes", "HMARKT"));

    assertThat(decisions.flow().outcomes())
        .isEqualTo(Map.of(LineOutcome.RESTRICTS_ELSEWHERE, 2L, LineOutcome.RESTRICTED_EARLIER, 1L));
  }

  @Test
  void refusesAFlowThatDoesNotBalance() {
    assertThatThrownBy(() -> new ConsentFlow(2, 1, Map.of(), 0, Map.of(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("subjects do not balance");
    assertThatThrownBy(
            () -> new ConsentFlow(1, 1, Map.of(), 2, Map.of(LineOutcome.DRAFT, 1L), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lines do not balance");
    assertThatThrownBy(
            () ->
                new ConsentFlow(
                    1,
                    1,
                    Map.of(),
                    1,
                    Map.of(LineOutcome.PERMIT_FAILED, 1L),
                    Map.of(Exclusion.MINOR, 2L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("failed permits do not balance");
  }

  @Test
  void reportsTheLongestMoratoriumOfThoseWhoArePermitted() {
    ConsentDecisions decisions =
        decide(
            new ConsentFile()
                .permit("duo", "HMB|MOR:12")
                .permit("duo", "MOR:2026-12-31")
                .permit("patient_id", "P2", "duo", "MOR")
                .permit("patient_id", "P3", "duo", "MOR:2099-12-31", "purposes", "HMARKT"));

    assertThat(decisions.moratorium())
        .isEqualTo(new Moratorium(2, Optional.of(LocalDate.of(2026, 12, 31))));
  }

  @Test
  void countsNoMoratoriumOfAPermitThatFails() {
    ConsentDecisions decisions =
        decide(
            new ConsentFile()
                .permit("duo", "HMB")
                .permit("duo", "MOR:2099-12-31", "purposes", "HMARKT")
                .permit("patient_id", "P2", "duo", "MOR:2027-01-01")
                .permit("patient_id", "P2", "duo", "MOR:2099-12-31", "valid_to", "2026-01-01"));

    assertThat(decisions.moratorium())
        .isEqualTo(new Moratorium(1, Optional.of(LocalDate.of(2027, 1, 1))));
  }

  @Test
  void digestFollowsDecisionsAndNothingElse() {
    String permitted = decide(new ConsentFile().permit()).digest();

    assertThat(decide(new ConsentFile().permit("purposes", "CLINTRCH").permit()).digest())
        .as("another form that permits the same")
        .isEqualTo(permitted)
        .matches("sha256:[0-9a-f]{64}");
    assertThat(decide(new ConsentFile().permit("data_from", "2020-01-01")).digest())
        .as("another window")
        .isNotEqualTo(permitted);
    assertThat(decide(new ConsentFile().permit().deny("categories_in", "PHOTO")).digest())
        .as("a denial of some records")
        .isNotEqualTo(permitted);
    assertThat(decide(new ConsentFile().permit().withdraw()).digest())
        .as("a withdrawal")
        .isNotEqualTo(permitted);
    assertThat(decide(new ConsentFile().permit("patient_id", "P2")).digest())
        .as("another patient")
        .isNotEqualTo(permitted);
  }

  @Test
  void readsAJurisdictionHoweverItIsWritten() {
    Minors minors = new Minors(ParentalPermit.RECONSENT, Map.of("us-al", 19), 18, 7);

    assertThat(List.of("AL", "al", "US-AL", " US-al "))
        .allSatisfy(written -> assertThat(minors.majoritiesIn(written)).containsExactly(19));
    assertThat(List.of("AZ", "us-az", "DE", "DE-BY"))
        .allSatisfy(written -> assertThat(minors.majoritiesIn(written)).containsExactly(18));
  }

  @Test
  void takesAPlaceThatIsNoCodeForAnyPlace() {
    Minors minors = new Minors(ParentalPermit.RECONSENT, Map.of("AL", 19), 18, 7);

    assertThat(List.of("", " ", "Alabama", "AL, US", "US", "USA", "somewhere", "AL/AZ"))
        .allSatisfy(
            written -> assertThat(minors.majoritiesIn(written)).containsExactlyInAnyOrder(18, 19));
  }

  @Test
  void everySubjectHasABirthDayOrAnUnknownOne() {
    assertThatThrownBy(
            () ->
                new ConsentDecider(
                    Requests.trial(), ConsentFile.keys("P1", "P2"), BirthDays.on(GROWN_UP)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("every subject has a birth day or an unknown one");
  }

  @Test
  void theLongestMoratoriumIsTheOneThatEndsLast() {
    LocalDate day = LocalDate.of(2027, 1, 1);
    Moratorium stated = Moratorium.NONE.plus(Optional.of(day));

    assertThat(stated).isEqualTo(new Moratorium(1, Optional.of(day)));
    assertThat(stated.plus(Optional.of(day.minusDays(1))))
        .isEqualTo(new Moratorium(2, Optional.of(day)));
    assertThat(stated.plus(Optional.of(day.plusDays(1))))
        .isEqualTo(new Moratorium(2, Optional.of(day.plusDays(1))));
    assertThat(stated.plus(Optional.empty())).isEqualTo(new Moratorium(2, Optional.of(day)));
  }

  @Test
  void countsTheMonthsOfAMoratoriumFromTheDayOfTheSignature() {
    assertThat(decide(new ConsentFile().permit("duo", "MOR:12")).moratorium().until())
        .contains(LocalDate.of(2025, 5, 2));
    assertThat(decide(new ConsentFile().permit("duo", "MOR")).moratorium())
        .isEqualTo(new Moratorium(1, Optional.empty()));
  }

  @Test
  void decidesOnce() {
    ConsentDecider decider =
        new ConsentDecider(Requests.trial(), ConsentFile.keys("P1"), BirthDays.on(GROWN_UP));
    decider.decide();

    assertThatThrownBy(decider::decide)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("already decided");
  }

  private static ConsentDecisions decide(ConsentFile file) {
    SubjectKeys keys = ConsentFile.keys("P1", "P2", "P3");
    ConsentDecider decider =
        new ConsentDecider(Requests.trial(), keys, BirthDays.on(GROWN_UP, GROWN_UP, GROWN_UP));
    file.readInto(decider, keys);
    return decider.decide();
  }
}
