package org.consentry.config;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import org.consentry.config.Binding.Default;
import org.consentry.config.Job.Zone;
import org.consentry.problem.Place;

/**
 * When the service runs a job.
 *
 * @param cron the times, by the clock of the zone
 * @param zone absent means the zone of the job
 * @param missed what happens when the service was not at work at a time
 */
@Doc("When consentry serve runs the job")
public record ScheduleRule(
    Place place,
    @Doc("times as in a crontab: minute, hour, day, month and day of the week") Cron cron,
    @Doc("the time zone of the times; by default that of the job") Optional<Zone> zone,
    @Doc("what happens when the service was not at work at a time") @Default("skip")
        Missed missed) {

  /** What happens when the service was not at work at a time. */
  public enum Missed {
    @Doc("the job runs once when the service is at work again, however many times were missed")
    RUN_ONCE,
    @Doc("the job waits for its next time")
    SKIP
  }

  /**
   * The first moment after another at which the job is due. A time that the clock skips, because it
   * is set forward, is due at the moment it is set. A time that comes twice, because the clock is
   * set back, is due the first time.
   *
   * @param clinic the zone of the job
   * @return empty when there is none
   */
  public Optional<Instant> next(Instant after, ZoneId clinic) {
    ZoneId at = zone.map(Zone::id).orElse(clinic);
    Optional<LocalDateTime> time = cron.next(LocalDateTime.ofInstant(after, at));
    while (time.isPresent() && !moment(time.get(), at).isAfter(after)) {
      time = cron.next(time.get());
    }
    return time.map(known -> moment(known, at));
  }

  private static Instant moment(LocalDateTime time, ZoneId zone) {
    ZoneOffsetTransition change = zone.getRules().getTransition(time);
    return change != null && change.isGap()
        ? change.getInstant()
        : time.toInstant(zone.getRules().getValidOffsets(time).get(0));
  }
}
