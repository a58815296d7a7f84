package org.consentry.export.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.connector.PartWriter;
import org.consentry.connector.PartWriter.PartFile;
import org.consentry.data.RowBatch;
import org.consentry.data.Schema;
import org.consentry.export.sort.PartRows;

/**
 * Writes the sorted rows of one part in every format. Not thread-safe. Closing without {@link
 * #finish()} leaves part files that nobody may use.
 */
public final class PartExtract implements AutoCloseable {

  private final PartRows rows;
  private final List<PartWriter> writers = new ArrayList<>();

  private PartExtract(PartRows rows) {
    this.rows = rows;
  }

  /**
   * Opens the writers.
   *
   * @param metadata text for formats that carry it
   */
  public static PartExtract open(
      PartRows rows, Schema schema, List<PartTarget> targets, Map<String, String> metadata) {
    PartExtract extract = new PartExtract(rows);
    try {
      for (PartTarget target : targets) {
        extract.writers.add(target.sink().open(target.file(), schema, metadata));
      }
      return extract;
    } catch (RuntimeException refused) {
      extract.close();
      throw refused;
    }
  }

  /** The next rows; empty at the end. */
  public Optional<RowBatch> read() {
    return rows.next();
  }

  /** Writes rows to every part file. */
  public void write(RowBatch batch) {
    writers.forEach(writer -> writer.write(batch));
  }

  /** Completes the part files, in the order of their targets. */
  public List<PartFile> finish() {
    return writers.stream().map(PartWriter::finish).toList();
  }

  @Override
  public void close() {
    try (rows) {
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
}
