package org.consentry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consentry.config.ScheduleRule.Missed;
import org.consentry.problem.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a schedule is due, also on the days when clocks are set. */
final class ScheduleRuleTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static List<String> times(String cron, String after, int count) {
    ScheduleRule rule =
        new ScheduleRule(
            Place.of("job.yaml"), Cron.parse(cron).orElseThrow(), Optional.empty(), Missed.SKIP);
    List<String> times = new ArrayList<>();
    Instant at = Instant.parse(after);
    for (int i = 0; i < count; i++) {
      at = rule.next(at, BERLIN).orElseThrow();
      times.add(at.atZone(BERLIN).toLocalDateTime() + " " + at.atZone(BERLIN).getOffset());
    }
    return times;
  }

  @Test
  void isDueByTheClockOfItsZone() {
    assertThat(times("0 2 * * MON", "2026-11-23T01:00:00Z", 2))
        .containsExactly("2026-11-30T02:00 +01:00", "2026-12-07T02:00 +01:00");
  }

  @Test
  void eitherDayIsEnoughWhereBothAreRestricted() {
    assertThat(times("0 2 13 * FRI", "2026-11-01T00:00:00Z", 4))
        .containsExactly(
            "2026-11-06T02:00 +01:00",
            "2026-11-13T02:00 +01:00",
            "2026-11-20T02:00 +01:00",
            "2026-11-27T02:00 +01:00");
    assertThat(times("0 2 15 * FRI", "2026-11-13T12:00:00Z", 2))
        .containsExactly("2026-11-15T02:00 +01:00", "2026-11-20T02:00 +01:00");
  }

  @Test
  void aTimeThatTheClockSkipsIsDueWhenItIsSet() {
    assertThat(times("30 2 * * *", "2027-03-27T12:00:00Z", 2))
        .containsExactly("2027-03-28T03:00 +02:00", "2027-03-29T02:30 +02:00");
    assertThat(times("*/20 2,3 * * *", "2027-03-27T12:00:00Z", 3))
        .containsExactly(
            "2027-03-28T03:00 +02:00", "2027-03-28T03:20 +02:00", "2027-03-28T03:40 +02:00");
  }

  @Test
  void aTimeThatComesTwiceIsDueOnce() {
    assertThat(times("30 2 * * *", "2026-10-24T12:00:00Z", 2))
        .containsExactly("2026-10-25T02:30 +02:00", "2026-10-26T02:30 +01:00");
    assertThat(times("0 * * * *", "2026-10-24T23:30:00Z", 3))
        .containsExactly(
            "2026-10-25T02:00 +02:00", "2026-10-25T03:00 +01:00", "2026-10-25T04:00 +01:00");
  }

  @Test
  void aDayOfLeapYearsIsDueInTheNextOne() {
    assertThat(times("0 2 29 2 *", "2026-01-01T00:00:00Z", 1))
        .containsExactly("2028-02-29T02:00 +01:00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "* * * * * *",
        "@daily",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * 32 * *",
        "* * * 13 *",
        "* * * * 8",
        "0 2 30 2 *",
        "a b c d e",
        "*/0 * * * *",
        "5-1 * * * *",
        "1,,2 * * * *",
        "0 2 * * MON#1",
        "0 2 L * *",
        "0 2 ? * *"
      })
  void nonsenseIsNoSchedule(String text) {
    assertThat(Cron.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* * * * *",
        "0 2 * * MON",
        "0 2 * * mon-fri",
        "*/15 8-18 * * 1-5",
        "0 0 1 JAN *",
        "0 2 * * 0",
        "0 2 * * 7",
        "5,10 0 1,15 */2 *",
        "0  2\t* * *"
      })
  void theFormsOfACrontabAreRead(String text) {
    assertThat(Cron.parse(text)).isPresent();
  }
}
