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
   * Brings the due times in line with the job files, and takes in what people asked for. A due time
   * that the files do not state any more is marked in its row and looked at next. What became of it
   * is recorded by the thread that does what is due, and by no other. A job at work gets its next
   * due time when it is done.
   */
  void update(Requests requests) {
    Map<String, JobEntry> entries = book.jobs();
    Map<String, ScheduledExecution<String>> rows = rows();
    for (JobEntry entry : entries.values()) {
      entry
          .schedule()
          .filter(schedule -> !rows.containsKey(schedule.job()))
          .flatMap(schedule -> Due.next(schedule, now()))
          .ifPresent(
              due ->
                  scheduler.scheduleIfNotExists(jobs.instance(entry.job(), due.text()), due.at()));
    }
    book.remember();
    rows.forEach((job, row) -> update(row, Optional.ofNullable(entries.get(job))));
    requests.take((id, data) -> scheduler.scheduleIfNotExists(asked.instance(id, data), now()));
  }

  private void update(ScheduledExecution<String> row, Optional<JobEntry> entry) {
    Due due = Due.parse(row.getData());
    boolean isAsBefore = due.until().isPresent() || due.isOf(entry.flatMap(JobEntry::schedule));
    if (!row.isPicked() && !isAsBefore && !work.isBegun(row.getTaskInstance().getId(), due.at())) {
      Instant now = now();
      whenIdle(() -> scheduler.reschedule(row.getTaskInstance(), now, due.until(now).text()));
    }
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
    String job = instance.getId();
    Optional<JobEntry> entry = Optional.ofNullable(book.jobs().get(job));
    Due row = Due.parse(instance.getData());
    Due due = row.isOf(entry.flatMap(JobEntry::schedule)) ? row : row.until(now());
    return switch (work.due(job, due, entry)) {
      case LATER -> (done, next) -> next.reschedule(done, JobWork.later(now()), due.again().text());
      case INTERRUPTED -> (done, next) -> next.reschedule(done, now(), due.text());
      case DONE -> (done, next) -> toNext(work.doneUntil(job, due), done, next);
    };
  }

  private void toNext(
      Instant after, ExecutionComplete done, ExecutionOperations<String> operations) {
    Optional<Due> due =
        book.schedule(done.getExecution().getId()).flatMap(schedule -> Due.next(schedule, after));
    if (due.isEmpty()) {
      operations.remove();
    } else {
      operations.reschedule(done, due.get().at(), due.get().text());
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
}
