package org.consentry.pipeline;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongConsumer;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.LongColumn;
import org.consentry.data.RecordCategory;
import org.consentry.data.RowBatch;
import org.consentry.data.SubjectIndex;
import org.consentry.data.Tally;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.transform.OnInvalid;
import org.consentry.transform.TransformInput;
import org.consentry.transform.Transformer;

/**
 * Turns batches of source rows into batches of released rows, column by column. The answer depends
 * on the rows, the plan, the decisions and the keys alone. Not thread-safe: one a split.
 *
 * <p><b>Security promise:</b> a row leaves only if its subject is not excluded and consent covers
 * the record; a cell of a category of its own leaves only if consent covers it too.
 */
public final class Extractor {

  private final TableExtract table;
  private final SubjectIndex index;
  private final List<Transformer> transformers;
  private final RowSelector selector;
  private final KeyPrints prints;
  private final LongConsumer releasedKeys;
  private final TallyCounter counter = new TallyCounter();

  /**
   * Prepares the extract of one split.
   *
   * @param transformers one for each output of the table, opened with the run's keys
   * @param releasedKeys told of every released row: the subject's number in the subjects table, the
   *     print of its key in a table others refer to; nothing otherwise
   */
  public Extractor(
      TableExtract table,
      SubjectIndex index,
      RecordConsent consent,
      ReleasedRows released,
      KeyPrints prints,
      List<Transformer> transformers,
      LongConsumer releasedKeys) {
    this.table = table;
    this.index = index;
    this.transformers = List.copyOf(transformers);
    this.selector = new RowSelector(table, index, consent, released, prints);
    this.prints = prints;
    this.releasedKeys = releasedKeys;
  }

  /**
   * Extracts one batch.
   *
   * @return the released rows, possibly none, with the columns of the table's schema
   * @throws ProblemException for a value an operator cannot take under {@code onInvalid: stop};
   *     names file, line and column
   */
  public RowBatch extract(RowBatch batch) {
    selector.select(batch, counter);
    BitSet rejected = new BitSet();
    List<Column> columns = transform(batch, rejected);
    if (!rejected.isEmpty()) {
      selector.reject(rejected, counter);
      columns = transform(batch, new BitSet());
    }
    columns = withhold(batch, columns);
    counter.released(selector.count());
    tellKeys(batch);
    int[] rows = selector.rows();
    return new RowBatch(
        selector.count(),
        columns,
        List.of(),
        position -> batch.lines().applyAsLong(rows[position]));
  }

  /** What became of the rows so far; balances by construction. */
  public Tally tally() {
    return counter.tally();
  }

  private List<Column> transform(RowBatch batch, BitSet rejected) {
    List<Column> columns = new ArrayList<>();
    List<Blanks> blanks = new ArrayList<>();
    for (int i = 0; i < transformers.size(); i++) {
      OutputColumn output = table.outputs().get(i);
      Blanks blank = new Blanks(batch, output, rejected);
      blanks.add(blank);
      columns.add(
          transformers
              .get(i)
              .transform(
                  new TransformInput(
                      batch,
                      output.sourceColumn(),
                      selector.rows(),
                      selector.count(),
                      selector.subjects(),
                      index,
                      blank)));
    }
    if (rejected.isEmpty()) {
      blanks.forEach(blank -> counter.blanked(blank.output.name(), blank.count));
    }
    return columns;
  }

  private List<Column> withhold(RowBatch batch, List<Column> columns) {
    List<Column> answer = new ArrayList<>(columns);
    for (int i = 0; i < columns.size(); i++) {
      OutputColumn output = table.outputs().get(i);
      if (output.category().isPresent() && output.category().get() != table.category()) {
        answer.set(i, withhold(batch, columns.get(i), output, output.category().get()));
      }
    }
    return answer;
  }

  private Column withhold(
      RowBatch batch, Column column, OutputColumn output, RecordCategory category) {
    BitSet hidden = new BitSet();
    for (int position = 0; position < selector.count(); position++) {
      if (!column.isMissing(position) && !selector.covers(batch, position, category)) {
        hidden.set(position);
      }
    }
    counter.withheld(output.name(), hidden.cardinality());
    return hidden.isEmpty() ? column : without(column, hidden);
  }

  private static Column without(Column column, BitSet hidden) {
    if (column instanceof BytesColumn bytes) {
      int[] starts = bytes.starts().clone();
      hidden.stream().forEach(position -> starts[position] = BytesColumn.MISSING);
      return new BytesColumn(bytes.rows(), bytes.buffer(), starts, bytes.ends());
    }
    long[] values = ((LongColumn) column).values().clone();
    hidden.stream().forEach(position -> values[position] = LongColumn.MISSING);
    return new LongColumn(column.rows(), values);
  }

  private void tellKeys(RowBatch batch) {
    if (table.isSubjects()) {
      for (int position = 0; position < selector.count(); position++) {
        releasedKeys.accept(selector.subjects()[position]);
      }
    } else if (table.key().isPresent()) {
      BytesColumn keys = (BytesColumn) batch.columns().get(table.key().get());
      for (int position = 0; position < selector.count(); position++) {
        int row = selector.rows()[position];
        if (!keys.isMissing(row)) {
          releasedKeys.accept(prints.of(keys.buffer(), keys.starts()[row], keys.ends()[row]));
        }
      }
    }
  }

  /** What happens to invalid values of one column in one batch. */
  private final class Blanks implements TransformInput.Invalid {
    private final RowBatch batch;
    private final OutputColumn output;
    private final BitSet rejected;
    private long count;

    Blanks(RowBatch batch, OutputColumn output, BitSet rejected) {
      this.batch = batch;
      this.output = output;
      this.rejected = rejected;
    }

    @Override
    public void at(int position, String expected) {
      switch (output.onInvalid()) {
        case STOP -> throw stop(position, expected);
        case BLANK -> count++;
        case REJECT_ROW -> rejected.set(position);
      }
    }

    private ProblemException stop(int position, String expected) {
      long line = batch.lines().applyAsLong(selector.rows()[position]);
      return ProblemException.of(
          Category.RUN_FAILED,
          "INVALID_VALUE",
          Place.of(table.source().file(), line),
          "column '" + output.sourceName() + "' holds a value that is not " + expected,
          "repair the row, or set onInvalid: "
              + OnInvalid.BLANK.name().toLowerCase(java.util.Locale.ROOT)
              + " or reject-row for '"
              + output.name()
              + "' in the mapping");
    }
  }
}
