package org.consentry.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.consentry.export.SignersFile;
import org.consentry.followup.CheckedFile;
import org.consentry.followup.Deadline;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.service.StateReader.Snapshot;
import org.consentry.service.page.CalendarPage;
import org.consentry.service.page.DueJob;
import org.consentry.service.page.FilePage;
import org.consentry.service.page.JobsPage;
import org.jspecify.annotations.Nullable;

/**
 * Makes the pages about the files that people write, and the calendar. Files are checked again when
 * they changed, and every five minutes; while one thread does that, others get what was found
 * before, with its time. Safe for any number of threads.
 */
public final class FilePages {

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final long MOST_BYTES = 4 << 20;

  private final StateReader reader;
  private final List<Path> folders;
  private final Supplier<List<DueJob>> schedules;
  private final ReentrantLock checking = new ReentrantLock();
  private volatile @Nullable Checked checked;

  /**
   * Pages of some folders.
   *
   * @param folders of jobs and mappings
   * @param schedules all jobs, with their schedules
   */
  public FilePages(StateReader reader, List<Path> folders, Supplier<List<DueJob>> schedules) {
    this.reader = reader;
    this.folders = List.copyOf(folders);
    this.schedules = schedules;
  }

  /** What was found, and of which files as they were. */
  private record Checked(
      List<String> stamps,
      Instant at,
      List<CheckedFile> files,
      List<Deadline> deadlines,
      List<String> notRead) {}

  /** While one thread checks, others get what was found before. */
  private Checked checked(Snapshot now) {
    List<Path> files = folders.stream().flatMap(folder -> CheckedFile.in(folder).stream()).toList();
    List<String> stamps = files.stream().map(FilePages::stamp).toList();
    Checked before = checked;
    if (before != null && isCurrent(before, stamps)) {
      return before;
    }
    if (!checking.tryLock()) {
      return Optional.ofNullable(before).orElseThrow(FilePages::notYet);
    }
    try {
      Checked next = check(now, files, stamps);
      checked = next;
      return next;
    } finally {
      checking.unlock();
    }
  }

  private boolean isCurrent(Checked before, List<String> stamps) {
    return before.stamps().equals(stamps)
        && Duration.between(before.at(), reader.now()).compareTo(LONGEST) <= 0;
  }

  private static ProblemException notYet() {
    return ProblemException.of(
        Category.TEMPORARY,
        "CHECK_AT_WORK",
        Place.of("jobs and mappings"),
        "the files are being checked for the first time",
        "ask again in a minute; if it lasts, look at the sources that the jobs name");
  }

  private static String stamp(Path file) {
    try {
      return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
    } catch (IOException gone) {
      return file + " gone";
    }
  }

  private Checked check(Snapshot now, List<Path> files, List<String> stamps) {
    LocalDate today = reader.today(now);
    List<CheckedFile> found = new ArrayList<>();
    List<Deadline> deadlines = new ArrayList<>();
    List<String> notRead = new ArrayList<>();
    for (Path file : files) {
      CheckedFile one = check(file, today);
      found.add(one);
      if (one.kind() == CheckedFile.Kind.JOB) {
        try {
          deadlines.addAll(
              Deadline.of(Planner.afterwards(file, today, Optional.of(now.moments().zone()))));
        } catch (ProblemException unread) {
          notRead.add("The job " + one.id() + " is not valid, so its days are not known.");
        }
      }
    }
    List<CheckedFile> sorted =
        found.stream()
            .sorted(
                java.util.Comparator.comparing(CheckedFile::kind).thenComparing(CheckedFile::name))
            .toList();
    return new Checked(stamps, reader.now(), sorted, deadlines, notRead);
  }

  /** What cannot be checked is shown too. */
  private CheckedFile check(Path file, LocalDate today) {
    try {
      return CheckedFile.of(file, today, reader::state);
    } catch (ProblemException unread) {
      return new CheckedFile(file, Place.name(file), CheckedFile.Kind.JOB, unread.problems());
    }
  }

  /** All files. */
  public JobsPage jobs() {
    Snapshot now = reader.snapshot();
    Checked all = checked(now);
    return new JobsPage(
        all.files(),
        schedules.get(),
        now.moments().words(all.at().truncatedTo(java.time.temporal.ChronoUnit.SECONDS)));
  }

  /** The names of valid jobs, for questions about one. */
  public List<String> names() {
    return checked(reader.snapshot()).files().stream()
        .filter(file -> file.kind() == CheckedFile.Kind.JOB && !file.isRefused())
        .map(CheckedFile::id)
        .toList();
  }

  /**
   * The file of a job.
   *
   * @param id its name without the ending
   * @throws ProblemException category USAGE when there is none
   */
  public Path job(String id) {
    return find(CheckedFile.Kind.JOB, id).file();
  }

  /**
   * One file with its lines.
   *
   * @throws ProblemException category USAGE when there is none
   */
  public FilePage file(CheckedFile.Kind kind, String id) {
    CheckedFile file = find(kind, id);
    return new FilePage(
        file,
        text(file.file()),
        schedules.get().stream().filter(one -> one.job().equals(id)).findFirst());
  }

  private CheckedFile find(CheckedFile.Kind kind, String id) {
    return checked(reader.snapshot()).files().stream()
        .filter(file -> file.kind() == kind && file.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                ProblemException.of(
                    Category.USAGE,
                    "UNKNOWN_FILE",
                    Place.of(kind.word() + "s"),
                    "there is no such file",
                    "the page Jobs and mappings lists all"));
  }

  private static List<String> text(Path file) {
    try {
      return Files.size(file) > MOST_BYTES
          ? List.of()
          : Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      return List.of(); // Reported among the findings.
    }
  }

  /** What ends, in the order of the days. */
  public CalendarPage calendar() {
    Snapshot now = reader.snapshot();
    Checked all = checked(now);
    List<Deadline> deadlines = new ArrayList<>(all.deadlines());
    List<String> notRead = new ArrayList<>(all.notRead());
    deadlines.addAll(ofState(reader, now, notRead));
    return new CalendarPage(Deadline.inOrder(deadlines), reader.today(now), notRead);
  }

  /** What ends of the releases and keys of a state folder. */
  static List<Deadline> ofState(StateReader reader, Snapshot now, List<String> notRead) {
    List<Deadline> deadlines = new ArrayList<>(Deadline.of(now.register()));
    try {
      deadlines.addAll(
          Deadline.of(
              SignersFile.approvers(reader.state()), "of an approver", now.moments().zone()));
      SignersFile.trusted(reader.state())
          .ifPresent(
              trusted ->
                  deadlines.addAll(
                      Deadline.of(trusted, "that signs releases", now.moments().zone())));
    } catch (ProblemException unread) {
      unread.problems().stream().map(Problem::toString).forEach(notRead::add);
    }
    return deadlines;
  }
}
