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
import java.util.function.Supplier;
import org.consentry.custody.Piece;
import org.consentry.data.RowBatch;
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

  /** Name under which the execution context has the name of the piece. */
  static final String PIECE = "piece";

  private final JobRepository repository;
  private final PlatformTransactionManager transactions;
  private final AsyncTaskExecutor workers;
  private final Supplier<List<Piece>> pieces;
  private final StopRequest stop;

  SplitPartitions(
      JobRepository repository,
      PlatformTransactionManager transactions,
      AsyncTaskExecutor workers,
      Supplier<List<Piece>> pieces,
      StopRequest stop) {
    this.repository = repository;
    this.transactions = transactions;
    this.workers = workers;
    this.pieces = pieces;
    this.stop = stop;
  }

  @Override
  public Collection<StepExecution> handle(StepExecutionSplitter splitter, StepExecution manager)
      throws Exception {
    Set<StepExecution> partitions = splitter.split(manager, 1);
    Map<String, Piece> named = new HashMap<>();
    Boundary.get(pieces).forEach(piece -> named.put(piece.name(), piece));
    StopRequest failure = new StopRequest();
    List<Future<StepExecution>> futures = new ArrayList<>();
    for (StepExecution partition : partitions) {
      futures.add(workers.submit(() -> work(partition, named, failure)));
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

  private StepExecution work(StepExecution partition, Map<String, Piece> named, StopRequest failure)
      throws Exception {
    Piece piece = named.get(partition.getExecutionContext().getString(PIECE));
    if (failure.isAsked() || stop.isAsked() || piece == null) {
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

  private Step step(String name, Piece piece) {
    SplitItems items = new SplitItems(piece.begin(), stop);
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
}
