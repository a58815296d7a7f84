package org.consentry.export.extract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.consentry.connector.BatchReader;
import org.consentry.data.RowBatch;
import org.consentry.data.RowBatch.Rejection;
import org.consentry.export.decide.RecordSpans;
import org.consentry.export.sort.SpillWriter;

/**
 * Extracts one split into the spill file of its table: read, extract, write until nothing is left,
 * then finish. The three verbs are apart so that any engine may drive them. Not thread-safe.
 * Closing without {@link #finish()} leaves a spill file that does not count.
 */
public final class SplitExtract implements AutoCloseable {

  private static final int REMEMBERED_REJECTIONS = 5;

  private final BatchReader reader;
  private final Extractor extractor;
  private final SpillWriter spill;
  private final Optional<KeySpill> keys;
  private final List<Rejection> rejections = new ArrayList<>();
  private final Numbers released;

  /**
   * Begins.
   *
   * @param makeExtractor makes the extractor, given who is told of released rows
   * @param spill where released rows go
   * @param keys where their keys go, if the table declares one that is released
   */
  public SplitExtract(
      BatchReader reader,
      Function<LongConsumer, Extractor> makeExtractor,
      SpillWriter spill,
      Optional<KeySpill> keys) {
    this.reader = reader;
    this.released = new Numbers();
    this.extractor = makeExtractor.apply(released::add);
    this.spill = spill;
    this.keys = keys;
  }

  /** The next source rows; empty at the end. */
  public Optional<RowBatch> read() {
    return reader.next();
  }

  /** The released rows of a batch, possibly none. */
  public RowBatch extract(RowBatch batch) {
    for (Rejection rejection : batch.rejections()) {
      if (rejections.size() < REMEMBERED_REJECTIONS) {
        rejections.add(rejection);
      }
    }
    return extractor.extract(batch);
  }

  /** Spills released rows. */
  public void write(RowBatch batch) {
    spill.write(batch);
    keys.ifPresent(of -> of.write(batch));
  }

  /** Completes the spill file and reports what came of the split. */
  public SplitResult finish() {
    return new SplitResult(
        extractor.tally(),
        spill.finish(),
        keys.map(KeySpill::finish),
        rejections,
        released.toArray());
  }

  /** Whose records were released, and of which days, as {@link RecordSpans} reads it. */
  public byte[] spans() {
    return extractor.spans();
  }

  @Override
  public void close() {
    try (reader;
        spill) {
      keys.ifPresent(KeySpill::close);
    }
  }

  /** A growing array of longs. */
  private static final class Numbers {
    private long[] numbers = new long[16];
    private int size;

    void add(long number) {
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, size * 2);
      }
      numbers[size++] = number;
    }

    long[] toArray() {
      return Arrays.copyOf(numbers, size);
    }
  }
}
