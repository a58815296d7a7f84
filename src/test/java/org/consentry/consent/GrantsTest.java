package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.consentry.data.BirthDays;
import org.consentry.data.RecordCategory;
import org.consentry.data.SubjectKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What consent granted at a release, as the days whose records it covered. */
final class GrantsTest {

  private static final int GROWN_UP = (int) LocalDate.of(1980, 3, 4).toEpochDay();

  @Test
  void aPermitWithoutBoundsGrantsEveryDayOfItsCategories() {
    Grants grants = grants(new ConsentFile().permit("categories_in", "VISIT|LAB"));

    assertThat(grants.spans(RecordCategory.VISIT)).containsExactly(DaySpan.ALWAYS);
    assertThat(grants.spans(RecordCategory.LAB)).containsExactly(DaySpan.ALWAYS);
    assertThat(grants.spans(RecordCategory.PHOTO)).isEmpty();
  }

  @Test
  void aPermitGrantsTheDaysOfItsWindow() {
    Grants grants =
        grants(
            new ConsentFile()
                .permit("categories_in", "LAB", "data_from", "2022-01-10", "data_to", "2022-01-20")
                .permit(
                    "categories_in", "VISIT", "data_from", "2022-01-10", "data_to", "2022-01-10")
                .permit("categories_in", "NOTE", "data_from", "2022-01-10", "data_to", "*")
                .permit("categories_in", "PHOTO", "data_from", "2022-01-10", "data_to", ""));

    assertThat(spans(grants, RecordCategory.LAB)).isEqualTo("2022-01-10..2022-01-20");
    assertThat(spans(grants, RecordCategory.VISIT)).isEqualTo("2022-01-10..2022-01-10");
    assertThat(spans(grants, RecordCategory.NOTE)).isEqualTo("2022-01-10..");
    assertThat(spans(grants, RecordCategory.PHOTO)).isEmpty();
  }

  @Test
  void windowsOfSeveralPermitsAreInOrderAndEachIsListedOnce() {
    Grants grants =
        grants(
            new ConsentFile()
                .permit("data_from", "2023-01-01", "data_to", "2024-12-31")
                .permit("data_from", "2020-01-01", "data_to", "2023-06-30")
                .permit("data_from", "2020-01-01", "data_to", "2021-12-31")
                .permit(
                    "data_from", "2020-01-01", "data_to", "2021-12-31", "categories_ex", "PHOTO"));

    assertThat(spans(grants, RecordCategory.LAB))
        .isEqualTo("2020-01-01..2021-12-31 2020-01-01..2023-06-30 2023-01-01..2024-12-31");
  }

  @ParameterizedTest
  @CsvSource({
    "2022-01-13, 2022-01-15, 2022-01-10..2022-01-12 2022-01-16..2022-01-20",
    "2022-01-10, 2022-01-12, 2022-01-13..2022-01-20",
    "2022-01-01, 2022-01-10, 2022-01-11..2022-01-20",
    "2022-01-18, 2022-01-20, 2022-01-10..2022-01-17",
    "2022-01-20, 2022-02-28, 2022-01-10..2022-01-19",
    "2022-01-01, 2022-01-09, 2022-01-10..2022-01-20",
    "2022-01-21, 2022-12-31, 2022-01-10..2022-01-20",
    "2022-01-15, 2022-01-15, 2022-01-10..2022-01-14 2022-01-16..2022-01-20",
    "*, 2022-01-15, 2022-01-16..2022-01-20",
    "2022-01-15, *, 2022-01-10..2022-01-14",
    "2022-01-10, 2022-01-20, ''",
    "2022-01-01, 2022-12-31, ''"
  })
  void aDenialTakesItsDaysOutOfTheWindow(String first, String last, String left) {
    Grants grants =
        grants(
            new ConsentFile()
                .permit("data_from", "2022-01-10", "data_to", "2022-01-20")
                .deny("categories_in", "LAB", "data_from", first, "data_to", last));

    assertThat(spans(grants, RecordCategory.LAB)).isEqualTo(left);
    assertThat(spans(grants, RecordCategory.VISIT)).isEqualTo("2022-01-10..2022-01-20");
  }

  @Test
  void severalDenialsLeaveWhatNoneOfThemIsAbout() {
    Grants grants =
        grants(
            new ConsentFile()
                .permit("data_from", "2022-01-10", "data_to", "2022-01-20")
                .deny("data_from", "2022-01-17", "data_to", "2022-01-17")
                .deny("data_from", "2022-01-12", "data_to", "2022-01-13")
                .deny("categories_in", "PHOTO"));

    assertThat(spans(grants, RecordCategory.LAB))
        .isEqualTo("2022-01-10..2022-01-11 2022-01-14..2022-01-16 2022-01-18..2022-01-20");
    assertThat(spans(grants, RecordCategory.PHOTO)).isEmpty();
  }

  @Test
  void aDenialTakesDaysFromEachPermitThatDoesNotReplaceIt() {
    Grants grants =
        grants(
            new ConsentFile()
                .permit("data_from", "2022-01-10", "data_to", "2022-01-20")
                .deny("line_id", "D", "signed_at", "2020-01-01", "data_from", "2022-01-15")
                .permit("supersedes", "D", "data_from", "2022-01-14", "data_to", "2022-01-16"));

    assertThat(spans(grants, RecordCategory.LAB))
        .isEqualTo("2022-01-10..2022-01-14 2022-01-14..2022-01-16");
  }

  @Test
  void theRowThatDescribesThePersonNeedsAPermitOfDemographicsAndNoDenial() {
    ConsentFile windowed = new ConsentFile().permit("data_from", "2022-01-10");

    assertThat(grants(windowed).describesThePerson()).isTrue();
    assertThat(grants(windowed.deny("categories_in", "LAB")).describesThePerson()).isTrue();
    assertThat(
            grants(windowed.deny("categories_in", "DEMOGRAPHIC", "data_to", "1999-12-31"))
                .describesThePerson())
        .isFalse();
    assertThat(grants(new ConsentFile().permit("categories_in", "VISIT")).describesThePerson())
        .isFalse();
    assertThat(grants(new ConsentFile().permit("data_to", "")).describesThePerson()).isFalse();
  }

  @Test
  void storedGrantsAreReadAsTheyWere() {
    Grants grants =
        grants(
            new ConsentFile()
                .permit("data_from", "2022-01-10")
                .permit("categories_in", "LAB")
                .deny("categories_in", "PHOTO")
                .deny("categories_in", "NOTE", "data_to", "2020-12-31"));
    Grants other = grants(new ConsentFile().permit());

    Grants read = Grants.of(grants.words());

    assertThat(read).isEqualTo(grants).hasSameHashCodeAs(grants).hasToString("Grants[2 permits]");
    assertThat(grants).isNotEqualTo(other).isNotEqualTo("Grants[2 permits]");
    assertThat(grants.hashCode()).isNotEqualTo(other.hashCode());
  }

  @Test
  void storedGrantsCannotBeChangedFromOutside() {
    Grants grants = grants(new ConsentFile().permit("categories_in", "LAB"));
    int[] words = grants.words();

    Grants read = Grants.of(words);
    Arrays.fill(words, 0);
    Arrays.fill(read.words(), 0);

    assertThat(read).isEqualTo(grants);
  }

  @Test
  void equalConsentIsEqualWhateverTheOrderOfItsLines() {
    ConsentFile one =
        new ConsentFile()
            .permit("categories_in", "VISIT")
            .permit("categories_in", "LAB")
            .deny("categories_in", "NOTE")
            .deny("categories_in", "PHOTO");
    ConsentFile other =
        new ConsentFile()
            .deny("categories_in", "PHOTO")
            .deny("categories_in", "NOTE")
            .deny("categories_in", "PHOTO")
            .permit("categories_in", "LAB")
            .permit("categories_in", "VISIT")
            .permit("categories_in", "LAB");

    assertThat(grants(one)).isEqualTo(grants(other));
  }

  @Test
  void refusesWordsThatAreNotThoseOfGrants() {
    int[] permit = grants(new ConsentFile().permit()).words();
    int[] denied = grants(new ConsentFile().permit().deny("categories_in", "LAB")).words();

    assertThat(
            List.of(
                new int[0],
                new int[] {0, 0},
                new int[] {0, 0, 1},
                new int[] {0, 0, -1},
                Arrays.copyOf(permit, permit.length - 1),
                Arrays.copyOf(permit, permit.length + 1),
                Arrays.copyOf(denied, denied.length - 1),
                with(permit, Profiles.PERMITS, 2),
                with(permit, permit.length - 1, 1),
                with(permit, permit.length - 1, -1),
                with(permit, permit.length - 1, Integer.MAX_VALUE),
                with(permit, permit.length - 1, 0x5555_5556),
                with(denied, permit.length - 1, 0)))
        .allSatisfy(
            words ->
                assertThatThrownBy(() -> Grants.of(words))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("these are not the words of grants"));
  }

  private static int[] with(int[] words, int at, int word) {
    int[] changed = words.clone();
    changed[at] = word;
    return changed;
  }

  private static String spans(Grants grants, RecordCategory category) {
    return String.join(
        " ", grants.spans(category).stream().map(span -> GrantsTest.text(span)).toList());
  }

  private static String text(DaySpan span) {
    String first = span.first() == DaySpan.EVER ? "" : day(span.first());
    return first + ".." + (span.last() == DaySpan.FOREVER ? "" : day(span.last()));
  }

  private static String day(int day) {
    return LocalDate.ofEpochDay(day).toString();
  }

  private static Grants grants(ConsentFile file) {
    SubjectKeys keys = ConsentFile.keys("P1");
    ConsentDecider decider = new ConsentDecider(Requests.trial(), keys, BirthDays.on(GROWN_UP));
    file.readInto(decider, keys);
    return decider.decide().grants(0).orElseThrow();
  }
}
