package org.consentry.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class DaySpanTest {

  private static final DaySpan SPAN = new DaySpan(10, 20);

  @Test
  void hasAtLeastOneDay() {
    assertThat(new DaySpan(10, 10).last()).isEqualTo(10);
    assertThatThrownBy(() -> new DaySpan(10, 9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the last day must not be before the first");
  }

  @Test
  void containsASpanWhoseDaysAreAllItsOwn() {
    assertThat(SPAN.contains(SPAN)).isTrue();
    assertThat(SPAN.contains(new DaySpan(12, 13))).isTrue();
    assertThat(SPAN.contains(new DaySpan(9, 20))).isFalse();
    assertThat(SPAN.contains(new DaySpan(10, 21))).isFalse();
    assertThat(DaySpan.ALWAYS.contains(SPAN)).isTrue();
    assertThat(SPAN.contains(DaySpan.ALWAYS)).isFalse();
  }

  @Test
  void meetsASpanWithWhichItSharesADay() {
    assertThat(SPAN.meets(new DaySpan(20, 30))).isTrue();
    assertThat(SPAN.meets(new DaySpan(1, 10))).isTrue();
    assertThat(SPAN.meets(new DaySpan(21, 30))).isFalse();
    assertThat(SPAN.meets(new DaySpan(1, 9))).isFalse();
  }

  @Test
  void isCutToTheDaysOfAnother() {
    assertThat(SPAN.within(new DaySpan(15, 30))).isEqualTo(new DaySpan(15, 20));
    assertThat(SPAN.within(new DaySpan(1, 15))).isEqualTo(new DaySpan(10, 15));
    assertThat(DaySpan.ALWAYS.within(SPAN)).isEqualTo(SPAN);
  }
}
