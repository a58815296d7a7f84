package org.consentry.service;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
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
  private static final int NONE = -1;

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
   * A run that was begun and has not ended.
   *
   * @param due the due time it is for, ISO 8601 UTC
   * @param at when it was begun, ISO 8601 UTC
   */
  record Begun(String due, String at) {}

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
   * Does what a due time asks for.
   *
   * @param tries how often it was tried before
   */
  Next due(JobSchedule schedule, Instant due, int tries) {
    String job = schedule.job();
    Optional<Begun> before = begun(job, due);
    if (before.isEmpty()) {
      Optional<String> reason = reasonToMiss(schedule, due);
      if (reason.isPresent()) {
        missed(schedule, due, reason.get());
        return Next.DONE;
      }
      alsoMissed(schedule, due);
    }
    return work(new Work(job, schedule.file(), due, Optional.empty()), tries, before);
  }

  /**
   * Does what a person asked for. A job is run whether it is paused or not.
   *
   * @param id of the request
   * @param jobs all jobs
   */
  Next asked(String id, Requests.Request request, Map<String, JobEntry> jobs) {
    String subject = request.subject();
    if (request.act() != Requests.Act.RUN) {
      return act(id, request);
    }
    JobEntry entry = jobs.get(subject);
    if (entry == null) {
      event(subject, request.moment(), What.MISSED, "", NONE, "there is no such job any more");
      return Next.DONE;
    }
    return work(
        new Work(subject, entry.file(), request.moment(), Optional.of(request.by())),
        0,
        begun(subject, request.moment()));
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

  private Optional<Begun> begun(String job, Instant due) {
    return begun.find(job).filter(one -> one.due().equals(due.toString()));
  }

  private Optional<String> reasonToMiss(JobSchedule schedule, Instant due) {
    if (pauses.isThere(schedule.job())) {
      return Optional.of("the job is paused");
    }
    if (due.isBefore(started) && schedule.rule().missed() == Missed.SKIP) {
      return Optional.of("the service was not at work");
    }
    return newest(schedule.job())
        .filter(record -> record.state() == RunRecord.State.STAGED)
        .map(record -> "the release of " + record.run() + " waits for approval");
  }

  private void missed(JobSchedule schedule, Instant due, String reason) {
    event(schedule.job(), due, What.MISSED, "", NONE, reason);
    alsoMissed(schedule, due);
  }

  /** Records due times between one and now as missed. */
  private void alsoMissed(JobSchedule schedule, Instant due) {
    Instant now = clock.get();
    Optional<Instant> next = schedule.next(due);
    for (int i = 0; i < MOST_COUNTED && next.isPresent() && next.get().isBefore(now); i++) {
      event(
          schedule.job(),
          next.get(),
          What.MISSED,
          "",
          NONE,
          next.get().isBefore(started)
              ? "the service was not at work"
              : "the time before was still at work");
      next = schedule.next(next.get());
    }
  }

  /**
   * A run to make.
   *
   * @param due when it is due, or was asked for
   * @param by who asked for it; empty for a due time
   */
  private record Work(String job, Path file, Instant due, Optional<String> by) {}

  private Next work(Work work, int tries, Optional<Begun> before) {
    String job = work.job();
    Instant due = work.due();
    if (!isOurTurn()) {
      return Next.INTERRUPTED;
    }
    Optional<RunRecord> record = before.flatMap(one -> since(job, Instant.parse(one.at())));
    if (record.isPresent() && hasEnded(record.get())) {
      return ended(job, due, tries, of(record.get()));
    }
    if (before.isEmpty()) {
      begun.write(job, new Begun(due.toString(), now()));
      event(job, due, What.BEGUN, "", NONE, "");
    }
    List<String> words =
        record
            .map(one -> List.of("resume", one.run()))
            .orElse(List.of("run", work.file().toString()));
    return ended(job, due, tries, inTurn(job, words, work.by()));
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

  private Next ended(String job, Instant due, int tries, Commands.Ended ended) {
    Instant from = begun.find(job).map(one -> Instant.parse(one.at())).orElse(clock.get());
    if (commands.isEnding() && since(job, from).filter(JobWork::hasEnded).isEmpty()) {
      return Next.INTERRUPTED;
    }
    boolean mayPass = ended.exitCode() == Category.TEMPORARY.exitCode();
    boolean isAgain = mayPass && tries + 1 < MOST_TRIES;
    String reason =
        isAgain
            ? ended.reason() + "; tried again in " + BETWEEN_TRIES.toMinutes() + " minutes"
            : ended.reason();
    event(job, due, What.ENDED, ended.run(), ended.exitCode(), reason);
    if (isAgain) {
      return Next.LATER;
    }
    begun.remove(job);
    return Next.DONE;
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
    return since(job, Instant.EPOCH);
  }

  private Optional<RunRecord> since(String job, Instant moment) {
    return new RunRecords(state)
        .all().stream()
            .filter(record -> record.job().equals(job))
            .filter(record -> !Instant.parse(record.started()).isBefore(moment))
            .findFirst();
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
