package org.consentry.connector.fhir;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads dates and times of FHIR as days and times of the clinic.
 *
 * @param zone the clinic's time zone; absent where none is known, and then times with an offset are
 *     as they are written
 */
record ConsentTime(Optional<ZoneId> zone) {

  private static final Set<String> BOUNDS = Set.of("id", "extension", "start", "end");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

  /**
   * Some days.
   *
   * @param first day; empty where there is no bound
   * @param last day; empty where there is no bound
   */
  record Days(Optional<LocalDate> first, Optional<LocalDate> last) {

    static final Days ALL = new Days(Optional.empty(), Optional.empty());

    /** The days of both; empty when there is none. */
    Optional<Days> and(Days other) {
      Optional<LocalDate> from =
          first.isPresent() && other.first.isPresent()
              ? Optional.of(later(first.get(), other.first.get()))
              : first.or(other::first);
      Optional<LocalDate> to =
          last.isPresent() && other.last.isPresent()
              ? Optional.of(earlier(last.get(), other.last.get()))
              : last.or(other::last);
      boolean isNone = from.isPresent() && to.isPresent() && to.get().isBefore(from.get());
      return isNone ? Optional.empty() : Optional.of(new Days(from, to));
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
      return one.isAfter(other) ? one : other;
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
      return one.isBefore(other) ? one : other;
    }

    String from() {
      return first.map(LocalDate::toString).orElse("");
    }

    String to() {
      return last.map(LocalDate::toString).orElse("");
    }
  }

  /** What the end of a period that has a time of day means. */
  enum End {
    /** The day is not whole, so it is left out. */
    BEFORE,
    /** Part of the day is in the period, so the day is. */
    WITH
  }

  /**
   * The days of a period.
   *
   * @throws Failure when a bound is no date
   */
  Days days(Optional<Item.Complex> period, End end) throws Failure {
    if (period.isEmpty()) {
      return Days.ALL;
    }
    String start = period.get().text("start");
    String last = period.get().text("end");
    return new Days(
        start.isEmpty() ? Optional.empty() : Optional.of(first(start)),
        last.isEmpty() ? Optional.empty() : Optional.of(last(last, end)));
  }

  /**
   * The days of a period of a permit, which is all days where there is none.
   *
   * @return empty when there is one that cannot be read
   * @throws Failure when a bound is no date
   */
  Optional<Days> permitted(Item.Complex provision, String name) throws Failure {
    if (!provision.has(name) && !provision.has("_" + name)) {
      return Optional.of(Days.ALL);
    }
    Optional<Item.Complex> period = provision.only(name);
    boolean isReadable = period.isPresent() && provision.get(name).size() == 1;
    if (!isReadable || !BOUNDS.containsAll(period.get().names())) {
      return Optional.empty();
    }
    for (String bound : List.of("start", "end")) {
      if (period.get().has(bound) && period.get().text(bound).isEmpty()) {
        return Optional.empty();
      }
    }
    Days days = days(period, End.BEFORE);
    return days.equals(Days.ALL) ? Optional.empty() : Optional.of(days);
  }

  private LocalDate first(String text) throws Failure {
    return day(text, true);
  }

  private LocalDate last(String text, End end) throws Failure {
    LocalDate day = day(text, false);
    boolean hasTime = text.indexOf('T') >= 0;
    boolean isWhole = hasTime && time(text).toLocalTime().isAfter(LocalTime.of(23, 58));
    return end == End.BEFORE && hasTime && !isWhole ? day.minusDays(1) : day;
  }

  private LocalDate day(String text, boolean isFirst) throws Failure {
    try {
      if (text.matches("\\d{4}")) {
        return isFirst
            ? LocalDate.of(Integer.parseInt(text), 1, 1)
            : LocalDate.of(Integer.parseInt(text), 12, 31);
      }
      if (text.matches("\\d{4}-\\d{2}")) {
        YearMonth month = YearMonth.parse(text);
        return isFirst ? month.atDay(1) : month.atEndOfMonth();
      }
      return text.indexOf('T') < 0 ? LocalDate.parse(text) : time(text).toLocalDate();
    } catch (DateTimeException impossible) {
      throw noDate();
    }
  }

  /** A moment as the clinic's clock showed it, or a day, as consent lines have them. */
  String signed(String text) throws Failure {
    try {
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).toString()
          : time(text).truncatedTo(ChronoUnit.SECONDS).format(SECONDS);
    } catch (DateTimeException impossible) {
      throw noDate();
    }
  }

  private LocalDateTime time(String text) throws Failure {
    try {
      OffsetDateTime moment = OffsetDateTime.parse(text);
      return zone.map(there -> moment.atZoneSameInstant(there).toLocalDateTime())
          .orElseGet(moment::toLocalDateTime);
    } catch (DateTimeException impossible) {
      throw noDate();
    }
  }

  private static Failure noDate() {
    return new Failure(
        "a date or time of the consent is none", "correct it in the system that exports");
  }
}
