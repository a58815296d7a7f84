package org.consentry.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.consentry.data.CodesTest;
import org.consentry.data.Prf;
import org.consentry.data.SubjectKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateShiftsTest {

  private static final byte[] ID = "M1".getBytes(StandardCharsets.US_ASCII);

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

  /** Three days allow -3, -2, -1, 1, 2, 3, in this order. */
  @ParameterizedTest
  @CsvSource({"0,-3", "1,-2", "2,-1", "3,1", "4,2", "5,3", "6,-3", "4294967291,3"})
  void areChosenInAscendingOrderByANumberOfTheFunction(long number, int shift) {
    assertThat(DateShifts.days(answering(new ArrayList<>(), number), ID, 3)).isEqualTo(shift);
    assertThat(DateShifts.wholeWeeks(answering(new ArrayList<>(), number), ID, 27))
        .isEqualTo(7 * shift);
  }

  /** 4,294,967,292 is the largest multiple of six below 2 to the power of 32. */
  @Test
  void passOverNumbersThatWouldMakeSomeShiftsMoreLikely() {
    long[] numbers = {4_294_967_292L, 4_294_967_295L, 5};

    assertThat(DateShifts.days(answering(new ArrayList<>(), numbers), ID, 3)).isEqualTo(3);
  }

  @Test
  void askTheFunctionAgainWhenAllEightNumbersWerePassedOver() {
    long[] numbers = new long[9];
    Arrays.fill(numbers, 4_294_967_295L);
    numbers[8] = 1;
    List<String> days = new ArrayList<>();
    List<String> weeks = new ArrayList<>();

    assertThat(DateShifts.days(answering(days, numbers), ID, 3)).isEqualTo(-2);
    assertThat(DateShifts.wholeWeeks(answering(weeks, numbers), ID, 21)).isEqualTo(-14);

    assertThat(days).containsExactly("4d31" + "00" + "00000000", "4d31" + "00" + "00000001");
    assertThat(weeks).containsExactly("4d31" + "01" + "00000000", "4d31" + "01" + "00000001");
  }

  @Test
  void areTheSameForOneSubjectAndForMany() {
    SubjectKeys keys = CodesTest.subjects(20);
    int[] days = DateShifts.days(prf, keys, subject -> true, 36_500);
    int[] weeks = DateShifts.wholeWeeks(prf, keys, subject -> true, 7);

    for (int subject = 0; subject < 20; subject++) {
      assertThat(days[subject]).isEqualTo(DateShifts.days(prf, keys.key(subject), 36_500));
      assertThat(weeks[subject]).isIn(-7, 7);
    }
  }

  /** A function that answers with these numbers, eight a call, and records what it was asked. */
  private static Prf answering(List<String> asked, long... numbers) {
    return (input, start, end, output, at) -> {
      ByteBuffer answer = ByteBuffer.wrap(output, at, Prf.SIZE);
      for (int i = 8 * asked.size(); answer.hasRemaining(); i++) {
        answer.putInt(i < numbers.length ? (int) numbers[i] : 0);
      }
      asked.add(HexFormat.of().formatHex(input, start, end));
    };
  }

  @Test
  void refuseABoundThatLeavesNoShiftOrIsACentury() {
    assertThatThrownBy(() -> DateShifts.days(prf, new byte[1], 36_501))
        .hasMessage("maxDays must be 1 to 36500 but was 36501");
    assertThatThrownBy(() -> DateShifts.wholeWeeks(prf, new byte[1], 36_501))
        .hasMessage("maxDays must be 7 to 36500 but was 36501");
    assertThatThrownBy(() -> DateShifts.wholeWeeks(prf, new byte[1], 6))
        .hasMessage("maxDays must be 7 to 36500 but was 6");
    assertThatThrownBy(() -> DateShifts.days(prf, new byte[1], 0))
        .hasMessage("maxDays must be 1 to 36500 but was 0");
  }
}
