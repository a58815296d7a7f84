package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.consentry.consent.RecordConsent.When;
import org.consentry.data.BirthDays;
import org.consentry.data.Exclusion;
import org.consentry.data.RecordCategory;
import org.consentry.data.SubjectKeys;
import org.junit.jupiter.api.Test;

/** Which dates a record has, and what consent answers for them. */
final class RecordConsentTest {

  private static final int GROWN_UP = (int) LocalDate.of(1980, 3, 4).toEpochDay();
  private static final long FIRST = LocalDate.of(2022, 1, 1).toEpochDay();
  private static final long LAST = LocalDate.of(2022, 1, 10).toEpochDay();

  private final When when = new When();
  private final ConsentDecisions decisions =
      decide(
          new ConsentFile()
              .permit("data_from", "2022-01-01", "data_to", "2022-01-10")
              .withdraw("patient_id", "P2"));

  @Test
  void aRecordHasEachDateFromItsEarliestToItsLatest() {
    when.reset(false);
    when.add(20);
    when.add(10);
    when.add(15);

    assertThat(when.first()).isEqualTo(10);
    assertThat(when.last()).isEqualTo(20);
    assertThat(when.unknown()).isFalse();
    assertThat(when.timeless()).isFalse();
  }

  @Test
  void theNextRecordHasNoDateOfTheOneBefore() {
    when.reset(true);
    when.add(15);
    when.addUnknown();
    when.reset(false);

    assertThat(when.first()).isGreaterThan(when.last());
    assertThat(when.unknown()).isFalse();
    assertThat(when.timeless()).isFalse();
  }

  @Test
  void coversARecordWhoseDatesAreAllInTheWindow() {
    assertThat(answer(FIRST, FIRST)).isZero();
    assertThat(answer(LAST, FIRST)).isZero();
    assertThat(answer(LAST, LAST)).isZero();
    assertThat(answer(FIRST - 1, FIRST)).isEqualTo(Exclusion.RECORD_DATE.code());
    assertThat(answer(LAST, LAST + 1)).isEqualTo(Exclusion.RECORD_DATE.code());
  }

  @Test
  void coversNoRecordOfAnUnknownDateByAWindow() {
    when.reset(false);
    assertThat(decisions.record(0, RecordCategory.VISIT, when))
        .isEqualTo(Exclusion.RECORD_DATE.code());

    when.add(FIRST);
    when.addUnknown();
    assertThat(decisions.record(0, RecordCategory.VISIT, when))
        .isEqualTo(Exclusion.RECORD_DATE.code());
  }

  @Test
  void coversNoRecordThatAnyOfSeveralDenialsIsAbout() {
    ConsentDecisions denied =
        decide(
            new ConsentFile()
                .permit()
                .deny("categories_in", "LAB")
                .deny("categories_in", "NOTE")
                .deny("categories_in", "PHOTO"));
    when.reset(false);
    when.add(FIRST);

    for (RecordCategory category :
        List.of(RecordCategory.LAB, RecordCategory.NOTE, RecordCategory.PHOTO)) {
      assertThat(denied.record(0, category, when)).isEqualTo(Exclusion.DENIED_CATEGORY.code());
    }
    assertThat(denied.record(0, RecordCategory.VISIT, when)).isZero();
  }

  @Test
  void coversTheRowThatDescribesThePersonWithoutADate() {
    when.reset(true);

    assertThat(decisions.record(0, RecordCategory.DEMOGRAPHIC, when)).isZero();
    assertThat(decisions.record(0, RecordCategory.VISIT, when))
        .isEqualTo(Exclusion.RECORD_DATE.code());
    assertThat(decisions.record(1, RecordCategory.DEMOGRAPHIC, when))
        .isEqualTo(Exclusion.NO_CONSENT.code());
  }

  @Test
  void datesThatAreKnownAreInOrder() {
    assertThat(RecordDates.known(5, 5).knowledge()).isEqualTo(RecordDates.Knowledge.ALL_KNOWN);
    assertThat(RecordDates.timeless().last()).isLessThan(RecordDates.timeless().first());
    assertThatThrownBy(() -> RecordDates.known(5, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the last date must not be before the first");
  }

  private byte answer(long... days) {
    when.reset(false);
    for (long day : days) {
      when.add(day);
    }
    return decisions.record(0, RecordCategory.VISIT, when);
  }

  private static ConsentDecisions decide(ConsentFile file) {
    SubjectKeys keys = ConsentFile.keys("P1", "P2");
    ConsentDecider decider =
        new ConsentDecider(Requests.trial(), keys, BirthDays.on(GROWN_UP, GROWN_UP));
    file.readInto(decider, keys);
    return decider.decide();
  }
}
