package org.consentry.export.extract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.consentry.connector.BatchReader;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.data.LongSet;
import org.consentry.data.RowBatch;
import org.consentry.data.RowBatch.Rejection;
import org.consentry.data.Tally;
import org.consentry.export.decide.Decisions;
import org.consentry.export.select.KeyHashes;
import org.consentry.export.select.ReleasedRows;
import org.consentry.operator.OperatorKeys;
import org.consentry.operator.Transformer;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.TableExtract;
import org.consentry.problem.ProblemException;

/**
 * The rows that a run would release, batch by batch, for a reader that measures them. The same rows
 * as in a run, and nothing of them is written.
 */
public final class ReleasedBatches {

  private static final int REMEMBERED_REJECTIONS = 5;

  private final ExportPlan plan;
  private final Function<SourceTable, List<Split>> splits;
  private final OperatorKeys keys;

  /**
   * The rows of a plan.
   *
   * @param keys of operators; codes are those of a run only under the keys of a run
   */
  public ReleasedBatches(
      ExportPlan plan, Function<SourceTable, List<Split>> splits, OperatorKeys keys) {
    this.plan = plan;
    this.splits = splits;
    this.keys = keys;
  }

  /** Receives released rows. */
  @FunctionalInterface
  public interface Receiver {

    /**
     * Takes a batch, which is valid until this returns.
     *
     * @param released columns of the table's schema
     * @param subjects the number of each row's subject, at the position of the row
     */
    void batch(TableExtract table, RowBatch released, int[] subjects);
  }

  /**
   * Reads all tables, parents before children.
   *
   * @throws ProblemException category FILES_INVALID for what would end a run: an invalid value, or
   *     more bad rows than the job tolerates
   */
  public void read(Decisions decided, Receiver receiver) {
    KeyHashes hashes = new KeyHashes(keys.oneTime("references"), plan.foldedTables());
    ReleasedRows released = ReleasedRows.NONE;
    for (TableExtract table : byLevel()) {
      released = released.with(table, read(table, decided, released, hashes, receiver));
    }
  }

  /** Reads the subjects table alone, when it is released. */
  public void readSubjects(Decisions decided, Receiver receiver) {
    KeyHashes hashes = new KeyHashes(keys.oneTime("references"), plan.foldedTables());
    for (TableExtract table : byLevel()) {
      if (table.isSubjects()) {
        read(table, decided, ReleasedRows.NONE, hashes, receiver);
      }
    }
  }

  /** A table is above every table it refers to, and asks for rows of no other. */
  private List<TableExtract> byLevel() {
    return plan.tables().stream().sorted(Comparator.comparingInt(TableExtract::level)).toList();
  }

  private LongSet read(
      TableExtract table,
      Decisions decided,
      ReleasedRows below,
      KeyHashes hashes,
      Receiver receiver) {
    LongSet released = new LongSet();
    List<Transformer> transformers =
        table.operators().stream().map(operator -> operator.open(keys)).toList();
    Tally tally = Tally.NONE;
    List<Rejection> rejections = new ArrayList<>();
    for (Split split : splits.apply(table.source())) {
      Extractor extractor =
          new Extractor(
              table,
              decided.index(),
              decided.records(),
              below,
              hashes,
              transformers,
              released::add);
      try (BatchReader reader = table.source().open(split, table.sourceColumns())) {
        for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
          batch.get().rejections().stream()
              .limit(REMEMBERED_REJECTIONS - rejections.size())
              .forEach(rejections::add);
          RowBatch rows = extractor.extract(batch.get());
          rows.rejections().stream()
              .limit(REMEMBERED_REJECTIONS - rejections.size())
              .forEach(rejections::add);
          receiver.batch(table, rows, extractor.subjects());
        }
      }
      tally = tally.plus(extractor.tally());
    }
    new RejectLimit(plan).requireFew(table, tally, rejections);
    return released;
  }
}
