package org.consentry.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.consentry.config.Cron;
import org.consentry.config.ScheduleRule;
import org.consentry.config.ScheduleRule.Missed;
import org.consentry.data.DurableFiles;
import org.consentry.problem.Place;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The last valid schedule of each job file, in a small file. Not thread-safe. */
final class KnownSchedules {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private List<Known> known;

  /** A schedule as it is stored. */
  private record Known(String job, String file, String cron, String zone, Missed missed) {

    private static Known of(JobSchedule schedule) {
      return new Known(
          schedule.job(),
          schedule.file().toString(),
          schedule.rule().cron().text(),
          schedule.at().getId(),
          schedule.rule().missed());
    }

    private Optional<JobSchedule> schedule() {
      try {
        Path path = Path.of(file);
        ZoneId at = ZoneId.of(zone);
        return Cron.parse(cron)
            .map(times -> new ScheduleRule(Place.of(path), times, Optional.empty(), missed))
            .map(rule -> new JobSchedule(job, path, rule, at));
      } catch (DateTimeException noZone) {
        return Optional.empty();
      }
    }
  }

  KnownSchedules(Path file) {
    this.file = file;
    this.known = read(file);
  }

  /** What is stored is a help: a file that cannot be read is as none. */
  private static List<Known> read(Path file) {
    try {
      return Files.exists(file)
          ? List.of(JSON.readValue(Files.readString(file, StandardCharsets.UTF_8), Known[].class))
          : List.of();
    } catch (IOException | JacksonException | NullPointerException unreadable) {
      return List.of();
    }
  }

  /** The last valid schedule of a job file; empty when none is known. */
  Optional<JobSchedule> find(Path job) {
    return known.stream()
        .filter(one -> one.file().equals(job.toString()))
        .findFirst()
        .flatMap(Known::schedule);
  }

  /** Stores the schedules of all jobs, when they changed. */
  void write(Collection<JobEntry> jobs) {
    List<Known> now =
        jobs.stream().flatMap(entry -> entry.schedule().stream()).map(Known::of).toList();
    if (now.equals(known)) {
      return;
    }
    try {
      DurableFiles.replace(file, JSON.writeValueAsString(now) + "\n");
      known = now;
    } catch (IOException refused) {
      throw ServiceFolder.refused(file, refused);
    }
  }
}
