package org.consentry.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times with a zone mean what the clinic's clock showed. */
final class ClinicDatesTest {

  private static final long SEED = 20_261_123;
  private static final ClinicDates PHOENIX =
      new ClinicDates(Optional.of(ZoneId.of("America/Phoenix")));

  private static Optional<LocalDateTime> time(ClinicDates dates, String text) {
    byte[] bytes = ("xx" + text + "yy").getBytes(StandardCharsets.UTF_8);
    long micros = dates.timestamp(bytes, 2, bytes.length - 2);
    long day = dates.day(bytes, 2, bytes.length - 2);
    if (micros == IsoDates.INVALID) {
      assertThat(day).isEqualTo(IsoDates.INVALID);
      return Optional.empty();
    }
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000L),
            (int) Math.floorMod(micros, 1_000_000L) * 1_000,
            ZoneOffset.UTC);
    assertThat(LocalDate.ofEpochDay(day)).isEqualTo(time.toLocalDate());
    return Optional.of(time);
  }

  @ParameterizedTest
  @CsvSource({
    "2020-01-22T01:00:00Z, 2020-01-21T18:00:00",
    "2020-01-22T01:00Z, 2020-01-21T18:00:00",
    "2020-01-22 06:59:59.999999Z, 2020-01-21T23:59:59.999999",
    "2020-01-22T07:00:00z, 2020-01-22T00:00:00",
    "2020-01-22T01:00:00+01:00, 2020-01-21T17:00:00",
    "2020-01-22T01:00:00+0100, 2020-01-21T17:00:00",
    "2020-01-22T01:00:00-07, 2020-01-22T01:00:00",
    "2020-01-22T23:30:00-10:00, 2020-01-23T02:30:00",
    "2020-01-01T03:00:00Z, 2019-12-31T20:00:00",
    "2020-01-22T01:00:00, 2020-01-22T01:00:00",
    "2020-01-22, 2020-01-22T00:00:00"
  })
  void convertsATimeWithAZoneAndTakesAnyOtherAsTheClinics(String text, String local) {
    assertThat(time(PHOENIX, text)).contains(LocalDateTime.parse(local));
    assertThat(time(PHOENIX, " " + text + "\u00A0")).contains(LocalDateTime.parse(local));
  }

  @Test
  void knowsWhenClocksChange() {
    ClinicDates berlin = new ClinicDates(Optional.of(ZoneId.of("Europe/Berlin")));

    assertThat(time(berlin, "2024-03-31T00:59:59Z"))
        .contains(LocalDateTime.parse("2024-03-31T01:59:59"));
    assertThat(time(berlin, "2024-03-31T01:00:00Z"))
        .contains(LocalDateTime.parse("2024-03-31T03:00:00"));
    assertThat(time(berlin, "2024-06-30T22:00:00Z"))
        .contains(LocalDateTime.parse("2024-07-01T00:00:00"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2020-01-22Z",
        "2020-01-22T01Z",
        "2020-01-22T01:00:00ZZ",
        "2020-01-22T01:00:00+1",
        "2020-01-22T01:00:00+19:00",
        "2020-01-22T01:00:00+18:01",
        "2020-01-22T01:00:00+01:60",
        "2020-01-22T01:00:00+01-00",
        "2020-01-22T01:00:00+01:00Z",
        "2020-01-22T25:00:00Z",
        "2020-02-30T01:00:00Z",
        "2020-01-22T01:00:00 America/Phoenix"
      })
  void takesNothingElseForATime(String text) {
    assertThat(time(PHOENIX, text)).isEmpty();
  }

  @Test
  void readsNoTimeWithAZoneWithoutTheZoneOfTheClinic() {
    assertThat(time(ClinicDates.NO_ZONE, "2020-01-22T01:00:00Z")).isEmpty();
    assertThat(time(ClinicDates.NO_ZONE, "2020-01-22T01:00:00-07:00")).isEmpty();
    assertThat(time(ClinicDates.NO_ZONE, "2020-01-22T01:00:00"))
        .contains(LocalDateTime.parse("2020-01-22T01:00"));
  }

  @Test
  void agreesWithTheLibraryInEveryZone() {
    Random random = new Random(SEED);
    String[] zones = ZoneId.getAvailableZoneIds().stream().sorted().toArray(String[]::new);
    for (int i = 0; i < 20_000; i++) {
      ZoneId zone = ZoneId.of(zones[random.nextInt(zones.length)]);
      ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * (random.nextInt(2_161) - 1_080));
      OffsetDateTime moment =
          Instant.ofEpochSecond(random.nextLong(-2_000_000_000L, 4_000_000_000L)).atOffset(offset);

      assertThat(time(new ClinicDates(Optional.of(zone)), moment.toString()))
          .as("seed %d, %s in %s", SEED, moment, zone)
          .contains(moment.atZoneSameInstant(zone).toLocalDateTime());
    }
  }
}
