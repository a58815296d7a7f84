package org.consentry.service;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.consentry.config.ScheduleRule.Missed;
import org.consentry.ledger.RunLock;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.service.History.Event;
import org.consentry.service.History.What;

/**
 * Does what a due time asks for: runs the job, continues a run that a kill of the service
 * interrupted, or records why the time is missed. A due time that was begun is never begun again:
 * the run records show what became of it.
 */
final class JobWork {

  private static final int MOST_TRIES = 6;
  private static final Duration BETWEEN_TRIES = Duration.ofMinutes(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final int MOST_COUNTED = 1_000;
  private static final int MOST_ENDED = 500;
  private static final int NONE = -1;
  private static final String WITHOUT_SERVICE = "the service was not at work";

  private final StateFolder state;
  private final Commands commands;
  private final History history;
  private final SmallFile<Pause> pauses;
  private final SmallFile<Begun> begun;
  private final Supplier<Instant> clock;
  private final Instant started;

  /**
   * A job that is paused.
   *
   * @param by who paused it
   * @param at when, ISO 8601 UTC
   */
  record Pause(String by, String at) {}

  /**
   * A due time or request that was begun. It stays when it has ended: the timetable may come back
   * to it, when the database did not take that it is done.
   *
   * @param due the due time it is for, ISO 8601 UTC
   * @param at when it was begun, ISO 8601 UTC
   * @param ended when it was done with, or missed, ISO 8601 UTC; empty before
   */
  record Begun(String due, String at, String ended) {

    boolean hasEnded() {
      return !ended.isEmpty();
    }
  }

  /** What comes after a piece of work. */
  enum Next {
    /** The due time is done with. */
    DONE,
    /** The same due time again, later. */
    LATER,
    /** The same due time when the service is at work again. */
    INTERRUPTED
  }

  JobWork(ServiceFolder folder, Commands commands, History history, Supplier<Instant> clock) {
    this.state = folder.state();
    this.commands = commands;
    this.history = history;
    this.pauses = new SmallFile<>(folder.paused(), Pause.class);
    this.begun = new SmallFile<>(folder.begun(), Begun.class);
    this.clock = clock;
    this.started = clock.get();
  }

  /**
   * Does what a due time asks for. One that was begun is gone on with, whatever the job file states
   * now; any other that the file does not state any more is missed.
   *
   * @param entry the job as its file states it now; empty when there is none
   */
  Next due(String job, Due due, Optional<JobEntry> entry) {
    String key = key(job, due.at());
    Optional<Begun> before = begun.find(key);
    if (before.filter(Begun::hasEnded).isPresent()) {
      return Next.DONE;
    }
    if (before.isEmpty() && due.until().isPresent()) {
      dropped(job, due, reasonOfNone(entry));
      return Next.DONE;
    }
    Optional<JobSchedule> schedule = entry.flatMap(JobEntry::schedule);
    Optional<String> reason =
        before.isEmpty() ? schedule.flatMap(one -> reasonToMiss(one, due.at())) : Optional.empty();
    Next next = Next.DONE;
    if (reason.isPresent()) {
      missed(job, due.at(), reason.get());
    } else {
      next = work(new Work(key, job, entry, due.at(), Optional.empty()), due.tries());
    }
    if (next == Next.DONE) {
      Instant now = clock.get();
      alsoMissed(job, due, schedule, now);
      end(key, due.at(), now);
    }
    return next;
  }

  /** The moment up to which the times of a job are done with, after one of them was. */
  Instant doneUntil(String job, Due due) {
    return begun
        .find(key(job, due.at()))
        .filter(Begun::hasEnded)
        .map(one -> Instant.parse(one.ended()))
        .or(due::until)
        .orElseGet(clock);
  }

  private static String key(String job, Instant due) {
    return job + "-" + due.toEpochMilli();
  }

  /** Remembers that a due time or request is done with, and forgets those of long ago. */
  private void end(String key, Instant due, Instant now) {
    String at = begun.find(key).map(Begun::at).orElse(now.toString());
    begun.write(key, new Begun(due.toString(), at, now.toString()));
    begun.keepNewest(MOST_ENDED, Begun::hasEnded);
  }

  /**
   * Does what a person asked for. A job is run whether it is paused or not.
   *
   * @param id of the request
   * @param jobs all jobs
   */
  Next asked(String id, Requests.Request request, Map<String, JobEntry> jobs) {
    if (begun.find(id).filter(Begun::hasEnded).isPresent()) {
      return Next.DONE;
    }
    Next next = request.act() == Requests.Act.RUN ? run(id, request, jobs) : act(id, request);
    if (next == Next.DONE) {
      end(id, request.moment(), clock.get());
    }
    return next;
  }

  private Next run(String id, Requests.Request request, Map<String, JobEntry> jobs) {
    String job = request.subject();
    JobEntry entry = jobs.get(job);
    if (entry == null || entry.isTwice()) {
      missed(job, request.moment(), reasonOfNone(Optional.ofNullable(entry)));
      return Next.DONE;
    }
    return work(
        new Work(id, job, Optional.of(entry), request.moment(), Optional.of(request.by())),
        request.tries());
  }

  private Next act(String id, Requests.Request request) {
    if (!isOurTurn()) {
      return Next.INTERRUPTED;
    }
    Commands.Ended ended = inTurn(id, request.words(), Optional.of(request.by()));
    if (ended.exitCode() != 0 && commands.isEnding()) {
      return Next.INTERRUPTED;
    }
    String words = request.act().word() + " by " + request.by();
    event(
        "",
        request.moment(),
        What.ACT,
        request.subject(),
        ended.exitCode(),
        ended.reason().isEmpty() ? words : words + ": " + ended.reason());
    return Next.DONE;
  }

  private Optional<String> reasonToMiss(JobSchedule schedule, Instant due) {
    if (pauses.isThere(schedule.job())) {
      return Optional.of("the job is paused");
    }
    if (due.isBefore(started) && schedule.rule().missed() == Missed.SKIP) {
      return Optional.of(WITHOUT_SERVICE);
    }
    return newest(schedule.job())
        .filter(record -> record.state() == RunRecord.State.STAGED)
        .map(record -> "the release of " + record.run() + " waits for approval");
  }

  /** Records due times after one and before now as missed, by what the file stated and states. */
  private void alsoMissed(String job, Due due, Optional<JobSchedule> stated, Instant now) {
    Instant until = due.until().orElse(now);
    Stream.concat(between(due.schedule(job), due.at(), until), between(stated, until, now))
        .forEach(
            time ->
                missed(
                    job,
                    time,
                    time.isBefore(started)
                        ? WITHOUT_SERVICE
                        : "the time before was still at work"));
  }

  /** The due times after one moment and before another, as many as are counted. */
  private static Stream<Instant> between(
      Optional<JobSchedule> schedule, Instant after, Instant before) {
    return Stream.iterate(
            schedule.flatMap(one -> one.next(after)),
            time -> time.flatMap(moment -> schedule.flatMap(one -> one.next(moment))))
        .limit(MOST_COUNTED)
        .takeWhile(time -> time.filter(moment -> moment.isBefore(before)).isPresent())
        .flatMap(Optional::stream);
  }

  /** Whether a due time was begun and has not ended, whatever the job file states now. */
  boolean isBegun(String job, Instant due) {
    return begun.find(key(job, due)).filter(one -> !one.hasEnded()).isPresent();
  }

  /**
   * Records a due time as missed, and those after it, up to the moment when the job file stopped to
   * state them. A time that was still to come then is not missed.
   */
  private void dropped(String job, Due due, String reason) {
    Instant until = due.until().orElseGet(clock);
    if (due.at().isAfter(until)) {
      return;
    }
    Stream.concat(Stream.of(due.at()), between(due.schedule(job), due.at(), until))
        .forEach(
            time ->
                missed(
                    job, time, time.isBefore(started) ? WITHOUT_SERVICE + "; " + reason : reason));
    end(key(job, due.at()), due.at(), until);
  }

  /** Why the job file does not state a due time, or a job is not run. */
  private static String reasonOfNone(Optional<JobEntry> entry) {
    if (entry.isEmpty()) {
      return "there is no job of this name any more";
    }
    if (entry.get().isTwice()) {
      return "two files have the name of this job";
    }
    return entry.get().schedule().isEmpty()
        ? "the job has no schedule any more"
        : "its times were changed before it was run";
  }

  /**
   * A run to make.
   *
   * @param key of the due time or request
   * @param entry the job as its file states it now; empty when there is none
   * @param due when it is due, or was asked for
   * @param by who asked for it; empty for a due time
   */
  private record Work(
      String key, String job, Optional<JobEntry> entry, Instant due, Optional<String> by) {

    /** The file; empty when there is none, or it is not known which of two. */
    private Optional<Path> file() {
      return entry.filter(one -> !one.isTwice()).map(JobEntry::file);
    }
  }

  private Next work(Work work, int tries) {
    String job = work.job();
    Instant due = work.due();
    if (!isOurTurn()) {
      return Next.INTERRUPTED;
    }
    Optional<Begun> before = begun.find(work.key());
    Optional<RunRecord> record = before.flatMap(one -> since(job, Instant.parse(one.at())));
    if (record.isPresent() && hasEnded(record.get())) {
      return ended(work, tries, of(record.get()));
    }
    if (record.isEmpty() && work.file().isEmpty()) {
      missed(job, due, reasonOfNone(work.entry()));
      return Next.DONE;
    }
    if (before.isEmpty()) {
      begun.write(work.key(), new Begun(due.toString(), now(), ""));
      event(job, due, What.BEGUN, "", NONE, "");
    }
    List<String> words =
        record
            .map(one -> List.of("resume", one.run()))
            .orElseGet(() -> List.of("run", work.file().map(Path::toString).orElseThrow()));
    return ended(work, tries, inTurn(job, words, work.by()));
  }

  private Commands.Ended inTurn(String job, List<String> words, Optional<String> by) {
    Commands.Ended ended;
    do {
      ended = commands.run(job, words, by);
    } while (ended.exitCode() == Category.LOCKED.exitCode() && isOurTurn());
    return ended;
  }

  /** Waits until no other command has the lock; gives whether the service is still at work. */
  private boolean isOurTurn() {
    while (!commands.isEnding() && RunLock.isLocked(state)) {
      try {
        Thread.sleep(BETWEEN_LOOKS.toMillis());
      } catch (InterruptedException givenUp) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return !commands.isEnding();
  }

  private Next ended(Work work, int tries, Commands.Ended ended) {
    Instant from = begun.find(work.key()).map(one -> Instant.parse(one.at())).orElseGet(clock);
    if (commands.isEnding() && since(work.job(), from).filter(JobWork::hasEnded).isEmpty()) {
      return Next.INTERRUPTED;
    }
    boolean mayPass = ended.exitCode() == Category.TEMPORARY.exitCode();
    boolean isAgain = mayPass && tries + 1 < MOST_TRIES;
    String reason =
        isAgain
            ? ended.reason() + "; tried again in " + BETWEEN_TRIES.toMinutes() + " minutes"
            : ended.reason();
    event(work.job(), work.due(), What.ENDED, ended.run(), ended.exitCode(), reason);
    return isAgain ? Next.LATER : Next.DONE;
  }

  private static Commands.Ended of(RunRecord record) {
    return new Commands.Ended(record.exitCode(), record.run(), record.message());
  }

  /** A run that was killed or stopped, or failed for a reason that may pass, has not ended. */
  private static boolean hasEnded(RunRecord record) {
    return switch (record.state()) {
      case RUNNING, STOPPED -> false;
      case FAILED -> record.exitCode() != Category.TEMPORARY.exitCode();
      case STAGED, PUBLISHED, UNCHANGED, ABANDONED -> true;
    };
  }

  private Optional<RunRecord> newest(String job) {
    return runs(job).findFirst();
  }

  /** The first run of a job since a moment: of a later one another due time or request is. */
  private Optional<RunRecord> since(String job, Instant moment) {
    return runs(job)
        .filter(record -> !Instant.parse(record.started()).isBefore(moment))
        .reduce((newer, older) -> older);
  }

  /** The newest first. */
  private Stream<RunRecord> runs(String job) {
    return new RunRecords(state).all().stream().filter(record -> record.job().equals(job));
  }

  private void missed(String job, Instant due, String reason) {
    event(job, due, What.MISSED, "", NONE, reason);
  }

  private void event(String job, Instant due, What what, String run, int exitCode, String reason) {
    history.add(new Event(now(), job, due.toString(), what, run, exitCode, reason));
  }

  private String now() {
    return clock.get().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** When the same due time is tried again. */
  static Instant later(Instant now) {
    return now.plus(BETWEEN_TRIES);
  }
}
