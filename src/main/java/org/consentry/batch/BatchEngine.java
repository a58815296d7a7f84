package org.consentry.batch;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.consentry.export.ApprovedRelease;
import org.consentry.export.Cluster;
import org.consentry.export.ExportStages;
import org.consentry.export.Publication;
import org.consentry.problem.DatabaseFailure;
import org.consentry.problem.OutOfMemory;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Runs the stages of an export under Spring Batch. Each attempt of a run is a job instance of its
 * own, identified by the run's id and the number of the attempt. So nothing is ever read of an
 * earlier attempt, in whatever condition a crash left it: what is done already is known by the
 * markers in staging.
 */
public final class BatchEngine {

  private final JobOperator operator;
  private final Batch batch;

  /** An engine over a job repository; workers decide how many partitions are worked on at once. */
  public BatchEngine(
      JobRepository repository,
      JobOperator operator,
      PlatformTransactionManager transactions,
      AsyncTaskExecutor workers) {
    this(operator, new Batch(repository, transactions, workers, Optional.empty()));
  }

  private BatchEngine(JobOperator operator, Batch batch) {
    this.operator = operator;
    this.batch = batch;
  }

  /** The same engine, with other processes that do the partitions that can be sent. */
  public BatchEngine with(Cluster cluster) {
    return new BatchEngine(
        operator,
        new Batch(batch.repository(), batch.transactions(), batch.workers(), Optional.of(cluster)));
  }

  /**
   * Runs to the end. The caller has the installation's lock, so no earlier attempt is at work.
   *
   * @return what came of the run; empty when it was stopped
   * @throws ProblemException what ended the run; nothing was released then
   */
  public Optional<Publication> run(String run, ExportStages<?, ?, ?, ?> stages, StopRequest stop) {
    ExportJob job = new ExportJob(batch, stop);
    return execute(run, ExportJob.NAME, result -> job.of(stages, result), stop);
  }

  /**
   * Publishes a release that was staged and approved.
   *
   * @return what came of it; empty when it was stopped
   * @throws ProblemException what refused it; nothing was released then
   */
  public Optional<Publication> publish(String run, ApprovedRelease release, StopRequest stop) {
    ExportJob job = new ExportJob(batch, stop);
    return execute(run, ExportJob.PUBLISHING, result -> job.of(release, result), stop);
  }

  /**
   * Removes job instances that were last worked on before a moment. The caller has the
   * installation's lock, so no run works on one.
   *
   * @param before in the time zone of the Java runtime, which Spring Batch writes
   * @return how many were removed
   */
  public int purge(LocalDateTime before) {
    int purged = 0;
    for (String name : batch.repository().getJobNames()) {
      for (JobInstance instance : batch.repository().findJobInstances(name)) {
        boolean isYoung =
            batch.repository().getJobExecutions(instance).stream()
                .anyMatch(execution -> !touched(execution).isBefore(before));
        if (!isYoung) {
          batch.repository().deleteJobInstance(instance);
          purged++;
        }
      }
    }
    return purged;
  }

  private static LocalDateTime touched(JobExecution execution) {
    return execution.getLastUpdated() == null
        ? execution.getCreateTime()
        : execution.getLastUpdated();
  }

  private Optional<Publication> execute(
      String run, String name, Function<StageResult<Publication>, Job> job, StopRequest stop) {
    StageResult<Publication> publication = new StageResult<>();
    JobExecution execution = start(run, name, job.apply(publication));
    if (execution.getStatus() == BatchStatus.COMPLETED) {
      return Optional.of(publication.get());
    }
    List<Throwable> failures = execution.getAllFailureExceptions();
    if (stop.isAsked() && Boundary.known(failures).isEmpty()) {
      return Optional.empty();
    }
    throw Boundary.failure(execution.getStatus(), failures);
  }

  private JobExecution start(String run, String name, Job job) {
    try {
      return operator.start(job, nextAttempt(run, name));
    } catch (ProblemException known) {
      throw known;
    } catch (JobExecutionException | RuntimeException refused) {
      OutOfMemory.endIfItIs(refused);
      throw ProblemException.of(
          DatabaseFailure.category(refused),
          "JOB_DATABASE",
          Place.of("job repository"),
          "the job repository refused the run: " + refused.getClass().getSimpleName(),
          "check free space and permissions of the state folder, then resume the run");
    }
  }

  /** The first attempt that has no job instance. */
  private JobParameters nextAttempt(String run, String name) {
    for (long attempt = 1; ; attempt++) {
      JobParameters parameters =
          new JobParametersBuilder()
              .addString("run", run, true)
              .addLong("attempt", attempt, true)
              .toJobParameters();
      if (batch.repository().getJobInstance(name, parameters) == null) {
        return parameters;
      }
    }
  }
}
