package org.consentry.connector.fhir;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares dates and times of any precision. */
final class Moments {

  private static final Pattern FORM =
      Pattern.compile(
          "(?:(\\d{4})(?:-(\\d{2})(?:-(\\d{2}))?)?T?)?(?:(\\d{2}):(\\d{2})(?::(\\d{2}(?:\\.\\d{1,9})?))?)?"
              + "(Z|[+-]\\d{2}:\\d{2})?");

  /** Where a day begins first and last. */
  private static final ZoneOffset FIRST_ZONE = ZoneOffset.ofHours(14);

  private static final ZoneOffset LAST_ZONE = ZoneOffset.ofHours(-12);

  private static final List<ChronoUnit> UNITS =
      List.of(
          ChronoUnit.YEARS,
          ChronoUnit.MONTHS,
          ChronoUnit.DAYS,
          ChronoUnit.HOURS,
          ChronoUnit.MINUTES,
          ChronoUnit.SECONDS);

  private Moments() {}

  static boolean isMoment(String text) {
    return !text.isEmpty() && FORM.matcher(text).matches();
  }

  /** Which comes first; empty when the precision of one, or a missing offset, leaves it open. */
  static OptionalInt compare(String one, String other) {
    if (one.equals(other)) {
      return OptionalInt.of(0);
    }
    Matcher a = FORM.matcher(one);
    Matcher b = FORM.matcher(other);
    if (!a.matches() || !b.matches()) {
      return OptionalInt.empty();
    }
    boolean hasOffset = a.group(7) != null;
    try {
      if (hasOffset != (b.group(7) != null)) {
        OptionalInt order = hasOffset ? withLocal(one, b) : withLocal(other, a);
        return hasOffset || order.isEmpty() ? order : OptionalInt.of(-order.getAsInt());
      }
      return hasOffset ? compare(parts(utc(one)), parts(utc(other))) : compare(parts(a), parts(b));
    } catch (DateTimeException impossible) {
      return OptionalInt.empty();
    }
  }

  /** Compares a moment with a date or time of any zone; empty where the zone decides. */
  private static OptionalInt withLocal(String moment, Matcher local) {
    List<String> parts = parts(local);
    if (parts.get(0).isEmpty()) {
      return OptionalInt.empty();
    }
    int known = (int) parts.stream().takeWhile(part -> !part.isEmpty()).count();
    int[] fields = {0, 1, 1, 0, 0, 0};
    for (int i = 0; i < known; i++) {
      fields[i] = Integer.parseInt(i == 5 ? parts.get(i).substring(0, 2) : parts.get(i));
    }
    LocalDateTime begin =
        LocalDateTime.of(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]);
    LocalDateTime end = begin.plus(1, UNITS.get(known - 1));
    Instant instant = OffsetDateTime.parse(moment).toInstant();
    if (instant.isBefore(begin.toInstant(FIRST_ZONE))) {
      return OptionalInt.of(-1);
    }
    return instant.isBefore(end.toInstant(LAST_ZONE)) ? OptionalInt.empty() : OptionalInt.of(1);
  }

  private static Matcher utc(String text) {
    LocalDateTime utc =
        OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    String written = utc.toString();
    Matcher matcher =
        FORM.matcher(utc.getSecond() == 0 && utc.getNano() == 0 ? written + ":00" : written);
    if (!matcher.matches()) {
      throw new DateTimeException("no such form");
    }
    return matcher;
  }

  private static List<String> parts(Matcher matcher) {
    List<String> parts = new ArrayList<>();
    for (int group = 1; group <= 6; group++) {
      String part = matcher.group(group);
      parts.add(
          part == null
              ? ""
              : group == 6 ? (part + ".000000000").substring(0, 2) + fraction(part) : part);
    }
    return parts;
  }

  private static String fraction(String seconds) {
    String digits = seconds.length() > 3 ? seconds.substring(3) : "";
    return (digits + "000000000").substring(0, 9);
  }

  private static OptionalInt compare(List<String> one, List<String> other) {
    for (int i = 0; i < one.size(); i++) {
      boolean isMissing = one.get(i).isEmpty();
      if (isMissing != other.get(i).isEmpty()) {
        return OptionalInt.empty();
      }
      int order = one.get(i).compareTo(other.get(i));
      if (order != 0) {
        return OptionalInt.of(order);
      }
    }
    return OptionalInt.of(0);
  }
}
