package org.consentry.service;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.consentry.config.Cron;
import org.consentry.config.Job.Zone;
import org.consentry.config.ScheduleRule;
import org.consentry.config.ScheduleRule.Missed;
import org.consentry.problem.Place;

/**
 * When a job is due.
 *
 * @param job name of the job
 * @param file its file, absolute
 * @param rule what the file states
 * @param zone the zone of the job
 */
record JobSchedule(String job, Path file, ScheduleRule rule, ZoneId zone) {

  /** The schedule of a job by what {@link #times} gave, whatever its file states now. */
  static Optional<JobSchedule> parse(String job, String times) {
    int blank = times.lastIndexOf(' ');
    try {
      ZoneId zone = ZoneId.of(times.substring(blank + 1));
      Place place = Place.of("schedule");
      return Cron.parse(times.substring(0, Math.max(0, blank)))
          .map(cron -> new ScheduleRule(place, cron, Optional.empty(), Missed.SKIP))
          .map(rule -> new JobSchedule(job, Path.of(""), rule, zone));
    } catch (DateTimeException noZone) {
      return Optional.empty();
    }
  }

  /** The first moment after another at which the job is due; empty when there is none. */
  Optional<Instant> next(Instant after) {
    return rule.next(after, zone);
  }

  /** The zone of the times: that of the schedule, or else of the job. */
  ZoneId at() {
    return rule.zone().map(Zone::id).orElse(zone);
  }

  /** The times and their zone, such as {@code 0 2 * * MON America/Phoenix}. */
  String times() {
    return rule.cron().text() + " " + at();
  }
}
