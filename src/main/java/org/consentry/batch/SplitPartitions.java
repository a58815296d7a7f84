package org.consentry.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.consentry.custody.Custody;
import org.consentry.custody.SplitWork;
import org.consentry.data.RowBatch;
import org.consentry.source.Split;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Runs the partitions of a level: each is one split, worked on by a chunk-oriented step of its own
 * whose item is a {@link RowBatch}. One batch a chunk, because a reader may reuse the buffers of
 * the batch before. When one split fails, no other is begun.
 */
final class SplitPartitions implements PartitionHandler {

  /** Name under which the execution context keeps the name of the split. */
  static final String SPLIT = "split";

  private final JobRepository repository;
  private final PlatformTransactionManager transactions;
  private final AsyncTaskExecutor workers;
  private final Custody custody;
  private final int level;
  private final StopRequest stop;

  SplitPartitions(
      JobRepository repository,
      PlatformTransactionManager transactions,
      AsyncTaskExecutor workers,
      Custody custody,
      int level,
      StopRequest stop) {
    this.repository = repository;
    this.transactions = transactions;
    this.workers = workers;
    this.custody = custody;
    this.level = level;
    this.stop = stop;
  }

  @Override
  public Collection<StepExecution> handle(StepExecutionSplitter splitter, StepExecution manager)
      throws Exception {
    Set<StepExecution> partitions = splitter.split(manager, 1);
    Map<String, Split> splits = new HashMap<>();
    Boundary.get(() -> custody.splits(level)).forEach(split -> splits.put(nameOf(split), split));
    StopRequest failure = new StopRequest();
    List<Future<StepExecution>> futures = new ArrayList<>();
    for (StepExecution partition : partitions) {
      futures.add(workers.submit(() -> work(partition, splits, failure)));
    }
    return await(futures, failure);
  }

  /** Nobody writes to staging any more when this returns or throws. */
  private static List<StepExecution> await(List<Future<StepExecution>> futures, StopRequest failure)
      throws Exception {
    List<StepExecution> done = new ArrayList<>();
    Optional<ExecutionException> first = Optional.empty();
    for (Future<StepExecution> future : futures) {
      try {
        done.add(future.get());
      } catch (ExecutionException failed) {
        failure.ask();
        first = first.or(() -> Optional.of(failed));
      }
    }
    if (first.isPresent()) {
      throw first.get();
    }
    return done;
  }

  /**
   * The name of a split's partition. A restarted step keeps its contexts from the run before, so a
   * split is found by what does not move when others are added.
   */
  static String nameOf(Split split) {
    return split.table() + "-" + split.number();
  }

  private StepExecution work(
      StepExecution partition, Map<String, Split> splits, StopRequest failure) throws Exception {
    Split split = splits.get(partition.getExecutionContext().getString(SPLIT));
    if (failure.isAsked() || stop.isAsked() || split == null) {
      partition.setStatus(BatchStatus.STOPPED);
      partition.setExitStatus(ExitStatus.STOPPED);
      repository.update(partition);
      return partition;
    }
    step(partition.getStepName(), split).execute(partition);
    if (partition.getStatus() != BatchStatus.COMPLETED) {
      failure.ask();
    }
    return partition;
  }

  private Step step(String name, Split split) {
    SplitItems items = new SplitItems(() -> begin(split), stop);
    return new StepBuilder(name, repository)
            .<RowBatch, RowBatch>chunk(1)
            .transactionManager(transactions)
            .reader(items)
            .processor(items)
            .writer(items)
            .stream(items)
            .listener(items)
            .allowStartIfComplete(true)
            .build();
  }

  private Optional<SplitWork> begin(Split split) {
    return custody.begin(split);
  }
}
