package org.consentry.batch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.consentry.export.ApprovedRelease;
import org.consentry.export.ExportSteps;
import org.consentry.export.Partition;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The Spring Batch job of one run: {@code decide}, one partitioned {@code extract} step a level, a
 * partitioned {@code sort}, {@code seal}, {@code publish}. What need not be done twice is known by
 * the markers in staging, not by the job repository. The name of a partition is that of its piece,
 * table and number; no execution context has anything in it.
 */
final class ExportJob {

  static final String NAME = "export";
  static final String PUBLISHING = "publish-approved";

  private final JobRepository repository;
  private final PlatformTransactionManager transactions;
  private final AsyncTaskExecutor workers;

  ExportJob(
      JobRepository repository,
      PlatformTransactionManager transactions,
      AsyncTaskExecutor workers) {
    this.repository = repository;
    this.transactions = transactions;
    this.workers = workers;
  }

  /**
   * The job of a run.
   *
   * @param publication told how the run went on once it was sealed
   */
  Job build(
      ExportSteps custody, StopRequest stop, AtomicReference<ExportSteps.Publication> publication) {
    SimpleJobBuilder job =
        new JobBuilder(NAME, repository)
            .start(call("decide", stop, () -> custody.decide(new WorkerPool(workers))));
    for (int level = 0; level < custody.levels(); level++) {
      int thisLevel = level;
      job = job.next(pieces("extract-" + level, () -> custody.splits(thisLevel), stop));
      job = job.next(call("end-level-" + level, stop, () -> custody.endLevel(thisLevel)));
    }
    return job.next(pieces("sort", custody::parts, stop))
        .next(call("seal", stop, custody::seal))
        .next(publish(custody, stop, publication))
        .build();
  }

  /**
   * The last step. A run whose release waits for approvals stops here, because an instance that is
   * complete could not be taken up again when what was approved no longer holds.
   */
  private Step publish(
      ExportSteps custody, StopRequest stop, AtomicReference<ExportSteps.Publication> publication) {
    return new StepBuilder("publish", repository)
        .tasklet(
            (contribution, context) -> {
              if (!stop.isAsked()) {
                publication.set(Boundary.get(custody::publish));
              }
              if (publication.get() != ExportSteps.Publication.PUBLISHED) {
                contribution.getStepExecution().setTerminateOnly();
              }
              return RepeatStatus.FINISHED;
            },
            transactions)
        .build();
  }

  /** The job of a run whose release was staged and approved. */
  Job publishing(ApprovedRelease release, StopRequest stop) {
    return new JobBuilder(PUBLISHING, repository)
        .start(call("publish-approved", stop, release::publish))
        .build();
  }

  /** A step of one call; when a stop was asked for before it, the job stops there. */
  private Step call(String name, StopRequest stop, Runnable work) {
    return new StepBuilder(name, repository)
        .tasklet(
            (contribution, context) -> {
              if (stop.isAsked()) {
                contribution.getStepExecution().setTerminateOnly();
              } else {
                Boundary.run(work);
              }
              return RepeatStatus.FINISHED;
            },
            transactions)
        .build();
  }

  private Step pieces(String name, Supplier<List<Partition>> find, StopRequest stop) {
    Supplier<List<Partition>> once = new Once<>(find);
    return new StepBuilder(name, repository)
        .partitioner(name, partitioner(once))
        .partitionHandler(new SplitPartitions(name, repository, transactions, workers, once, stop))
        .build();
  }

  private static Partitioner partitioner(Supplier<List<Partition>> pieces) {
    return gridSize -> {
      Map<String, ExecutionContext> contexts = new TreeMap<>();
      for (Partition piece : Boundary.get(pieces)) {
        contexts.put(piece.name(), new ExecutionContext());
      }
      return contexts;
    };
  }

  /** Asks once and remembers the answer. */
  private static final class Once<T> implements Supplier<T> {
    private final Supplier<T> ask;
    private Optional<T> answer = Optional.empty();

    Once(Supplier<T> ask) {
      this.ask = ask;
    }

    @Override
    public T get() {
      if (answer.isEmpty()) {
        answer = Optional.of(ask.get());
      }
      return answer.get();
    }
  }
}
