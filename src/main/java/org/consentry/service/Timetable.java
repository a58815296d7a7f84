package org.consentry.service;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The due times of all jobs, in a database, and what people asked for. One thread does what is due,
 * one after the other, in the order of the due times. Of several services over one database one
 * does it. What a service that was killed had begun is taken up when it gave no sign for a while.
 */
final class Timetable implements AutoCloseable {

  private static final Duration POLLING = Duration.ofSeconds(1);
  private static final Duration HEARTBEAT = Duration.ofSeconds(3);
  private static final int MISSED_HEARTBEATS = 6;
  private static final Duration FOR_THE_END = Duration.ofMinutes(2);
  private static final int MOST_QUEUED = 16;
  private static final String JOB = "job";
  private static final String ASKED = "asked";

  private final JobBook book;
  private final JobWork work;
  private final Commands commands;
  private final Supplier<Instant> clock;
  private final CustomTask<String> jobs;
  private final CustomTask<String> asked;
  private final Scheduler scheduler;

  Timetable(
      TimetableDatabase database,
      String name,
      JobBook book,
      JobWork work,
      Commands commands,
      Supplier<Instant> clock) {
    this.book = book;
    this.work = work;
    this.commands = commands;
    this.clock = clock;
    this.jobs =
        Tasks.custom(JOB, String.class)
            .onFailure((done, next) -> next.reschedule(done, JobWork.later(clock.get())))
            .onDeadExecution((done, next) -> next.reschedule(done, clock.get()))
            .execute((instance, context) -> due(instance));
    this.asked =
        Tasks.custom(ASKED, String.class)
            .onFailure((done, next) -> next.remove())
            .onDeadExecution((done, next) -> next.reschedule(done, clock.get()))
            .execute((instance, context) -> asked(instance));
    this.scheduler =
        Scheduler.create(database.source(), jobs, asked)
            .tableName(database.table())
            .schedulerName(new SchedulerName.Fixed(name))
            .serializer(new TimetableText())
            .clock(clock::get)
            .pollingInterval(POLLING)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .shutdownMaxWait(FOR_THE_END)
            .executorService(oneAfterTheOther())
            .build();
  }

  /** What does not fit into the queue is found due again at the next look. */
  private static ThreadPoolExecutor oneAfterTheOther() {
    return new ThreadPoolExecutor(
        1,
        1,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(MOST_QUEUED),
        new ThreadPoolExecutor.DiscardPolicy());
  }

  /** Begins to do what is due. */
  void start() {
    scheduler.start();
  }

  /**
   * Brings the due times in line with the job files, and takes in what people asked for. A job at
   * work gets its next due time when it is done.
   */
  void update(Requests requests) {
    Map<String, ScheduledExecution<String>> rows = rows();
    for (JobEntry entry : book.jobs().values()) {
      entry.schedule().ifPresent(schedule -> update(schedule, rows.remove(schedule.job())));
    }
    book.remember();
    rows.values().stream().filter(row -> !row.isPicked()).forEach(this::cancel);
    requests.take((id, data) -> scheduler.scheduleIfNotExists(asked.instance(id, data), now()));
  }

  private void update(JobSchedule schedule, @Nullable ScheduledExecution<String> row) {
    Instant next = schedule.next(now()).orElse(Instant.MAX);
    TaskInstance<String> instance =
        jobs.instance(schedule.job(), new Due(next, 0, schedule.times()).text());
    if (row == null) {
      scheduler.scheduleIfNotExists(instance, next);
    } else if (!row.isPicked() && isReplaced(row, schedule)) {
      dropped(row, "its times were changed before it was run");
      whenIdle(() -> scheduler.reschedule(row.getTaskInstance(), next, instance.getData()));
    }
  }

  /** Whether a due time comes from other times of the job; one that was begun is gone on with. */
  private boolean isReplaced(ScheduledExecution<String> row, JobSchedule schedule) {
    Due due = Due.parse(row.getData());
    return !due.times().equals(schedule.times()) && !work.isBegun(schedule.job(), due.at());
  }

  private void cancel(ScheduledExecution<String> row) {
    dropped(row, reasonOfNone(row.getTaskInstance().getId()));
    whenIdle(() -> scheduler.cancel(row.getTaskInstance()));
  }

  private void dropped(ScheduledExecution<String> row, String reason) {
    dropped(row.getTaskInstance().getId(), Due.parse(row.getData()), reason);
  }

  private void dropped(String job, Due due, String reason) {
    JobSchedule.parse(job, due.times()).ifPresent(before -> work.dropped(before, due.at(), reason));
  }

  /** Why a job has no schedule, where it had one. */
  private String reasonOfNone(String job) {
    JobEntry entry = book.jobs().get(job);
    if (entry == null) {
      return "there is no job of this name any more";
    }
    return entry.isTwice()
        ? "two files have the name of this job"
        : "the job has no schedule any more";
  }

  /** One that is begun meanwhile looks at the job file itself when it is done. */
  private static void whenIdle(Runnable change) {
    try {
      change.run();
    } catch (TaskInstanceCurrentlyExecutingException | TaskInstanceNotFoundException meanwhile) {
      return;
    }
  }

  private Map<String, ScheduledExecution<String>> rows() {
    Map<String, ScheduledExecution<String>> rows = new HashMap<>();
    scheduler.fetchScheduledExecutionsForTask(
        JOB,
        String.class,
        ScheduledExecutionsFilter.all(),
        row -> rows.put(row.getTaskInstance().getId(), row));
    return rows;
  }

  private CompletionHandler<String> due(TaskInstance<String> instance) {
    Due due = Due.parse(instance.getData());
    Optional<JobSchedule> schedule = book.schedule(instance.getId());
    if (schedule.isEmpty()) {
      dropped(instance.getId(), due, reasonOfNone(instance.getId()));
      return (done, next) -> next.remove();
    }
    return switch (work.due(schedule.get(), due.at(), due.tries())) {
      case LATER -> (done, next) -> next.reschedule(done, JobWork.later(now()), due.again().text());
      case INTERRUPTED -> (done, next) -> next.reschedule(done, now(), due.text());
      case DONE -> (done, next) -> toNext(work.doneUntil(instance.getId(), due.at()), done, next);
    };
  }

  private void toNext(
      Instant after, ExecutionComplete done, ExecutionOperations<String> operations) {
    Optional<JobSchedule> schedule = book.schedule(done.getExecution().getId());
    Optional<Instant> next = schedule.flatMap(one -> one.next(after));
    if (next.isEmpty()) {
      operations.remove();
    } else {
      Due due = new Due(next.get(), 0, schedule.orElseThrow().times());
      operations.reschedule(done, next.get(), due.text());
    }
  }

  private CompletionHandler<String> asked(TaskInstance<String> instance) {
    Requests.Request request = Requests.parse(instance.getData());
    return switch (work.asked(instance.getId(), request, book.jobs())) {
      case LATER ->
          (done, next) -> next.reschedule(done, JobWork.later(now()), request.again().text());
      case INTERRUPTED -> (done, next) -> next.reschedule(done, now());
      case DONE -> (done, next) -> next.remove();
    };
  }

  private Instant now() {
    return clock.get();
  }

  /** Lets the command at work stop, and ends. */
  @Override
  public void close() {
    commands.end();
    scheduler.stop();
  }

  /**
   * What is stored beside the time of a task.
   *
   * @param at the due time
   * @param tries how often it was tried before
   * @param times the schedule that it comes from, in words
   */
  private record Due(Instant at, int tries, String times) {

    private static Due parse(String text) {
      String[] lines = text.split("\n", 3);
      return new Due(Instant.parse(lines[0]), Integer.parseInt(lines[1]), lines[2]);
    }

    private Due again() {
      return new Due(at, tries + 1, times);
    }

    private String text() {
      return at + "\n" + tries + "\n" + times;
    }
  }
}
