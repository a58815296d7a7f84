package org.consentry.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.consentry.data.RowBatch;
import org.consentry.export.Partition;
import org.consentry.problem.ProblemException;
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
 * Runs the partitions of a step: each is one piece, worked on by a chunk-oriented step of its own
 * whose item is a {@link RowBatch}. One batch a chunk, because a reader may reuse the buffers of
 * the batch before. When one piece fails, no other is begun.
 */
final class SplitPartitions implements PartitionHandler {

  private final String name;
  private final JobRepository repository;
  private final PlatformTransactionManager transactions;
  private final AsyncTaskExecutor workers;
  private final Supplier<List<Partition>> pieces;
  private final StopRequest stop;

  SplitPartitions(
      String name,
      JobRepository repository,
      PlatformTransactionManager transactions,
      AsyncTaskExecutor workers,
      Supplier<List<Partition>> pieces,
      StopRequest stop) {
    this.name = name;
    this.repository = repository;
    this.transactions = transactions;
    this.workers = workers;
    this.pieces = pieces;
    this.stop = stop;
  }

  @Override
  public Collection<StepExecution> handle(StepExecutionSplitter splitter, StepExecution manager) {
    return Boundary.call(() -> partitions(splitter.split(manager, 1)));
  }

  private List<StepExecution> partitions(Set<StepExecution> partitions) throws Exception {
    Map<String, Partition> named = new HashMap<>();
    pieces.get().forEach(piece -> named.put(name + ":" + piece.name(), piece));
    StopRequest failure = new StopRequest();
    List<Future<StepExecution>> futures = new ArrayList<>();
    for (StepExecution partition : partitions) {
      Partition piece = Objects.requireNonNull(named.get(partition.getStepName()));
      futures.add(workers.submit(() -> Boundary.call(() -> work(partition, piece, failure))));
    }
    return await(futures, failure);
  }

  /** No thread writes to staging any more when this returns or throws. */
  private static List<StepExecution> await(List<Future<StepExecution>> futures, StopRequest failure)
      throws Exception {
    List<StepExecution> done = new ArrayList<>();
    Optional<Throwable> first = Optional.empty();
    for (Future<StepExecution> future : futures) {
      try {
        done.add(future.get());
      } catch (ExecutionException failed) {
        failure.ask();
        first = first.or(() -> Optional.ofNullable(failed.getCause()));
      }
    }
    if (first.isPresent()) {
      throw first.get() instanceof ProblemException known
          ? known
          : Boundary.unexpected(first.get());
    }
    return done;
  }

  private StepExecution work(StepExecution partition, Partition piece, StopRequest failure)
      throws Exception {
    if (failure.isAsked() || stop.isAsked()) {
      partition.setStatus(BatchStatus.STOPPED);
      partition.setExitStatus(ExitStatus.STOPPED);
      repository.update(partition);
      return partition;
    }
    step(partition.getStepName(), piece).execute(partition);
    if (partition.getStatus() != BatchStatus.COMPLETED) {
      failure.ask();
    }
    return partition;
  }

  private Step step(String partition, Partition piece) {
    SplitItems items = new SplitItems(piece.begin(), stop);
    return new StepBuilder(partition, repository)
            .<RowBatch, RowBatch>chunk(1)
            .transactionManager(transactions)
            .reader(items)
            .processor(items)
            .writer(items)
            .stream(items)
            .listener(items)
            .build();
  }
}
