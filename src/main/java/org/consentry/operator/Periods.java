package org.consentry.operator;

import java.util.Map;
import java.util.Optional;
import org.consentry.data.Blanks;
import org.consentry.data.FieldType;
import org.consentry.data.IsoDates;
import org.consentry.operator.text.ByteOutput;
import org.consentry.operator.text.CivilDate;
import org.consentry.operator.text.DateFormat;
import org.consentry.operator.text.DateReader;
import org.consentry.operator.text.Numbers;
import org.consentry.problem.Problems;

/**
 * Dates to the period that holds them. A year is all Safe Harbor lets stand (45 CFR
 * 164.514(b)(2)(i)(C)). As a code, periods read {@code 2026-Q1}, {@code 2026-03}, {@code 2026-W09}
 * (ISO 8601); as a date, they are their first day.
 */
final class Periods {

  private Periods() {}

  /**
   * Years. A year at or before the floor {@code referenceDate.year - 90} becomes the floor and
   * means "or before": an event so long ago is indicative of an age over 89, whoever it happened
   * to. A year after that of the reference date is invalid: beside a birth year it would let an age
   * over 89 be computed, which buckets formed at the reference date do not hide.
   */
  static Optional<Operator> year(DateReader format, RuleContext context, Problems problems) {
    String what = Generalize.operator(Generalize.To.YEAR);
    if (!TypeCheck.accepts(what, context, problems, FieldType.Kind.INTEGER)) {
      return Optional.empty();
    }
    int last = context.referenceDate().getYear();
    int floor = Ages.yearFloor(context.referenceDate());
    OperatorNote note =
        new OperatorNote(
            "generalization",
            "Dates were replaced by the year that holds them; "
                + floor
                + " means "
                + floor
                + " or before.",
            "The year.",
            Map.of("to", "year", "floor", Integer.toString(floor)));
    Transformer transformer =
        PerValue.numbers(
            format.date() + " from 1000 to the year of the reference date",
            (b, start, end) -> {
              long year = yearOf(format, b, start, end);
              return year > last || year == PerValue.INVALID
                  ? PerValue.INVALID
                  : Math.max(year, floor);
            });
    return Optional.of(PlannedOperator.keyless("generalize", note, transformer));
  }

  /** Quarters, months and weeks. */
  static Optional<Operator> shorter(
      Generalize.To to, DateReader format, RuleContext context, Problems problems) {
    FieldType.Kind[] kinds = {FieldType.Kind.CODE, FieldType.Kind.DATE};
    if (!TypeCheck.accepts(Generalize.operator(to), context, problems, kinds)) {
      return Optional.empty();
    }
    OperatorNote note = note(to, "The " + to.word() + ", and with it the season.");
    String expected = format.date() + DateFormat.YEARS;
    Transformer transformer =
        context.type().kind() == FieldType.Kind.DATE
            ? PerValue.numbers(expected, (b, start, end) -> firstDay(to, format.day(b, start, end)))
            : PerValue.bytes(
                expected, () -> (b, start, end, out) -> label(to, format.day(b, start, end), out));
    return Optional.of(PlannedOperator.keyless("generalize", note, transformer));
  }

  /** The year of a date, of {@code yyyy-MM} or of {@code yyyy}; or {@link PerValue#INVALID}. */
  static long yearOf(DateReader format, byte[] b, int from, int to) {
    int start = Blanks.start(b, from, to);
    int end = Blanks.end(b, start, to);
    int length = end - start;
    if (length == 4 || (length == 7 && b[start + 4] == '-' && isMonth(b, start + 5))) {
      long year = Numbers.integer(b, start, start + 4);
      return year >= 1000 && year <= 9999 ? year : PerValue.INVALID;
    }
    long day = format.day(b, start, end);
    return day == IsoDates.INVALID ? PerValue.INVALID : IsoDates.year(day);
  }

  private static boolean isMonth(byte[] b, int at) {
    int tens = b[at] - '0';
    int ones = b[at + 1] - '0';
    return tens == 0 ? ones >= 1 && ones <= 9 : tens == 1 && ones >= 0 && ones <= 2;
  }

  /** The first day of the period, days since 1970-01-01. */
  static long firstDay(Generalize.To to, long day) {
    if (day == IsoDates.INVALID) {
      return PerValue.INVALID;
    }
    if (to == Generalize.To.WEEK) {
      return day - dayOfWeek(day);
    }
    int date = CivilDate.pack(day);
    int month = CivilDate.month(date);
    int first = to == Generalize.To.QUARTER ? (month - 1) / 3 * 3 + 1 : month;
    return IsoDates.epochDay(CivilDate.year(date), first, 1);
  }

  /** 0 for Monday to 6 for Sunday; 1970-01-01 was a Thursday. */
  private static int dayOfWeek(long day) {
    return (int) Math.floorMod(day + 3, 7L);
  }

  private static PerValue.Answer label(Generalize.To to, long day, ByteOutput out) {
    if (day == IsoDates.INVALID) {
      return PerValue.Answer.INVALID;
    }
    if (to == Generalize.To.WEEK) {
      long thursday = day - dayOfWeek(day) + 3;
      int year = IsoDates.year(thursday);
      int week = (int) (thursday - IsoDates.epochDay(year, 1, 1)) / 7 + 1;
      out.append(year + "-W" + twoDigits(week));
      return PerValue.Answer.GIVEN;
    }
    int date = CivilDate.pack(day);
    int month = CivilDate.month(date);
    String part = to == Generalize.To.QUARTER ? "Q" + ((month + 2) / 3) : twoDigits(month);
    out.append(CivilDate.year(date) + "-" + part);
    return PerValue.Answer.GIVEN;
  }

  private static String twoDigits(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }

  private static OperatorNote note(Generalize.To to, String survives) {
    return new OperatorNote(
        "generalization",
        "Dates were replaced by the " + to.word() + " that holds them.",
        survives,
        Map.of("to", to.word()));
  }
}
