package org.consentry.connector.fhir;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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
    if (hasOffset != (b.group(7) != null)) {
      return OptionalInt.empty();
    }
    try {
      return hasOffset ? compare(parts(utc(one)), parts(utc(other))) : compare(parts(a), parts(b));
    } catch (DateTimeException impossible) {
      return OptionalInt.empty();
    }
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
