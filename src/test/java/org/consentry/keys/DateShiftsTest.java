package org.consentry.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.consentry.data.CodesTest;
import org.consentry.data.Prf;
import org.consentry.data.SubjectKeys;
import org.junit.jupiter.api.Test;

class DateShiftsTest {

  private final Prf prf = StudyKey.ofBytes(new byte[32]).dateShifts("S");

  @Test
  void areEveryAllowedShiftAboutEquallyOftenAndNeverZero() {
    SubjectKeys keys = CodesTest.subjects(60_000);

    int[] shifts = DateShifts.days(prf, keys, subject -> true, 30);

    int[] counts = new int[61];
    for (int shift : shifts) {
      counts[shift + 30]++;
    }
    assertThat(counts[30]).isZero();
    counts[30] = 1_000;
    // 1,000 expected, standard deviation 31.4: seven of them.
    assertThat(Arrays.stream(counts)).allMatch(count -> count > 780 && count < 1_220);
  }

  @Test
  void keepTheWeekdayWhenAskedAndUseEveryWeek() {
    SubjectKeys keys = CodesTest.subjects(20_000);

    int[] shifts = DateShifts.wholeWeeks(prf, keys, subject -> true, 365);

    assertThat(Arrays.stream(shifts))
        .allMatch(shift -> shift % 7 == 0 && shift != 0 && Math.abs(shift) <= 364);
    assertThat(Arrays.stream(shifts).distinct().count()).isEqualTo(104);
  }

  @Test
  void twoKindsOfShiftOfOneSubjectAreIndependent() {
    SubjectKeys keys = CodesTest.subjects(2_000);
    int[] days = DateShifts.days(prf, keys, subject -> true, 7 * 52);
    int[] weeks = DateShifts.wholeWeeks(prf, keys, subject -> true, 7 * 52);

    int sameSign = 0;
    for (int subject = 0; subject < 2_000; subject++) {
      sameSign += Integer.signum(days[subject]) == Integer.signum(weeks[subject]) ? 1 : 0;
    }

    assertThat(sameSign).isBetween(850, 1_150);
  }

  @Test
  void leaveOutWhoIsNotSelected() {
    int[] shifts = DateShifts.days(prf, CodesTest.subjects(4), subject -> subject == 2, 365);

    assertThat(shifts[0]).isZero();
    assertThat(shifts[2]).isNotZero();
  }

  @Test
  void refuseABoundThatLeavesNoShift() {
    assertThatThrownBy(() -> DateShifts.wholeWeeks(prf, new byte[1], 6))
        .hasMessage("maxDays must be 7 to 36500 but was 6");
    assertThatThrownBy(() -> DateShifts.days(prf, new byte[1], 0))
        .hasMessage("maxDays must be 1 to 36500 but was 0");
  }
}
