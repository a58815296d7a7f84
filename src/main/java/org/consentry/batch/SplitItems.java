package org.consentry.batch;

import java.util.Optional;
import java.util.function.Supplier;
import org.consentry.data.RowBatch;
import org.consentry.data.Tally;
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
 * One split as reader, processor and writer of a step. A split whose marker holds has no items. The
 * split is finished, and its marker written, when the reader comes to the end; so a step that is
 * complete has a marker. Rows, not items, are reported as read and written.
 */
final class SplitItems
    implements ItemReader<RowBatch>,
        ItemProcessor<RowBatch, RowBatch>,
        ItemWriter<RowBatch>,
        ItemStream,
        StepExecutionListener {

  private final Supplier<Optional<PartitionWork>> begin;
  private final StopRequest stop;
  private Optional<PartitionWork> work = Optional.empty();
  private Tally tally = Tally.NONE;
  private boolean stopped;

  SplitItems(Supplier<Optional<PartitionWork>> begin, StopRequest stop) {
    this.begin = begin;
    this.stop = stop;
  }

  @Override
  public void open(ExecutionContext context) {
    work = Boundary.get(begin);
  }

  @Override
  public @Nullable RowBatch read() {
    if (work.isEmpty()) {
      return null;
    }
    if (stop.isAsked()) {
      stopped = true;
      return null;
    }
    PartitionWork open = work.get();
    Optional<RowBatch> batch = Boundary.get(open::read);
    if (batch.isEmpty()) {
      tally = Boundary.get(open::finish);
      return null;
    }
    return batch.get();
  }

  @Override
  public RowBatch process(RowBatch batch) {
    return Boundary.get(() -> work.orElseThrow().extract(batch));
  }

  @Override
  public void write(Chunk<? extends RowBatch> chunk) {
    for (RowBatch batch : chunk) {
      Boundary.run(() -> work.orElseThrow().write(batch));
    }
  }

  @Override
  public ExitStatus afterStep(StepExecution execution) {
    execution.setReadCount(tally.read());
    execution.setWriteCount(tally.released());
    execution.setFilterCount(tally.excludedTotal());
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
