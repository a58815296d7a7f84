package org.consentry.service;

import java.time.Instant;
import java.util.Optional;

/**
 * What the timetable stores beside the moment at which a job is looked at.
 *
 * @param at the due time
 * @param tries how often it was tried before
 * @param times the schedule that it comes from, in words
 * @param until when the job file stopped to state it; empty while it does
 */
record Due(Instant at, int tries, String times, Optional<Instant> until) {

  private static final int PARTS = 4;

  /** The next due time of a job; empty when there is none. */
  static Optional<Due> next(JobSchedule schedule, Instant after) {
    return schedule.next(after).map(at -> new Due(at, 0, schedule.times(), Optional.empty()));
  }

  static Due parse(String text) {
    String[] lines = text.split("\n", PARTS);
    return new Due(
        Instant.parse(lines[0]),
        Integer.parseInt(lines[1]),
        lines[2],
        lines.length < PARTS ? Optional.empty() : Optional.of(Instant.parse(lines[PARTS - 1])));
  }

  String text() {
    return at + "\n" + tries + "\n" + times + until.map(moment -> "\n" + moment).orElse("");
  }

  Due again() {
    return new Due(at, tries + 1, times, until);
  }

  /** The same, which the job file states up to a moment alone. */
  Due until(Instant moment) {
    return new Due(at, tries, times, Optional.of(until.orElse(moment)));
  }

  /** The schedule that it comes from; empty when it cannot be read any more. */
  Optional<JobSchedule> schedule(String job) {
    return JobSchedule.parse(job, times);
  }

  /** Whether the job file states it as it did. */
  boolean isOf(Optional<JobSchedule> schedule) {
    return until.isEmpty() && schedule.map(JobSchedule::times).filter(times::equals).isPresent();
  }
}
