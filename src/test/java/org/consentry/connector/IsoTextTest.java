package org.consentry.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers, dates and times as the JDK writes them. */
final class IsoTextTest {

  private static final long SEED = 8601;
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

  @FunctionalInterface
  private interface Writer {
    int write(byte[] out, int at);
  }

  private static String text(Writer writer) {
    byte[] out = new byte[3 + IsoText.MAX_LENGTH];
    int end = writer.write(out, 3);
    return new String(out, 3, end - 3, StandardCharsets.US_ASCII);
  }

  private static String number(long value) {
    return text((out, at) -> IsoText.number(out, at, value));
  }

  @Test
  void writesNumbersOfEveryLength() {
    for (long value = 1; value > 0 && value < Long.MAX_VALUE / 10; value *= 10) {
      for (long near : new long[] {value - 1, value, value + 1, -value, 1 - value}) {
        assertThat(number(near)).isEqualTo(Long.toString(near));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        Long.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE + 1L,
        0
      })
  void writesNumbersAtTheEndsOfTheirRange(long value) {
    assertThat(number(value)).isEqualTo(Long.toString(value));
  }

  @Test
  void writesAnyNumber() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 2000; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      assertThat(number(value)).isEqualTo(Long.toString(value));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2, 0.00",
    "5, 2, 0.05",
    "-5, 2, -0.05",
    "100, 2, 1.00",
    "-100, 2, -1.00",
    "7, 0, 7",
    "999999999999999999, 18, 0.999999999999999999",
    "-999999999999999999, 9, -999999999.999999999"
  })
  void writesDecimalsWithAllTheirPlaces(long unscaled, int scale, String expected) {
    assertThat(text((out, at) -> IsoText.decimal(out, at, unscaled, scale))).isEqualTo(expected);
  }

  @Test
  void writesAnyDecimal() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 2000; i++) {
      long unscaled = random.nextLong(-999_999_999_999_999_999L, 1_000_000_000_000_000_000L);
      int scale = random.nextInt(19);
      assertThat(text((out, at) -> IsoText.decimal(out, at, unscaled, scale)))
          .isEqualTo(BigDecimal.valueOf(unscaled, scale).toPlainString());
    }
  }

  private static void assertDay(LocalDate day) {
    assertThat(text((out, at) -> IsoText.date(out, at, day.toEpochDay())))
        .isEqualTo(day.toString());
  }

  @Test
  void writesEveryDayOfFourCenturies() {
    for (LocalDate day = LocalDate.of(1800, 1, 1);
        day.getYear() < 2201;
        day = day.plusDays(day.getDayOfMonth() < 27 ? 5 : 1)) {
      assertDay(day);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000-01-01",
        "0000-02-29",
        "0000-03-01",
        "0099-12-31",
        "0100-03-01",
        "1582-10-15",
        "1900-02-28",
        "1900-03-01",
        "2000-02-29",
        "9999-12-31"
      })
  void writesDaysAtTheEdgesOfTheCalendar(String day) {
    assertDay(LocalDate.parse(day));
  }

  @ParameterizedTest
  @ValueSource(longs = {-719_529, 2_932_897, -10_000_000, 10_000_000})
  void writesYearsOfMoreThanFourDigitsAsTheJdkDoes(long day) {
    assertDay(LocalDate.ofEpochDay(day));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00",
    "-1, 1969-12-31T23:59:59.999999",
    "1, 1970-01-01T00:00:00.000001",
    "86399999999, 1970-01-01T23:59:59.999999",
    "86400000000, 1970-01-02T00:00:00",
    "120000, 1970-01-01T00:00:00.120000"
  })
  void writesTimesWithAllSixDigitsOrNone(long micros, String expected) {
    assertThat(text((out, at) -> IsoText.timestamp(out, at, micros))).isEqualTo(expected);
  }

  @Test
  void writesAnyTime() {
    SplittableRandom random = new SplittableRandom(SEED);
    DateTimeFormatter whole = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    DateTimeFormatter parts = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");
    for (int i = 0; i < 2000; i++) {
      long micros = random.nextLong(-4_000_000_000_000_000L, 8_000_000_000_000_000L);
      long rounded = random.nextBoolean() ? micros : Math.floorDiv(micros, 1_000_000) * 1_000_000;
      LocalDateTime time = EPOCH.plus(rounded, ChronoUnit.MICROS);
      assertThat(text((out, at) -> IsoText.timestamp(out, at, rounded)))
          .isEqualTo(time.format(rounded % 1_000_000 == 0 ? whole : parts))
          .satisfies(
              text ->
                  assertThat(LocalDateTime.parse(text).toEpochSecond(ZoneOffset.UTC))
                      .isEqualTo(Math.floorDiv(rounded, 1_000_000)));
    }
  }
}
