package org.consentry.service;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.consentry.config.Job.Zone;
import org.consentry.config.ScheduleRule;

/**
 * When a job is due.
 *
 * @param job name of the job
 * @param file its file, absolute
 * @param rule what the file states
 * @param zone the zone of the job
 */
record JobSchedule(String job, Path file, ScheduleRule rule, ZoneId zone) {

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
