package org.consentry.config;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Times of the clock as the five fields of a crontab: minute, hour, day of the month, month and day
 * of the week. Where both days are restricted, either is enough, as in crontab(5).
 *
 * @param text the five fields, one blank between them
 */
@Doc("times as in a crontab: minute, hour, day, month and day of the week, such as 0 2 * * MON")
public record Cron(String text) {

  private static final LocalDateTime ANY = LocalDateTime.of(2026, 1, 1, 0, 0);

  /** Reads five fields; empty when they are none, or name a day that no year has. */
  public static Optional<Cron> parse(String text) {
    Cron cron = new Cron(text.strip().replaceAll("[ \\t]+", " "));
    boolean hasFive = cron.text.matches("[0-9A-Za-z*/,-]+( [0-9A-Za-z*/,-]+){4}");
    try {
      return Optional.of(cron).filter(known -> hasFive && known.next(ANY).isPresent());
    } catch (IllegalArgumentException notUnderstood) {
      return Optional.empty();
    }
  }

  /** The first time after another, by a clock that is never set; empty when there is none. */
  public Optional<LocalDateTime> next(LocalDateTime after) {
    CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    return ExecutionTime.forCron(parser.parse(text).validate())
        .nextExecution(after.atZone(ZoneOffset.UTC))
        .map(ZonedDateTime::toLocalDateTime);
  }
}
