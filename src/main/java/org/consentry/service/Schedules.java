package org.consentry.service;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Suggestion;
import org.consentry.followup.Moments;
import org.consentry.ledger.RunLock;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.service.History.Event;
import org.consentry.service.History.What;
import org.consentry.service.JobWork.Pause;
import org.consentry.service.Requests.Act;
import org.consentry.service.Requests.Request;

/**
 * The schedules of an installation, as people see and change them: beside a service at work and
 * without one. Safe for any number of threads.
 */
public final class Schedules {

  /** So long a due time that was missed is shown of a job that is no more. */
  private static final Duration SHOWN = Duration.ofDays(30);

  private final ServiceFolder folder;
  private final Path files;
  private final JobBook book;
  private final SmallFile<Pause> pauses;

  /**
   * The schedules of the job files of a folder.
   *
   * @param jobs the folder of the job files
   */
  public Schedules(StateFolder state, Path jobs) {
    this(new ServiceFolder(state), jobs, new JobBook(state, jobs));
  }

  Schedules(ServiceFolder folder, Path jobs, JobBook book) {
    this.folder = folder;
    this.files = jobs;
    this.book = book;
    this.pauses = new SmallFile<>(folder.paused(), Pause.class);
  }

  /**
   * A job.
   *
   * @param job its name
   * @param file its file, absolute; empty when there is no such job any more
   * @param times when it is due, in the words of the file and with the zone; empty when it has no
   *     schedule
   * @param next the next due time; empty when there is none or the job is paused
   * @param pausedBy who paused it; empty when it is not paused
   * @param last what became of it last: when it was begun or how it ended; empty when never
   * @param missed the last due time that was missed; empty when none was
   * @param problems what is wrong with the file; the schedule is then that of its last valid
   *     content
   */
  public record Line(
      String job,
      Optional<Path> file,
      String times,
      Optional<Instant> next,
      String pausedBy,
      Optional<Event> last,
      Optional<Event> missed,
      List<Problem> problems) {

    public Line {
      problems = List.copyOf(problems);
    }

    /** Whether it is due without being asked for. */
    public boolean isScheduled() {
      return !times.isEmpty();
    }
  }

  /**
   * All jobs, in the order of their files.
   *
   * @throws ProblemException category TEMPORARY or RUN_FAILED when the disk refuses
   */
  public List<Line> list(Instant now) {
    List<Event> events = history();
    List<Line> lines = new ArrayList<>();
    book.jobs().values().forEach(entry -> lines.add(line(entry, events, now)));
    return lines;
  }

  /**
   * What was missed of jobs that are no more, because their file was removed or has another name of
   * a job: the jobs of which the last that is known is a due time that was missed, for 30 days. The
   * newest is first.
   */
  public List<Line> gone(Instant now) {
    Set<String> known = new HashSet<>(book.jobs().keySet());
    List<Line> lines = new ArrayList<>();
    for (Event event : history()) {
      boolean isNewest = event.what() != What.ACT && known.add(event.job());
      if (isNewest && event.what() == What.MISSED && isRecent(event, now)) {
        lines.add(gone(event));
      }
    }
    return lines;
  }

  private static boolean isRecent(Event event, Instant now) {
    return Instant.parse(event.at()).plus(SHOWN).isAfter(now);
  }

  private static Line gone(Event missed) {
    return new Line(
        missed.job(),
        Optional.empty(),
        "",
        Optional.empty(),
        "",
        Optional.empty(),
        Optional.of(missed),
        List.of());
  }

  /** How moments are written. */
  Moments moments() {
    return Moments.of(folder.state());
  }

  /** What became of due times, the newest first. */
  public List<Event> history() {
    return new History(folder.history()).newest();
  }

  private Line line(JobEntry entry, List<Event> events, Instant now) {
    String job = entry.job();
    Optional<Pause> pause = pauses.find(job);
    List<Event> its = events.stream().filter(event -> event.job().equals(job)).toList();
    return new Line(
        job,
        Optional.of(entry.file()),
        entry.schedule().map(JobSchedule::times).orElse(""),
        entry.schedule().filter(known -> pause.isEmpty()).flatMap(known -> known.next(now)),
        pause.map(Pause::by).orElse(pauses.isThere(job) ? "unknown" : ""),
        its.stream()
            .filter(event -> event.what() == What.BEGUN || event.what() == What.ENDED)
            .findFirst(),
        its.stream().filter(event -> event.what() == What.MISSED).findFirst(),
        entry.problems());
  }

  /** Whether a service is at work on the state folder. */
  public boolean isServed() {
    return RunLock.isServiceLocked(folder.state());
  }

  /**
   * Pauses a job: its due times are missed until it is resumed.
   *
   * @param by who pauses it
   * @return whether it was not paused before
   * @throws ProblemException category USAGE when there is no such job with a schedule
   */
  public boolean pause(String job, String by) {
    requireScheduled(job);
    boolean isNew = !pauses.isThere(job);
    if (isNew) {
      folder.prepare();
      pauses.write(job, new Pause(by, now()));
    }
    return isNew;
  }

  /**
   * Resumes a job: it is due at its next time.
   *
   * @return whether it was paused before
   * @throws ProblemException category USAGE when there is no such job with a schedule
   */
  public boolean resume(String job) {
    if (!pauses.isThere(job)) {
      requireScheduled(job);
      return false;
    }
    return pauses.remove(job);
  }

  /**
   * Asks that a job is run now, whether it has a schedule or is paused.
   *
   * @param by who asks
   * @throws ProblemException category USAGE when there is no such job
   */
  public void now(String job, String by) {
    require(job);
    ask(new Request(now(), by, Act.RUN, job));
  }

  void ask(Request request) {
    folder.prepare();
    new Requests(folder).ask(request);
  }

  private JobEntry require(String job) {
    Map<String, JobEntry> jobs = book.jobs();
    JobEntry entry = jobs.get(job);
    if (entry == null) {
      throw unknown("there is no job of that name here", Suggestion.hint(job, jobs.keySet()));
    }
    return entry;
  }

  private void requireScheduled(String job) {
    if (require(job).schedule().isEmpty()) {
      throw unknown(
          "the job has no schedule",
          "add schedule: {cron: 0 2 * * MON} to its file, or name another");
    }
  }

  private ProblemException unknown(String message, String hint) {
    return ProblemException.of(Category.USAGE, "UNKNOWN_JOB", Place.of(files), message, hint);
  }

  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
