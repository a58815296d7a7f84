package org.consentry.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.consentry.export.Cluster;
import org.consentry.export.Partition;
import org.consentry.export.PartitionResult;
import org.consentry.export.SentStep;
import org.consentry.export.Workers;
import org.consentry.problem.ProblemException;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.partition.support.DefaultStepExecutionAggregator;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.item.ChunkOrientedStep;

/**
 * The workers of a run, at work for one step. A partition is a chunk-oriented step of its own,
 * whose item is some batches of rows. One item a chunk, because a reader may reuse the buffers of
 * the batch before. When one partition fails, no other is begun.
 */
final class BatchWorkers implements Workers {

  private final Batch batch;
  private final StepExecution stage;
  private final StopRequest stop;

  BatchWorkers(Batch batch, StepExecution stage, StopRequest stop) {
    this.batch = batch;
    this.stage = stage;
    this.stop = stop;
  }

  @Override
  public <T> List<T> all(List<Callable<T>> pieces) {
    return new WorkerPool(batch.workers()).all(pieces);
  }

  @Override
  public <T> Supplier<T> begin(Callable<T> piece) {
    return new WorkerPool(batch.workers()).begin(piece);
  }

  @Override
  public <B, R extends PartitionResult> List<R> partitions(
      String step, List<Partition<B, R>> partitions) {
    return Boundary.call(() -> partitions(begin(step, partitions)));
  }

  @Override
  public String engine() {
    return batch.cluster().map(Cluster::name).orElseGet(Workers.super::engine);
  }

  @Override
  public int elsewhere() {
    return batch.cluster().map(Cluster::slots).orElse(0);
  }

  @Override
  public <B, R extends PartitionResult> List<R> partitions(
      String step, List<Partition<B, R>> partitions, SentStep<R> sent) {
    return batch.cluster().isEmpty()
        ? partitions(step, partitions)
        : Boundary.call(() -> elsewhere(batch.cluster().get(), step, partitions, sent));
  }

  /** What was done before is looked up here; the rest is done by other processes. */
  private <B, R extends PartitionResult> List<R> elsewhere(
      Cluster cluster, String step, List<Partition<B, R>> partitions, SentStep<R> sent) {
    List<Optional<R>> results =
        new ArrayList<>(
            all(
                partitions.stream()
                    .<Callable<Optional<R>>>map(partition -> () -> partition.earlier().get())
                    .toList()));
    List<Integer> open =
        IntStream.range(0, results.size())
            .filter(position -> results.get(position).isEmpty())
            .boxed()
            .toList();
    boolean isDone =
        open.isEmpty()
            || cluster.run(
                step,
                sent.contents(),
                open,
                position -> results.set(position, Optional.of(sent.result().apply(position))));
    if (!isDone || stop.isAsked()) {
      throw new StoppedException();
    }
    List<R> done = results.stream().map(Optional::orElseThrow).toList();
    stage.setReadCount(sum(stage.getReadCount(), done, PartitionResult::rowsRead));
    stage.setWriteCount(sum(stage.getWriteCount(), done, PartitionResult::rowsReleased));
    stage.setFilterCount(sum(stage.getFilterCount(), done, PartitionResult::rowsExcluded));
    return done;
  }

  private static <R extends PartitionResult> long sum(
      long before, List<R> results, ToLongFunction<R> rows) {
    return before + results.stream().mapToLong(rows).sum();
  }

  /** A partition, what it does, and what the job repository stores of it. */
  private record Work<B, R extends PartitionResult>(
      PartitionItems<B, R> items, StepExecution execution) {}

  private <B, R extends PartitionResult> List<Work<B, R>> begin(
      String step, List<Partition<B, R>> partitions) {
    List<Work<B, R>> all = new ArrayList<>();
    for (Partition<B, R> partition : partitions) {
      String name = step + ":" + partition.name();
      all.add(
          new Work<>(
              new PartitionItems<>(partition, stop),
              batch.repository().createStepExecution(name, stage.getJobExecution())));
    }
    return all;
  }

  private <B, R extends PartitionResult> List<R> partitions(List<Work<B, R>> all) throws Exception {
    StopRequest failure = new StopRequest();
    List<Future<Boolean>> futures = new ArrayList<>();
    for (Work<B, R> work : all) {
      futures.add(batch.workers().submit(() -> Boundary.call(() -> isDone(work, failure))));
    }
    await(futures, failure);
    List<StepExecution> executions = all.stream().map(Work::execution).toList();
    List<R> results = all.stream().flatMap(work -> work.items().result().stream()).toList();
    if (results.size() < all.size()) {
      throw new StoppedException();
    }
    new DefaultStepExecutionAggregator().aggregate(stage, executions);
    return results;
  }

  /** No thread writes to staging any more when this returns or throws. */
  private static void await(List<Future<Boolean>> futures, StopRequest failure)
      throws InterruptedException {
    Optional<ProblemException> first = Optional.empty();
    for (Future<Boolean> future : futures) {
      try {
        future.get();
      } catch (ExecutionException failed) {
        failure.ask();
        first = first.or(() -> Optional.of(known(failed)));
      }
    }
    if (first.isPresent()) {
      throw first.get();
    }
  }

  private static ProblemException known(ExecutionException failed) {
    Throwable cause = failed.getCause();
    return cause instanceof ProblemException known
        ? known
        : Boundary.unexpected(cause == null ? failed : cause);
  }

  private boolean isDone(Work<?, ?> work, StopRequest failure) throws Exception {
    StepExecution execution = work.execution();
    if (failure.isAsked() || stop.isAsked()) {
      execution.setStatus(BatchStatus.STOPPED);
      execution.setExitStatus(ExitStatus.STOPPED);
      batch.repository().update(execution);
      return false;
    }
    step(execution.getStepName(), work.items()).execute(execution);
    if (execution.getStatus() != BatchStatus.COMPLETED) {
      failure.ask();
    }
    if (execution.getStatus() == BatchStatus.FAILED) {
      throw Boundary.failure(execution.getStatus(), execution.getFailureExceptions());
    }
    return execution.getStatus() == BatchStatus.COMPLETED;
  }

  /**
   * A step made without the builder, which looks for annotations on every method of the items. Any
   * other listener that the items become is registered here.
   */
  private <B> Step step(String name, PartitionItems<B, ?> items) throws Exception {
    ChunkOrientedStep<B, B> step =
        new ChunkOrientedStep<>(name, 1, items, items, batch.repository());
    step.setItemProcessor(items);
    step.setTransactionManager(batch.transactions());
    step.registerStepExecutionListener(items);
    step.afterPropertiesSet();
    return step;
  }
}
