package org.consentry.batch;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.consentry.export.ApprovedRelease;
import org.consentry.export.ExportSteps;
import org.consentry.problem.Category;
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
 * Runs custody under Spring Batch. Each attempt of a run is a job instance of its own, identified
 * by the run's id and the number of the attempt. So nothing is ever read of an earlier attempt, in
 * whatever condition a crash left it: what is done already is known by the markers in staging.
 */
public final class BatchEngine {

  private final JobRepository repository;
  private final JobOperator operator;
  private final ExportJob job;

  /** An engine over a job repository; workers decide how many splits are worked on at once. */
  public BatchEngine(
      JobRepository repository,
      JobOperator operator,
      PlatformTransactionManager transactions,
      AsyncTaskExecutor workers) {
    this.repository = repository;
    this.operator = operator;
    this.job = new ExportJob(repository, transactions, workers);
  }

  /** How a run ended. */
  public enum Outcome {
    PUBLISHED,
    /** Sealed, and waits for approvals. */
    STAGED,
    STOPPED
  }

  /**
   * Runs, or takes up again, to the end. The caller has the installation's lock, so no earlier
   * attempt is at work.
   *
   * @throws ProblemException what ended the run; nothing was released then
   */
  public Outcome run(String run, ExportSteps custody, StopRequest stop) {
    AtomicReference<ExportSteps.Publication> publication = new AtomicReference<>();
    JobExecution execution =
        execute(run, ExportJob.NAME, () -> job.build(custody, stop, publication));
    return publication.get() == ExportSteps.Publication.STAGED
            && execution.getStatus() == BatchStatus.STOPPED
        ? Outcome.STAGED
        : outcome(execution, stop);
  }

  /**
   * Takes a release that was staged and approved to the end.
   *
   * @throws ProblemException what refused it; nothing was released then
   */
  public Outcome publish(String run, ApprovedRelease release, StopRequest stop) {
    return outcome(execute(run, ExportJob.PUBLISHING, () -> job.publishing(release, stop)), stop);
  }

  /**
   * Removes job instances that were last worked on before a moment. The caller has the
   * installation's lock, so nobody works on one.
   *
   * @param before in the time zone of the Java runtime, which Spring Batch writes
   * @return how many were removed
   */
  public int purge(LocalDateTime before) {
    int purged = 0;
    for (String name : repository.getJobNames()) {
      for (JobInstance instance : repository.findJobInstances(name)) {
        boolean isYoung =
            repository.getJobExecutions(instance).stream()
                .anyMatch(execution -> !touched(execution).isBefore(before));
        if (!isYoung) {
          repository.deleteJobInstance(instance);
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

  private JobExecution execute(String run, String name, Supplier<Job> work) {
    try {
      return operator.start(work.get(), nextAttempt(run, name));
    } catch (ProblemException known) {
      throw known;
    } catch (JobExecutionException | RuntimeException refused) {
      OutOfMemory.endIfItIs(refused);
      throw ProblemException.of(
          Category.TEMPORARY,
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
      if (repository.getJobInstance(name, parameters) == null) {
        return parameters;
      }
    }
  }

  private static Outcome outcome(JobExecution execution, StopRequest stop) {
    if (execution.getStatus() == BatchStatus.COMPLETED) {
      return Outcome.PUBLISHED;
    }
    Optional<ProblemException> why = firstProblem(execution.getAllFailureExceptions());
    if (why.isPresent()) {
      throw why.get();
    }
    if (stop.isAsked()) {
      return Outcome.STOPPED;
    }
    throw ProblemException.of(
        Category.TEMPORARY,
        "BATCH",
        Place.of("job repository"),
        "the run ended as " + execution.getStatus() + " without a reason of ours",
        "check the job database and free space, then resume");
  }

  private static Optional<ProblemException> firstProblem(List<Throwable> failures) {
    failures.forEach(OutOfMemory::endIfItIs);
    for (Throwable failure : failures) {
      for (Throwable at = failure; at != null; at = at.getCause()) {
        if (at instanceof ProblemException problem) {
          return Optional.of(problem);
        }
      }
    }
    return Optional.empty();
  }
}
