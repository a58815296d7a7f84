package org.consentry.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.config.Job.Zone;
import org.consentry.config.JobFile;
import org.consentry.config.ScheduleRule;
import org.consentry.export.ClinicZone;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * The job files of a folder and when they are due. A file that becomes invalid has the schedule of
 * its last valid content, also after the service was started again. Safe for any number of threads.
 */
final class JobBook {

  private final StateFolder state;
  private final Path folder;
  private final KnownSchedules known;
  private final Map<Path, Read> files = new HashMap<>();

  /**
   * A file as it was read.
   *
   * @param stamp changes when the file does
   */
  private record Read(String stamp, JobEntry entry) {}

  JobBook(StateFolder state, Path folder) {
    this.state = state;
    this.folder = folder;
    this.known = new KnownSchedules(new ServiceFolder(state).schedules());
  }

  /**
   * All jobs, by name; reads the files that changed since the last call.
   *
   * @throws ProblemException category TEMPORARY or RUN_FAILED when the folder cannot be read
   */
  synchronized Map<String, JobEntry> jobs() {
    List<Path> there = there();
    files.keySet().retainAll(there);
    Map<String, JobEntry> jobs = new LinkedHashMap<>();
    for (Path file : there) {
      JobEntry entry = entry(file);
      JobEntry first = jobs.putIfAbsent(entry.job(), entry);
      if (first != null) {
        jobs.put(entry.job(), first.beside(file));
      }
    }
    return jobs;
  }

  /**
   * Stores the schedules of all jobs, for a later start.
   *
   * @throws ProblemException category TEMPORARY or RUN_FAILED when the disk refuses
   */
  synchronized void remember() {
    known.write(jobs().values());
  }

  /** The schedule of a job; empty when it has none. */
  Optional<JobSchedule> schedule(String job) {
    return Optional.ofNullable(jobs().get(job)).flatMap(JobEntry::schedule);
  }

  private List<Path> there() {
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(file -> file.toString().matches(".*\\.ya?ml"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw ServiceFolder.refused(folder, unreadable);
    }
  }

  private JobEntry entry(Path file) {
    String stamp = stamp(file);
    Read read = files.get(file);
    if (read == null || !read.stamp().equals(stamp)) {
      read = new Read(stamp, read(file));
      files.put(file, read);
    }
    return read.entry();
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
    } catch (IOException unreadable) {
      return "";
    }
  }

  private JobEntry read(Path file) {
    Problems problems = new Problems();
    Optional<JobFile> read = JobFile.read(file, Place.name(file), problems);
    if (read.isEmpty() || problems.hasErrors()) {
      return invalid(file, problems.list());
    }
    String job = read.get().job().name();
    Optional<ScheduleRule> rule = read.get().job().schedule();
    try {
      return new JobEntry(
          job,
          file,
          rule.map(times -> new JobSchedule(job, file, times, zone(times, file))),
          List.of());
    } catch (ProblemException noZone) {
      return invalid(file, noZone.problems());
    }
  }

  private ZoneId zone(ScheduleRule times, Path file) {
    return times.zone().map(Zone::id).orElseGet(() -> ClinicZone.of(file, state));
  }

  private JobEntry invalid(Path file, List<Problem> problems) {
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
    Optional<JobSchedule> last = known.find(file);
    return new JobEntry(last.map(JobSchedule::job).orElse(name), file, last, problems);
  }
}
