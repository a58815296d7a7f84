package org.consentry.plan;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
import org.consentry.config.ConsentRule;
import org.consentry.config.Job;
import org.consentry.config.Job.Attestation;
import org.consentry.config.Mapping;
import org.consentry.config.SourceDates;
import org.consentry.config.WithPlace;
import org.consentry.data.BirthForm;
import org.consentry.data.PlausibleDays;
import org.consentry.data.SourceCalendar;
import org.consentry.data.SourceCalendar.Kind;
import org.consentry.problem.Problems;

/** Binds which dates a source has, and who answers for ages that they do not show. */
final class Calendars {

  /** True dates of a clinic are not later: the longest terms of contracts and studies. */
  private static final int LONGEST_YEARS_AHEAD = 50;

  private Calendars() {}

  /**
   * The calendar of a mapping; the usual one after a problem. Only consent for all dates covers
   * records of a moved calendar, which is a warning.
   *
   * @param reference the reference date of the run
   * @param today the real day
   */
  static SourceCalendar of(
      Mapping mapping, LocalDate reference, LocalDate today, Problems problems) {
    PlausibleDays usual = PlausibleDays.usual(reference);
    Optional<SourceDates> written = mapping.dates();
    if (written.isEmpty()) {
      return new SourceCalendar(usual, Kind.REAL);
    }
    SourceDates dates = written.get();
    long first = dates.from().map(day -> day.value().toEpochDay()).orElse(usual.first());
    long last = dates.to().map(day -> day.value().toEpochDay()).orElse(usual.last());
    if (last <= first) {
      problems.error(
          "DATES_END_FIRST",
          dates.place(),
          "dates has "
              + (dates.from().isPresent() ? "from" : "to")
              + " alone, and the days"
              + usual.words()
              + ", which count otherwise, do not fit it",
          "write both from and to");
      return new SourceCalendar(usual, Kind.REAL);
    }
    SourceCalendar calendar =
        new SourceCalendar(
            new PlausibleDays(first, last), kind(dates, first, last, today, problems));
    if (calendar.isMoved()) {
      problems.warning(
          "DATES_MOVED",
          dates.place(),
          "the dates of the source were moved, so they cannot be compared with those of a consent:"
              + " only consent for all dates covers a record",
          "see data_from and data_to of the consent lines: both must be *");
    }
    return calendar;
  }

  private static Kind kind(
      SourceDates dates, long first, long last, LocalDate today, Problems problems) {
    boolean allToCome = first > today.toEpochDay();
    boolean isFar = last > today.plusYears(LONGEST_YEARS_AHEAD).toEpochDay();
    if (dates.calendar().isPresent()) {
      WithPlace<Kind> kind = dates.calendar().get();
      if (kind.value() == Kind.REAL && allToCome) {
        problems.error(
            "CALENDAR_TO_COME",
            kind.place(),
            "every date from " + LocalDate.ofEpochDay(first) + " on is still to come",
            "write calendar: moved");
      }
      return kind.value();
    }
    if (isFar && !allToCome) {
      problems.error(
          "CALENDAR_UNKNOWN",
          dates.place(),
          "dates has days of the past, and others more than "
              + LONGEST_YEARS_AHEAD
              + " years ahead",
          "write calendar: moved when the dates were moved before, or calendar: real");
    }
    return allToCome ? Kind.MOVED : Kind.REAL;
  }

  /**
   * The statement that there are adults only, where it counts. Without births, and with births that
   * cannot be compared with the day of a signature, no permit counts unless there is one.
   */
  static OptionalInt adultsOnly(
      Job job, Mapping mapping, SourceCalendar calendar, Problems problems) {
    ConsentRule consent = job.consent();
    Optional<Attestation> statement = consent.adultsOnly();
    boolean isShown = mapping.subjects().birthForm() != BirthForm.NONE;
    if (isShown && !calendar.isMoved()) {
      statement.ifPresent(
          idle ->
              problems.warning(
                  "ADULTS_ONLY_IDLE",
                  idle.place(),
                  "the mapping shows when patients were born, and this decides, not adultsOnly",
                  "remove adultsOnly"));
      return OptionalInt.empty();
    }
    if (statement.isEmpty()) {
      missing(mapping, consent, isShown, problems);
    }
    return statement.isPresent()
        ? OptionalInt.of(Collections.max(consent.ages().values()))
        : OptionalInt.empty();
  }

  private static void missing(
      Mapping mapping, ConsentRule consent, boolean isShown, Problems problems) {
    String statement = "consent.adultsOnly: {text, by, on} in the job";
    if (isShown) {
      problems.error(
          "BIRTHS_MOVED",
          consent.place(),
          "the dates of the source were moved, so the age at a signature is not known and no permit"
              + " counts",
          "when every patient is of age, have a person state it: " + statement);
    } else {
      problems.error(
          "NO_BIRTHS",
          mapping.subjects().place(),
          "the mapping does not show when patients were born, so that each may be a minor and no"
              + " permit counts",
          "add birthDate, birthYear or age: {column, at}; or, when every patient is of age, have a"
              + " person state it: "
              + statement);
    }
  }
}
