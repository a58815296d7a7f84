package org.consentry.data;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * Reads ISO 8601 dates and times as the clinic's clock showed them. A time with {@code Z} or an
 * offset is converted to the clinic's zone: {@code 2020-01-22T01:00:00Z} is 21 January in Phoenix.
 * A time without one, and a date alone, are the clinic's already. Immutable; safe for any number of
 * threads.
 */
public final class ClinicDates {

  /** For a clinic whose zone is not known: a time with a zone cannot be read. */
  public static final ClinicDates NO_ZONE = new ClinicDates(Optional.empty());

  private static final long MICROS_A_DAY = 86_400_000_000L;
  private static final long MICROS_A_SECOND = 1_000_000L;

  /** {@code yyyy-MM-ddTHH:mm}, which comes before any zone. */
  private static final int SHORTEST_TIME = 16;

  private static final int NO_OFFSET = Integer.MIN_VALUE;

  private final Optional<ZoneRules> rules;

  /** For a clinic in that zone. */
  public ClinicDates(Optional<ZoneId> zone) {
    this.rules = zone.map(ZoneId::getRules);
  }

  /** Days since 1970-01-01 of a date or of a time, or {@link IsoDates#INVALID}. */
  public long day(byte[] b, int start, int end) {
    if (!mayHaveZone(b, start, end)) {
      return IsoDates.day(b, start, end);
    }
    long micros = timestamp(b, start, end);
    return micros == IsoDates.INVALID ? IsoDates.INVALID : Math.floorDiv(micros, MICROS_A_DAY);
  }

  /**
   * Microseconds since 1970-01-01T00:00:00, local to the clinic, or {@link IsoDates#INVALID}; a
   * bare date is its midnight.
   */
  public long timestamp(byte[] b, int start, int end) {
    if (!mayHaveZone(b, start, end)) {
      return IsoDates.timestamp(b, start, end);
    }
    int first = Blanks.start(b, start, end);
    int last = Blanks.end(b, first, end);
    int zone = zoneStart(b, first, last);
    if (zone == last) {
      return IsoDates.timestamp(b, first, last);
    }
    int offset = offset(b, zone, last);
    long written = offset == NO_OFFSET ? IsoDates.INVALID : IsoDates.timestamp(b, first, zone);
    return written == IsoDates.INVALID || rules.isEmpty()
        ? IsoDates.INVALID
        : local(written - offset * MICROS_A_SECOND, rules.get());
  }

  private static long local(long micros, ZoneRules rules) {
    long second = Math.floorDiv(micros, MICROS_A_SECOND);
    ZoneOffset offset = rules.getOffset(Instant.ofEpochSecond(second));
    return micros + offset.getTotalSeconds() * MICROS_A_SECOND;
  }

  private static boolean mayHaveZone(byte[] b, int start, int end) {
    return end - start > SHORTEST_TIME && zoneStart(b, start, end) < end;
  }

  /** The position of {@code Z}, {@code +} or {@code -} after the minutes, or the end. */
  private static int zoneStart(byte[] b, int start, int end) {
    int at = Math.min(start + SHORTEST_TIME, end);
    while (at < end && b[at] != 'Z' && b[at] != 'z' && b[at] != '+' && b[at] != '-') {
      at++;
    }
    return at;
  }

  /** Seconds east of Greenwich of {@code Z}, {@code +hh}, {@code +hhmm} or {@code +hh:mm}. */
  private static int offset(byte[] b, int at, int end) {
    if (b[at] == 'Z' || b[at] == 'z') {
      return end - at == 1 ? 0 : NO_OFFSET;
    }
    int length = end - at - 1;
    boolean colon = length == 5 && b[at + 3] == ':';
    if (length != 2 && length != 4 && !colon) {
      return NO_OFFSET;
    }
    int hours = two(b, at + 1);
    int minutes = length == 2 ? 0 : two(b, end - 2);
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59 || (hours == 18 && minutes > 0)) {
      return NO_OFFSET;
    }
    int seconds = (hours * 60 + minutes) * 60;
    return b[at] == '-' ? -seconds : seconds;
  }

  private static int two(byte[] b, int at) {
    int tens = b[at] - '0';
    int ones = b[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }
}
