package org.consentry.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.consentry.data.RowBatch;
import org.consentry.data.RowBatch.Rejection;
import org.consentry.sink.PartWriter;
import org.consentry.sink.PartWriter.PartFile;
import org.consentry.source.BatchReader;

/**
 * Extracts one split into its part files: read, extract, write until nothing is left, then finish.
 * The three verbs are apart so that any engine may drive them. Not thread-safe. Closing without
 * {@link #finish()} leaves part files that nobody may use.
 */
public final class SplitExtract implements AutoCloseable {

  private static final int REMEMBERED_REJECTIONS = 5;

  private final BatchReader reader;
  private final Extractor extractor;
  private final List<PartWriter> writers = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();
  private final Numbers released;

  private SplitExtract(BatchReader reader, Extractor extractor, Numbers released) {
    this.reader = reader;
    this.extractor = extractor;
    this.released = released;
  }

  /**
   * Opens reader and writers.
   *
   * @param makeExtractor makes the extractor, given who is told of released rows
   * @param metadata text for formats that carry it
   */
  public static SplitExtract open(
      BatchReader reader,
      Function<LongConsumer, Extractor> makeExtractor,
      TableExtract table,
      List<PartTarget> targets,
      Map<String, String> metadata) {
    Numbers released = new Numbers();
    SplitExtract extract = new SplitExtract(reader, makeExtractor.apply(released::add), released);
    try {
      for (PartTarget target : targets) {
        extract.writers.add(target.sink().open(target.file(), table.schema(), metadata));
      }
      return extract;
    } catch (RuntimeException refused) {
      extract.close();
      throw refused;
    }
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

  /** Writes released rows to every part file. */
  public void write(RowBatch batch) {
    if (batch.rows() > 0) {
      writers.forEach(writer -> writer.write(batch));
    }
  }

  /** Completes the part files and tells what came of the split. */
  public SplitResult finish() {
    List<PartFile> parts = writers.stream().map(PartWriter::finish).toList();
    return new SplitResult(extractor.tally(), parts, rejections, released.toArray());
  }

  /** Whose records were released, and of which days, as {@link RecordSpans} reads it. */
  public byte[] spans() {
    return extractor.spans();
  }

  @Override
  public void close() {
    try (reader) {
      close(writers);
    }
  }

  /** Closes every writer though one cannot be closed. */
  private static void close(List<PartWriter> writers) {
    if (!writers.isEmpty()) {
      try {
        writers.get(0).close();
      } finally {
        close(writers.subList(1, writers.size()));
      }
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
