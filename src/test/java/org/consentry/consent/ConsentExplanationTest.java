package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consentry.consent.ConsentExplanation.Answer;
import org.consentry.consent.ConsentExplanation.GrantAccount;
import org.consentry.consent.ConsentExplanation.LineAccount;
import org.consentry.consent.ConsentExplanation.TestAccount;
import org.consentry.data.BirthDays;
import org.consentry.data.BirthRange;
import org.consentry.data.Exclusion;
import org.consentry.data.RecordCategory;
import org.consentry.data.SubjectKeys;
import org.consentry.problem.Place;
import org.junit.jupiter.api.Test;

final class ConsentExplanationTest {

  private static final int GROWN_UP = (int) LocalDate.of(1980, 3, 4).toEpochDay();

  @Test
  void namesTheWithdrawalThatDecides() {
    ConsentExplanation explanation =
        explain(
            new ConsentFile()
                .permit("purposes", "HMARKT")
                .permit()
                .permit("patient_id", "P2")
                .withdraw("purposes", "HMARKT")
                .withdraw());

    assertThat(explanation.exclusion()).contains(Exclusion.WITHDRAWN);
    assertThat(explanation.lines().stream().map(LineAccount::toString))
        .containsExactly(
            "consents.csv:2 PERMIT_FAILED DOES_NOT_DECIDE",
            "consents.csv:3 PERMIT_FAILED DECIDES",
            "consents.csv:5 RESTRICTS_ELSEWHERE DOES_NOT_DECIDE",
            "consents.csv:6 RESTRICTS DECIDES");
    assertThat(explanation.lines().get(1).stoppedBy()).contains(Place.of("consents.csv", 6));
    assertThat(explanation).hasToString("ConsentExplanation[4 lines, 0 grants]");
  }

  @Test
  void showsEveryTestInItsOrder() {
    ConsentExplanation explanation = explain(new ConsentFile().permit("studies", "OTHER"));

    List<TestAccount> tests = explanation.lines().get(0).tests();
    assertThat(tests.stream().map(TestAccount::test)).containsExactly(PermitCheck.values());
    assertThat(tests.stream().map(TestAccount::answer))
        .containsExactly(
            Answer.PASSED,
            Answer.PASSED,
            Answer.FAILED,
            Answer.NOT_REACHED,
            Answer.NOT_REACHED,
            Answer.NOT_REACHED,
            Answer.NOT_REACHED,
            Answer.NOT_REACHED,
            Answer.NOT_REACHED,
            Answer.NOT_REACHED);
    assertThat(tests.get(2).reason()).contains(Exclusion.STUDY);
  }

  @Test
  void choosesTheLatestOfPermitsThatGotEquallyFar() {
    ConsentExplanation explanation =
        explain(
            new ConsentFile()
                .permit("valid_to", "2025-01-01", "signed_at", "2024-05-03T10:00:00")
                .permit("valid_to", "2025-01-01", "signed_at", "2024-05-02T10:00:00"));

    assertThat(explanation.lines().stream().map(LineAccount::toString))
        .containsExactly(
            "consents.csv:2 PERMIT_FAILED DECIDES", "consents.csv:3 PERMIT_FAILED DOES_NOT_DECIDE");
  }

  @Test
  void namesTheLineThatCouldNotBeRead() {
    ConsentExplanation explanation =
        explain(new ConsentFile().permit().deny("valid_from", "soon").permit("duo", "?"));

    assertThat(explanation.exclusion()).contains(Exclusion.BAD_RESTRICTION_ROW);
    assertThat(explanation.lines().stream().map(LineAccount::toString))
        .containsExactly(
            "consents.csv:2 PERMIT_PASSED DOES_NOT_DECIDE",
            "consents.csv:3 BAD_RESTRICTION_ROW DECIDES",
            "consents.csv:4 BAD_PERMIT_ROW DOES_NOT_DECIDE");
    assertThat(explanation.grants()).isEmpty();
  }

  @Test
  void explainsARecordPermitByPermit() {
    ConsentExplanation explanation =
        explain(
            new ConsentFile()
                .permit("categories_in", "LAB")
                .permit("categories_in", "PHOTO", "data_from", "2024-01-01")
                .permit("categories_in", "PHOTO")
                .deny("categories_in", "PHOTO", "data_to", "2022-12-31"));
    long day = LocalDate.of(2022, 6, 1).toEpochDay();

    ConsentExplanation.RecordAccount account =
        explanation.record(RecordCategory.PHOTO, RecordDates.known(day, day));

    assertThat(account.exclusion()).contains(Exclusion.DENIED_CATEGORY);
    assertThat(account.grants())
        .containsExactly(
            new GrantAccount(place(2), Answer.FAILED, Answer.NOT_REACHED, Optional.empty()),
            new GrantAccount(place(3), Answer.PASSED, Answer.FAILED, Optional.empty()),
            new GrantAccount(place(4), Answer.PASSED, Answer.PASSED, Optional.of(place(5))));
  }

  @Test
  void aRecordIsReleasedWhicheverPermitCoversIt() {
    ConsentExplanation explanation =
        explain(
            new ConsentFile()
                .permit("categories_in", "LAB")
                .permit("categories_in", "VISIT")
                .permit("categories_in", "NOTE"));

    for (RecordCategory category :
        List.of(RecordCategory.LAB, RecordCategory.VISIT, RecordCategory.NOTE)) {
      assertThat(explanation.record(category, RecordDates.unknown()).exclusion()).isEmpty();
    }
    assertThat(explanation.record(RecordCategory.PHOTO, RecordDates.unknown()).exclusion())
        .contains(Exclusion.CATEGORY);
  }

  @Test
  void choosesTheLatestSignedPermitWhereverItIs() {
    ConsentExplanation explanation =
        explain(
            new ConsentFile()
                .permit("valid_to", "2025-01-01", "signed_at", "2024-05-02T10:00:00")
                .permit("valid_to", "2025-01-01", "signed_at", "2024-05-03T10:00:00")
                .permit("purposes", "HMARKT", "signed_at", "2024-05-04T10:00:00"));

    assertThat(decidingLines(explanation)).containsExactly(3L);
  }

  @Test
  void choosesByIdAmongPermitsOfTheSameMoment() {
    ConsentExplanation explanation =
        explain(
            new ConsentFile()
                .permit("line_id", "L2", "valid_to", "2025-01-01")
                .permit("line_id", "L1", "valid_to", "2025-01-01"));

    assertThat(decidingLines(explanation)).containsExactly(3L);
  }

  @Test
  void namesEveryDenialOfAPatientWhoHasNoPermit() {
    ConsentExplanation explanation =
        explain(
            new ConsentFile()
                .deny()
                .withdraw()
                .permit("duo", "?")
                .deny("purposes", "HMARKT")
                .deny("valid_to", "2025-12-31"));

    assertThat(explanation.exclusion()).contains(Exclusion.REFUSED);
    assertThat(decidingLines(explanation)).containsExactly(2L, 5L);
  }

  @Test
  void namesTheDenialThatStopsAPermit() {
    ConsentExplanation explanation =
        explain(new ConsentFile().deny("categories_in", "PHOTO").permit().deny().permit());

    assertThat(explanation.exclusion()).contains(Exclusion.DENIED);
    assertThat(explanation.lines().stream().map(LineAccount::stoppedBy))
        .containsExactly(
            Optional.empty(), Optional.of(place(4)), Optional.empty(), Optional.of(place(4)));
    assertThat(decidingLines(explanation)).containsExactly(3L, 4L);
  }

  @Test
  void namesNoLineWhereNoneDecides() {
    ConsentExplanation explanation =
        explain(new ConsentFile().permit("status", "DRAFT").withdraw().permit("duo", "?"));

    assertThat(explanation.exclusion()).contains(Exclusion.NO_CONSENT);
    assertThat(decidingLines(explanation)).isEmpty();
  }

  @Test
  void namesNoLineForAnIdOfTwoPersons() {
    SubjectKeys keys = ConsentFile.keys("P1");
    ConsentDecider decider = new ConsentDecider(Requests.trial(), keys, BirthDays.on(GROWN_UP));
    decider.watch(0);
    decider.ambiguous(0);
    new ConsentFile().permit().withdraw().readInto(decider, keys);

    ConsentExplanation explanation = decider.decide().explanation().orElseThrow();

    assertThat(explanation.exclusion()).contains(Exclusion.PATIENT_AMBIGUOUS);
    assertThat(decidingLines(explanation)).isEmpty();
    assertThat(explanation.record(RecordCategory.VISIT, RecordDates.unknown()))
        .isEqualTo(
            new ConsentExplanation.RecordAccount(
                Optional.of(Exclusion.PATIENT_AMBIGUOUS), List.of()));
  }

  @Test
  void showsAPermitWhoseIdIsThereTwice() {
    ConsentExplanation explanation =
        explain(
            new ConsentFile()
                .permit("line_id", "L1", "categories_in", "LAB")
                .permit("line_id", "L1")
                .permit("line_id", "L3", "categories_in", "VISIT"));

    assertThat(explanation.exclusion()).isEmpty();
    assertThat(explanation.lines().stream().map(LineAccount::toString))
        .containsExactly(
            "consents.csv:2 DUPLICATE_ID DOES_NOT_DECIDE",
            "consents.csv:3 DUPLICATE_ID DOES_NOT_DECIDE",
            "consents.csv:4 PERMIT_PASSED DECIDES");
    assertThat(explanation.lines().get(0).tests()).isEmpty();
    assertThat(explanation.grants().stream().map(ConsentExplanation.Grant::permit))
        .containsExactly(place(4));
  }

  @Test
  void showsTheLinesOfTheOneWhoIsWatched() {
    SubjectKeys keys = ConsentFile.keys("P1", "P2");
    ConsentDecider decider =
        new ConsentDecider(Requests.trial(), keys, BirthDays.on(GROWN_UP, GROWN_UP));
    decider.watch(1);
    new ConsentFile()
        .permit()
        .withdraw()
        .permit("patient_id", "P2", "categories_in", "LAB")
        .deny("patient_id", "P2", "valid_from", "soon")
        .readInto(decider, keys);

    ConsentExplanation explanation = decider.decide().explanation().orElseThrow();

    assertThat(explanation.exclusion()).contains(Exclusion.BAD_RESTRICTION_ROW);
    assertThat(explanation.lines().stream().map(LineAccount::place))
        .containsExactly(place(4), place(5));
    assertThat(decidingLines(explanation)).containsExactly(5L);
  }

  @Test
  void explainsNoOneUnlessAsked() {
    SubjectKeys keys = ConsentFile.keys("P1");
    ConsentDecider decider = new ConsentDecider(Requests.trial(), keys, BirthDays.on(GROWN_UP));
    new ConsentFile().permit().readInto(decider, keys);

    assertThatThrownBy(() -> decider.watch(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("lines were added already");
    assertThat(decider.decide().explanation()).isEmpty();
  }

  private static List<Long> decidingLines(ConsentExplanation explanation) {
    return explanation.lines().stream()
        .filter(line -> line.weight() == ConsentExplanation.Weight.DECIDES)
        .map(line -> line.place().line())
        .toList();
  }

  private static Place place(long line) {
    return Place.of("consents.csv", line);
  }

  @Test
  void statesTheDayOnWhichAChildBornOnALeapDayComesOfAgeByTheCheck() {
    int born = (int) LocalDate.of(2012, 2, 29).toEpochDay();
    ConsentFile file =
        new ConsentFile()
            .permit("signer_role", "PARENT", "signer_authority", "mother", "assent", "YES");

    PlainExplanation plain =
        PlainExplanation.of(
            explain(file, born), Optional.empty(), Requests.trial(), BirthRange.on(born));

    assertThat(plain.paragraphs())
        .filteredOn(paragraph -> paragraph.heading().equals("What is to come"))
        .singleElement()
        .satisfies(
            paragraph ->
                assertThat(paragraph.sentences().get(0))
                    .startsWith("On 1 March 2030: the patient comes of age"));
  }

  private static ConsentExplanation explain(ConsentFile file) {
    return explain(file, GROWN_UP);
  }

  private static ConsentExplanation explain(ConsentFile file, int born) {
    SubjectKeys keys = ConsentFile.keys("P1", "P2");
    ConsentDecider decider =
        new ConsentDecider(Requests.trial(), keys, BirthDays.on(born, GROWN_UP));
    decider.watch(0);
    file.readInto(decider, keys);
    return decider.decide().explanation().orElseThrow();
  }
}
