package org.consentry.plan;

import java.time.LocalDate;
import java.util.OptionalInt;
import org.consentry.config.Job;
import org.consentry.config.Mapping;
import org.consentry.data.ClinicDates;
import org.consentry.data.SourceCalendar;
import org.consentry.problem.Problems;

/**
 * What is known of the dates and ages of a source.
 *
 * @param dates reads dates as the clinic's clock showed them
 * @param calendar which dates there are
 * @param referenceDate what ages and buckets refer to, in that calendar
 * @param adultsOnly see {@link Births#adultsOnly()}
 */
record SourceTime(
    ClinicDates dates, SourceCalendar calendar, LocalDate referenceDate, OptionalInt adultsOnly) {

  /** Of a mapping without a job. */
  static SourceTime of(Mapping mapping, ClinicDates dates, LocalDate today, Problems problems) {
    SourceCalendar calendar = Calendars.of(mapping, today, today, problems);
    return new SourceTime(dates, calendar, calendar.reference(today), OptionalInt.empty());
  }

  /**
   * Of a job.
   *
   * @param reference the reference date of the run
   * @param today the real day
   */
  static SourceTime of(
      Job job,
      Mapping mapping,
      ClinicDates dates,
      LocalDate reference,
      LocalDate today,
      Problems problems) {
    SourceCalendar calendar = Calendars.of(mapping, reference, today, problems);
    return new SourceTime(
        dates,
        calendar,
        calendar.reference(reference),
        Calendars.adultsOnly(job, mapping, calendar, problems));
  }
}
