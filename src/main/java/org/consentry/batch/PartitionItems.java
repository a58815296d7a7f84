package org.consentry.batch;

import java.util.Optional;
import org.consentry.export.Partition;
import org.consentry.export.PartitionResult;
import org.consentry.export.PartitionWork;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemStream;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * One partition as reader, processor and writer of a step. An item begins with one batch of rows;
 * its writer goes on with those that follow, because the job repository is written to after each
 * item. A partition with an earlier result has no items. It is finished, and its marker written,
 * when the reader comes to the end; so a step that is complete has a marker. Rows, not items, are
 * reported as read and written.
 */
final class PartitionItems<B, R extends PartitionResult>
    implements ItemReader<B>,
        ItemProcessor<B, B>,
        ItemWriter<B>,
        ItemStream,
        StepExecutionListener {

  /** Batches of one item at most. */
  private static final int BATCHES = 1 << 6;

  private final Partition<B, R> partition;
  private final StopRequest stop;
  private Optional<PartitionWork<B, R>> work = Optional.empty();
  private Optional<R> result = Optional.empty();
  private Optional<R> finished = Optional.empty();
  private boolean isAtEnd;
  private boolean stopped;

  PartitionItems(Partition<B, R> partition, StopRequest stop) {
    this.partition = partition;
    this.stop = stop;
  }

  /** What came of the partition; empty when it was not finished. */
  Optional<R> result() {
    return result;
  }

  @Override
  public void open(ExecutionContext context) {
    result = Boundary.get(partition.earlier());
    if (result.isEmpty()) {
      work = Optional.of(Boundary.get(partition.begin()));
    }
  }

  @Override
  public @Nullable B read() {
    if (work.isEmpty()) {
      return null;
    }
    if (stop.isAsked()) {
      stopped = true;
      return null;
    }
    PartitionWork<B, R> open = work.get();
    Optional<B> batch = next(open);
    if (batch.isEmpty()) {
      finished = Optional.of(Boundary.get(open::finish));
      result = finished;
      return null;
    }
    return batch.get();
  }

  @Override
  public B process(B batch) {
    return Boundary.get(() -> work.orElseThrow().extract(batch));
  }

  @Override
  public void write(Chunk<? extends B> chunk) {
    PartitionWork<B, R> open = work.orElseThrow();
    for (B batch : chunk) {
      Boundary.run(() -> open.write(batch));
    }
    for (int batches = 1; batches < BATCHES && !stop.isAsked(); batches++) {
      Optional<B> batch = next(open);
      if (batch.isEmpty()) {
        return;
      }
      Boundary.run(() -> open.write(open.extract(batch.get())));
    }
  }

  /** The next batch; after the last one nothing is asked for again. */
  private Optional<B> next(PartitionWork<B, R> open) {
    Optional<B> batch = isAtEnd ? Optional.empty() : Boundary.get(open::read);
    isAtEnd = batch.isEmpty();
    return batch;
  }

  @Override
  public ExitStatus afterStep(StepExecution execution) {
    execution.setReadCount(finished.map(PartitionResult::rowsRead).orElse(0L));
    execution.setWriteCount(finished.map(PartitionResult::rowsReleased).orElse(0L));
    execution.setFilterCount(finished.map(PartitionResult::rowsExcluded).orElse(0L));
    if (stopped) {
      execution.setStatus(BatchStatus.STOPPED);
      return ExitStatus.STOPPED;
    }
    return execution.getExitStatus();
  }

  @Override
  public void close() {
    work.ifPresent(open -> Boundary.run(open::close));
    work = Optional.empty();
  }
}
