package org.consentry.export.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.consentry.connector.PartWriter;
import org.consentry.data.RowBatch;
import org.consentry.data.Schema;
import org.consentry.export.PartitionWork;
import org.consentry.export.sort.PartRows;
import org.consentry.export.sort.SortedTable;
import org.consentry.export.sort.SortedTable.Part;

/** Writes the sorted rows of one part in every format. */
public final class PartExtract implements PartitionWork<RowBatch, PartResult> {

  private final Part part;
  private final PartRows rows;
  private final Consumer<RowBatch> count;
  private final Finish finish;
  private final List<PartWriter> writers = new ArrayList<>();

  /** Receives how many rows were written, again and again, and in the end the result to store. */
  public interface Finish {
    void written(long rows);

    void store(PartResult result);
  }

  private PartExtract(Part part, PartRows rows, Consumer<RowBatch> count, Finish finish) {
    this.part = part;
    this.rows = rows;
    this.count = count;
    this.finish = finish;
  }

  /**
   * Opens the writers.
   *
   * @param metadata text for formats that carry it
   * @param count receives the rows, batch by batch, to count them
   * @param finish receives the rows and stores the result
   */
  public static PartExtract open(
      SortedTable table,
      Part part,
      Schema schema,
      List<PartTarget> targets,
      Map<String, String> metadata,
      Consumer<RowBatch> count,
      Finish finish) {
    PartExtract extract = new PartExtract(part, table.open(part), count, finish);
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

  @Override
  public Optional<RowBatch> read() {
    return rows.next();
  }

  @Override
  public RowBatch extract(RowBatch batch) {
    return batch;
  }

  @Override
  public void write(RowBatch batch) {
    writers.forEach(writer -> writer.write(batch));
    count.accept(batch);
    finish.written(batch.rows());
  }

  @Override
  public PartResult finish() {
    PartResult result = new PartResult(part, writers.stream().map(PartWriter::finish).toList());
    finish.store(result);
    return result;
  }

  @Override
  public void close() {
    try (rows) {
      Closing.all(writers, PartWriter::close);
    }
  }
}
