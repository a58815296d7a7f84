package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code java.time} and {@code java.text} write is read back, and nothing else is. Seeds are
 * in the descriptions of failures.
 */
final class WrittenFormatsPropertyTest {

  private static final int MANY = 3000;
  private static final long FIRST = LocalDate.of(1000, 1, 1).toEpochDay();
  private static final long LAST = LocalDate.of(9999, 12, 31).toEpochDay();
  private static final String[] MUTATIONS = {
    "0", "1", "9", " ", "", "-", "/", ".", ":", "M", "\u0660"
  };

  private static LocalDateTime moment(Random random) {
    long day = FIRST + (long) (random.nextDouble() * (LAST - FIRST + 1));
    return LocalDate.ofEpochDay(day)
        .atTime(0, 0)
        .plusNanos(random.nextInt(86_400) * 1_000_000_000L + random.nextInt(1_000_000) * 1000L);
  }

  private static DateTimeFormatter javaTime(String pattern) {
    return DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.US);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dd.MM.yyyy | DAYS",
        "d.M.yyyy | DAYS",
        "M/d/yyyy | DAYS",
        "yyyyMMdd | DAYS",
        "d-MMM-yyyy | DAYS",
        "d MMMM yyyy | DAYS",
        "MMM d, yyyy | DAYS",
        "yyyy-MM-dd HH:mm | MINUTES",
        "M/d/yyyy h:mm a | MINUTES",
        "hh:mm:ss a dd/MM/yyyy | SECONDS",
        "yyyyMMddHHmmss | SECONDS",
        "dd.MM.yyyy'T'H.mm.ss | SECONDS",
        "yyyy-MM-dd HH:mm:ss.SSS | MILLIS",
        "yyyy-MM-dd HH:mm:ss.SSSSSS | MICROS"
      })
  void readsWhatJavaTimeWrites(String pattern, ChronoUnit precision) {
    for (int seed = 0; seed < MANY; seed++) {
      LocalDateTime moment = moment(new Random(seed)).truncatedTo(precision);
      String text = javaTime(pattern).format(moment);

      Optional<String> iso = WrittenDates.of(pattern).iso(text);

      assertThat(iso.map(WrittenFormatsPropertyTest::parse))
          .as("seed %d: %s", seed, text)
          .contains(moment);
      assertThat(day(iso.orElseThrow())).isEqualTo(moment.toLocalDate().toEpochDay());
    }
  }

  private static LocalDateTime parse(String iso) {
    return iso.length() == 10 ? LocalDate.parse(iso).atStartOfDay() : LocalDateTime.parse(iso);
  }

  /** As every reader behind reads it. */
  private static long day(String iso) {
    byte[] bytes = iso.getBytes(StandardCharsets.UTF_8);
    return new ClinicDates(Optional.of(ZoneOffset.UTC)).day(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yyyy-MM-dd'T'HH:mmXXX", "yyyy-MM-dd'T'HH:mmXX", "yyyy-MM-dd'T'HH:mmX"})
  void offsetsNameTheSameMoment(String pattern) {
    for (int seed = 0; seed < MANY; seed++) {
      Random random = new Random(seed);
      int quarters = random.nextInt(145) - 72;
      ZoneOffset offset = ZoneOffset.ofTotalSeconds(quarters * 900);
      OffsetDateTime moment = moment(random).truncatedTo(ChronoUnit.MINUTES).atOffset(offset);
      String text = javaTime(pattern).format(moment);

      assertThat(WrittenDates.of(pattern).iso(text).map(OffsetDateTime::parse))
          .as("seed %d: %s", seed, text)
          .contains(moment);
    }
  }

  /** The reference is a regular expression for the shape, and {@code java.time} for the day. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dd.MM.yyyy | (?<d>[0-9]{2})\\.(?<m>[0-9]{2})\\.(?<y>[0-9]{4})",
        "d.M.yyyy | (?<d>[0-9]{1,2})\\.(?<m>[0-9]{1,2})\\.(?<y>[0-9]{4})",
        "M/d/yyyy | (?<m>[0-9]{1,2})/(?<d>[0-9]{1,2})/(?<y>[0-9]{4})",
        "yyyyMMdd | (?<y>[0-9]{4})(?<m>[0-9]{2})(?<d>[0-9]{2})"
      })
  void readsADamagedDateOnlyWhereItIsStillOne(String pattern, String shape) {
    Pattern expected = Pattern.compile(shape);
    int accepted = 0;
    for (int seed = 0; seed < 10 * MANY; seed++) {
      Random random = new Random(seed);
      String text = damaged(javaTime(pattern).format(moment(random)), random);

      Optional<String> read = WrittenDates.of(pattern).iso(text);

      assertThat(read).as("seed %d: %s", seed, text).isEqualTo(reference(expected, text));
      accepted += read.isPresent() ? 1 : 0;
    }
    assertThat(accepted).isBetween(MANY / 10, 9 * MANY);
  }

  private static Optional<String> reference(Pattern shape, String text) {
    Matcher found = shape.matcher(text);
    if (!found.matches() || Integer.parseInt(found.group("y")) < 1000) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDate.of(
                  Integer.parseInt(found.group("y")),
                  Integer.parseInt(found.group("m")),
                  Integer.parseInt(found.group("d")))
              .toString());
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  private static String damaged(String text, Random random) {
    int at = random.nextInt(text.length());
    String with = MUTATIONS[random.nextInt(MUTATIONS.length)];
    int cut = random.nextInt(4) == 0 ? 0 : 1;
    return text.substring(0, at) + with + text.substring(at + cut);
  }

  /** Serial 61 is 1900-03-01 in spreadsheets, so that 1899-12-30 is day 0 from there on. */
  @Test
  void readsSerialDaysOfSpreadsheets() {
    WrittenDates excel = WrittenDates.of("excel");
    for (int serial = 1; serial < 60; serial++) {
      assertThat(excel.iso("" + serial))
          .contains(LocalDate.of(1899, 12, 31).plusDays(serial).toString());
    }
    assertThat(excel.iso("60")).as("1900-02-29").isEmpty();
    LocalDate day = LocalDate.of(1900, 3, 1);
    for (int serial = 61; day.getYear() < 10_000; serial += 5, day = day.plusDays(5)) {
      assertThat(excel.iso("" + serial)).contains(day.toString());
    }
    assertThat(excel.iso("2958466")).as("10000-01-01").isEmpty();
  }

  @Test
  void readsTimesOfSpreadsheetsToTheMillisecond() {
    WrittenDates excel = WrittenDates.of("excel");
    for (int seed = 0; seed < MANY; seed++) {
      Random random = new Random(seed);
      int serial = 61 + random.nextInt(2_958_465 - 61);
      int millis = 1 + random.nextInt(86_399_999);
      String text =
          BigDecimal.valueOf(serial)
              .add(
                  BigDecimal.valueOf(millis)
                      .divide(BigDecimal.valueOf(86_400_000), 10, RoundingMode.HALF_UP))
              .toString();

      assertThat(excel.iso(text).map(WrittenFormatsPropertyTest::parse))
          .as("seed %d: %s", seed, text)
          .contains(
              LocalDate.of(1899, 12, 30)
                  .plusDays(serial)
                  .atStartOfDay()
                  .plusNanos(millis * 1_000_000L));
    }
  }

  @Test
  void readsMomentsSince1970() {
    for (int seed = 0; seed < MANY; seed++) {
      LocalDateTime moment = moment(new Random(seed)).truncatedTo(ChronoUnit.MILLIS);
      Instant instant = moment.toInstant(ZoneOffset.UTC);
      String millis = Long.toString(instant.toEpochMilli());
      String seconds = BigDecimal.valueOf(instant.toEpochMilli(), 3).toPlainString();
      String days = Long.toString(moment.toLocalDate().toEpochDay());

      assertThat(WrittenDates.of("epoch-millis").iso(millis).map(Instant::parse)).contains(instant);
      assertThat(WrittenDates.of("epoch-seconds").iso(seconds).map(Instant::parse))
          .contains(instant);
      assertThat(WrittenDates.of("epoch-days").iso(days)).contains(moment.toLocalDate().toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "epoch-days, -354286, 2932897",
    "epoch-seconds, -30610224001, 253402300800",
    "epoch-millis, -30610224000001, 253402300800000"
  })
  void readsNoMomentBeforeTheYear1000OrAfter9999(String format, long before, long after) {
    WrittenDates dates = WrittenDates.of(format);

    assertThat(dates.iso("" + before)).isEmpty();
    assertThat(dates.iso("" + (before + 1)).orElseThrow()).startsWith("1000-01-01");
    assertThat(dates.iso("" + (after - 1)).orElseThrow()).startsWith("9999-12-31");
    assertThat(dates.iso("" + after)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\".\", \",\"",
        "\",\", \".\"",
        "\",\", \" \"",
        "\".\", \"'\"",
        "\",\", \"\u00A0\"",
        "\",\", \"\u202F\"",
        "\".\", \"\u2019\""
      })
  void readsWhatJavaTextWritesAndNoOtherNumber(String decimal, String thousands) {
    DecimalFormatSymbols symbols = new DecimalFormatSymbols(Locale.ROOT);
    symbols.setDecimalSeparator(decimal.charAt(0));
    symbols.setGroupingSeparator(thousands.charAt(0));
    DecimalFormat written = new DecimalFormat("#,##0.########", symbols);
    WrittenNumbers numbers =
        new WrittenNumbers(
            decimal.charAt(0), Optional.of(thousands.charAt(0)), List.of("€", "CHF"));
    for (int seed = 0; seed < MANY; seed++) {
      Random random = new Random(seed);
      BigDecimal number =
          BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), random.nextInt(9));
      String text = written.format(number);
      String sign = random.nextBoolean() ? "€" : "CHF";
      String money = random.nextBoolean() ? text + " " + sign : sign + text;
      String damaged = damaged(text, random);

      for (String cell : List.of(text, money)) {
        assertThat(numbers.plain(cell).map(BigDecimal::new))
            .as("seed %d: %s", seed, cell)
            .hasValueSatisfying(read -> assertThat(read).isEqualByComparingTo(number));
      }
      assertThat(numbers.plain(damaged))
          .as("seed %d: %s", seed, damaged)
          .isEqualTo(plain(damaged, decimal, thousands));
    }
  }

  /** The reference: groups of three behind one to three digits, or no separators at all. */
  private static Optional<String> plain(String text, String decimal, String thousands) {
    boolean isBlank = " \u00A0\u202F\u2009".contains(thousands);
    String mark =
        isBlank
            ? "[ \u00A0\u202F\u2009]"
            : "'\u2019".contains(thousands) ? "['\u2019]" : Pattern.quote(thousands);
    String fraction = "(?:" + Pattern.quote(decimal) + "(?<f>[0-9]*))?";
    Matcher found =
        Pattern.compile("(?<s>[+-]?)(?<w>[0-9]{1,3}(?:" + mark + "[0-9]{3})+|[0-9]*)" + fraction)
            .matcher(text);
    if (!found.matches()) {
      return Optional.empty();
    }
    String whole = found.group("w").replaceAll("[^0-9]", "");
    String rest = found.group("f") == null ? "" : found.group("f");
    return (whole + rest).isEmpty()
        ? Optional.empty()
        : Optional.of(
            (found.group("s").equals("-") ? "-" : "") + whole + (rest.isEmpty() ? "" : "." + rest));
  }

  @Test
  void aCellIsMissingOnlyByAWordOfItsOwn() {
    CellFormat format =
        new CellFormat(
            Optional.of(WrittenDates.of("dd.MM.yyyy")),
            Optional.empty(),
            Set.of("-", "NULL"),
            Map.of(),
            Optional.empty());
    for (int seed = 0; seed < MANY; seed++) {
      Random random = new Random(seed);
      String text = damaged("NULL", random);
      boolean isNull = Blanks.trim(text).equals("NULL") || Blanks.trim(text).equals("-");

      String read = format.read(text);

      assertThat(read.isEmpty()).as("seed %d: %s", seed, text).isEqualTo(isNull);
      assertThat(isNull || read.equals(CellFormat.INVALID + text)).as(text).isTrue();
    }
  }
}
