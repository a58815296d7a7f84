package org.consentry.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Enough patients have each consent story, and its outcome is true for years. */
final class StoryTest {
  private static final LocalDate BEGIN = LocalDate.of(2026, 11, 1);
  private static final LocalDate END = LocalDate.of(2031, 12, 31);

  private final List<Patient> roster = Roster.patients();
  private final SampleTable consents = SampleTable.read("consents.csv");

  @ParameterizedTest
  @EnumSource
  void everyStoryIsThatOfAPatientOfTheCohort(Story story) {
    assertThat(roster.stream().filter(p -> p.story() == story && inCohort(p)))
        .hasSizeGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATIENT_AMBIGUOUS",
        "BAD_RESTRICTION_ROW",
        "NO_CONSENT",
        "REFUSED",
        "EVIDENCE_MISSING",
        "PURPOSE",
        "STUDY",
        "RECIPIENT",
        "NOT_YET_VALID",
        "EXPIRED",
        "DUO_DISEASE",
        "DUO_TS",
        "DUO_GS",
        "DUO_IS",
        "DUO_PS",
        "DUO_US",
        "DUO_OBLIGATION",
        "DUO_NEEDS_STEWARD",
        "BIRTH_DATE_UNREADABLE",
        "MINOR",
        "WITHDRAWN",
        "DENIED",
        "CATEGORY",
        "RECORD_DATE",
        "DENIED_CATEGORY"
      })
  void everyReasonIsMetByThreePatientsOfTheCohort(String reason) {
    assertThat(roster.stream().filter(p -> p.story().outcome().equals(reason) && inCohort(p)))
        .hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void aboutHalfOfTheCohortIsReleased() {
    assertThat(roster.stream().filter(p -> p.story().outcome().equals("IN") && inCohort(p)))
        .hasSizeBetween(220, 350);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-01", "2031-12-31"})
  void childrenStayChildrenAndAdultsAreAdults(LocalDate now) {
    Map<Story.AgeGroup, List<Patient>> byAge =
        roster.stream().collect(Collectors.groupingBy(p -> p.story().ageGroup()));

    assertThat(byAge.get(Story.AgeGroup.CHILD))
        .allMatch(p -> ageOn(p, now) >= 7 && ageOn(p, now) < 18);
    assertThat(byAge.get(Story.AgeGroup.INFANT)).allMatch(p -> ageOn(p, now) < 7);
    assertThat(byAge.get(Story.AgeGroup.GROWN_UP_SINCE)).allMatch(p -> ageOn(p, now) >= 18);
    assertThat(byAge.get(Story.AgeGroup.ADULT)).allMatch(p -> ageOn(p, now) >= 21);
  }

  @ParameterizedTest
  @ValueSource(strings = {"valid_from", "valid_to"})
  void noFormBeginsOrEndsWhileTheSampleIsInUse(String column) {
    assertThat(consents.column(column).flatMap(text -> SampleTable.day(text).stream()))
        .noneMatch(day -> !day.isBefore(BEGIN) && !day.isAfter(END));
  }

  @Test
  void nothingIsSignedOrRecordedWhileTheSampleIsInUse() {
    for (String column : Set.of("signed_at", "recorded_at")) {
      assertThat(consents.column(column).filter(text -> text.length() > 10))
          .noneMatch(text -> text.compareTo("2026-11") >= 0 && text.compareTo("2032") < 0);
    }
  }

  @Test
  void halfOfTheStrangersHaveEvenSignedAConsent() {
    Set<String> known = roster.stream().map(Patient::id).collect(Collectors.toSet());

    assertThat(consents.count("patient_id", id -> !known.contains(id))).isEqualTo(5);
  }

  @Test
  void purposesStudiesAndFormsAreDiverse() {
    assertThat(consents.column("purposes"))
        .contains("HRESCH", "CLINTRCH", "HMARKT", "COVERAGE", "HPAYMT", "TREAT", "BIORCH", "");
    assertThat(consents.column("decision")).contains("PERMIT", "DENY", "WITHDRAW", "WITHDRAWL");
    assertThat(consents.column("status"))
        .contains("ACTIVE", "DRAFT", "INACTIVE", "REJECTED", "ENTERED_IN_ERROR");
    assertThat(consents.column("signer_role"))
        .contains("PATIENT", "PARENT", "GUARDIAN", "EXECUTOR");
  }

  private static boolean inCohort(Patient patient) {
    return patient.care() == Care.EYELID || patient.care() == Care.EYELID_OF_CHILD;
  }

  private static int ageOn(Patient patient, LocalDate day) {
    return patient.born().until(day).getYears();
  }
}
