package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Days and moments are those of the JDK, and what is no date is none. */
class IsoDatesTest {

  private static final LocalDateTime EPOCH = LocalDate.EPOCH.atStartOfDay();

  @Test
  void readsEveryDayOfFourHundredYearsAsTheJdkDoes() {
    for (LocalDate day = LocalDate.of(1800, 1, 1);
        day.isBefore(LocalDate.of(2200, 1, 1));
        day = day.plusDays(1)) {
      long number = day.toEpochDay();
      assertThat(day(day.toString())).as("%s", day).isEqualTo(number);
      assertThat(IsoDates.epochDay(day.getYear(), day.getMonthValue(), day.getDayOfMonth()))
          .as("%s", day)
          .isEqualTo(number);
      assertThat(IsoDates.year(number)).as("%s", day).isEqualTo(day.getYear());
    }
  }

  @Test
  void knowsTheYearOfAnyDayAsTheJdkDoes() {
    long seed = 20_261_123;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 100_000; i++) {
      long number = random.nextLong(-4_000_000, 4_000_000);
      LocalDate day = LocalDate.ofEpochDay(number);
      assertThat(IsoDates.year(number))
          .as("seed %d, day %d", seed, number)
          .isEqualTo(day.getYear());
      assertThat(IsoDates.epochDay(day.getYear(), day.getMonthValue(), day.getDayOfMonth()))
          .as("seed %d, day %d", seed, number)
          .isEqualTo(number);
    }
  }

  @Test
  void takesADateIfAndOnlyIfTheJdkDoes() {
    for (int year : new int[] {1000, 1600, 1900, 1999, 2000, 2023, 2024, 2100, 9999}) {
      for (int month = 0; month <= 13; month++) {
        for (int day = 0; day <= 32; day++) {
          String text = "%04d-%02d-%02d".formatted(year, month, day);
          assertThat(day(text)).as(text).isEqualTo(plainDay(text));
        }
      }
    }
  }

  @Test
  void looksAtEveryByteOfADate() {
    for (int at = 0; at < 10; at++) {
      byte[] date = "2019-12-28".getBytes(StandardCharsets.ISO_8859_1);
      for (int value = 0; value < 256; value++) {
        date[at] = (byte) value;
        String text = new String(date, StandardCharsets.ISO_8859_1);
        boolean isOfTheYearsRead = !text.startsWith("0");
        assertThat(IsoDates.day(date, 0, date.length))
            .as("byte %d at %d", value, at)
            .isEqualTo(isOfTheYearsRead ? plainDay(text) : IsoDates.INVALID);
      }
    }
  }

  private static long plainDay(String text) {
    try {
      return LocalDate.parse(text).toEpochDay();
    } catch (DateTimeException noDate) {
      return IsoDates.INVALID;
    }
  }

  @Test
  void readsMomentsAsTheJdkDoes() {
    long seed = 4_711;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 50_000; i++) {
      LocalDateTime moment =
          LocalDateTime.of(
              LocalDate.ofEpochDay(random.nextLong(-350_000, 2_900_000)),
              LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000_000L)));
      String text = moment.toString();
      if (i % 3 == 0) {
        moment = moment.truncatedTo(ChronoUnit.MINUTES);
        text = moment.toString().replace('T', ' ');
      } else if (i % 3 == 1) {
        moment = moment.truncatedTo(ChronoUnit.SECONDS);
        text = moment.toString();
      }
      long micros = ChronoUnit.MICROS.between(EPOCH, moment.truncatedTo(ChronoUnit.MICROS));
      assertThat(timestamp(text)).as("seed %d, %s", seed, text).isEqualTo(micros);
      assertThat(day(text))
          .as("seed %d, %s", seed, text)
          .isEqualTo(moment.toLocalDate().toEpochDay());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01,0",
    "1970-01-01T00:00,0",
    "1970-01-01 00:00:00,0",
    "1970-01-01T00:00:00.1,100000",
    "1970-01-01T00:00:00.000001,1",
    "1970-01-01T00:00:00.000000999,0",
    "1969-12-31T23:59:59.999999,-1"
  })
  void countsMicroseconds(String text, long micros) {
    assertThat(timestamp(text)).isEqualTo(micros);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2",
        "2020-01-0",
        "2020-1-001",
        "20200101",
        "2020/01/01",
        "01-01-2020",
        "0999-12-31",
        "-200-01-01",
        "+020-01-01",
        "2020-01-01x",
        "2020-01-01T",
        "2020-01-01Z",
        "2020-01-01T10:00Z",
        "2020-01-01T10:00:00+01:00",
        "2020-01-01T1",
        "2020-01-01T10",
        "2020-01-01T10:",
        "2020-01-01T10:0",
        "2020-01-01T1000",
        "2020-01-01T10.00",
        "2020-01-01t10:00",
        "2020-01-01T24:00",
        "2020-01-01T10:60",
        "2020-01-01T10:00:",
        "2020-01-01T10:00:0",
        "2020-01-01T10:00:60",
        "2020-01-01T10:00:00.",
        "2020-01-01T10:00:00.Z",
        "2020-01-01T10:00:00.1234567890",
        "2020-01-01T10:00:00.12x",
        "2020-01-01T10:00:00,5",
        "2020-01-01T10:00ZZ",
        "2020-01-01T10:00+01:00",
        "2020-01-01T10:00:00-05:00",
        "2020-02-30T10:00:00",
        "2020- 01-01",
        "２０２０-01-01"
      })
  void takesNothingElse(String text) {
    assertThat(timestamp(text)).isEqualTo(IsoDates.INVALID);
    assertThat(day(text)).isEqualTo(IsoDates.INVALID);
  }

  @Test
  void looksAtNoByteOutsideTheValue() {
    long seed = 99;
    SplittableRandom random = new SplittableRandom(seed);
    byte[] alphabet = "0129-:TZ. x".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 200_000; i++) {
      byte[] value = new byte[random.nextInt(32)];
      byte[] valid = "2020-02-29T23:59:59.123456789".getBytes(StandardCharsets.US_ASCII);
      for (int at = 0; at < value.length; at++) {
        boolean keep = at < valid.length && random.nextInt(12) != 0;
        value[at] = keep ? valid[at] : alphabet[random.nextInt(alphabet.length)];
      }
      long alone = IsoDates.timestamp(value, 0, value.length);
      byte[] among =
          ("9" + new String(value, StandardCharsets.US_ASCII) + "9Z")
              .getBytes(StandardCharsets.US_ASCII);
      assertThat(IsoDates.timestamp(among, 1, 1 + value.length))
          .as("seed %d, value %d", seed, i)
          .isEqualTo(alone);
      long day = IsoDates.day(value, 0, value.length);
      assertThat(day == IsoDates.INVALID)
          .as("seed %d, value %d", seed, i)
          .isEqualTo(alone == IsoDates.INVALID);
    }
  }

  private static long day(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return IsoDates.day(bytes, 0, bytes.length);
  }

  private static long timestamp(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return IsoDates.timestamp(bytes, 0, bytes.length);
  }
}
