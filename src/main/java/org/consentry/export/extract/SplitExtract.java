package org.consentry.export.extract;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.consentry.connector.BatchReader;
import org.consentry.data.MissingCells;
import org.consentry.data.RowBatch;
import org.consentry.data.RowBatch.Rejection;
import org.consentry.export.sort.SpillWriter;

/**
 * Extracts the rows of one table and split into its spill file. Closing without {@link #finish}
 * leaves files that do not count. Not thread-safe.
 */
public final class SplitExtract implements AutoCloseable {

  private static final int REMEMBERED_REJECTIONS = 10_000;

  private final Extractor extractor;
  private final SpillWriter spill;
  private final Optional<KeySpill> keys;
  private final Optional<KnownTuples> known;
  private final List<Rejection> rejections = new ArrayList<>();
  private final Numbers released;
  private final Rows rows;
  private final Finish finish;

  /**
   * Receives a batch that was read, the subject of each of its rows by number, -1 where there is
   * none, and how many of them are released.
   */
  public interface Rows {
    void extracted(RowBatch read, int[] subjects, long released);
  }

  /** Stores the result of a split, the log of its released days, and what is known of its rows. */
  public interface Finish {
    void store(SplitResult result, byte[] spans, Optional<List<LongBuffer>> known);
  }

  /**
   * Begins.
   *
   * @param makeExtractor makes the extractor, given the receiver of the numbers of released rows
   * @param spill where released rows go
   * @param keys where their keys go, if the table declares one that is released
   * @param known collects what an adversary may know of them, if the job has a rule for it
   */
  public SplitExtract(
      Function<LongConsumer, Extractor> makeExtractor,
      SpillWriter spill,
      Optional<KeySpill> keys,
      Optional<KnownTuples> known,
      Rows rows,
      Finish finish) {
    this.released = new Numbers();
    this.extractor = makeExtractor.apply(released::add);
    this.spill = spill;
    this.keys = keys;
    this.known = known;
    this.rows = rows;
    this.finish = finish;
  }

  /** The released rows of a batch. */
  RowBatch extract(RowBatch batch) {
    RowBatch answer = extractor.extract(batch);
    remember(batch.rejections());
    remember(answer.rejections());
    known.ifPresent(tuples -> tuples.add(answer, extractor.subjects()));
    rows.extracted(batch, extractor.found(), answer.rows());
    return answer;
  }

  private void remember(List<Rejection> rows) {
    rows.stream().limit(REMEMBERED_REJECTIONS - rejections.size()).forEach(rejections::add);
  }

  /** Writes released rows. */
  void write(RowBatch batch) {
    spill.write(batch);
    keys.ifPresent(to -> to.write(batch));
  }

  /**
   * Completes the files of the split and stores its result.
   *
   * @param missing cells without a value, as {@link BatchReader#missing} counts them
   */
  SplitResult finish(List<MissingCells> missing) {
    SplitResult result =
        new SplitResult(
            extractor.tally(missing),
            spill.finish(),
            keys.map(KeySpill::finish),
            rejections,
            extractor.contents(),
            extractor.filled(),
            released.toArray());
    finish.store(result, extractor.spans(), known.map(KnownTuples::pieces));
    return result;
  }

  @Override
  public void close() {
    try (spill) {
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
