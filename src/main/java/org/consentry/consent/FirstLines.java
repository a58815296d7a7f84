package org.consentry.consent;

import java.util.List;
import java.util.stream.IntStream;
import org.consentry.data.RowBatch;
import org.consentry.data.RowBatch.Rejection;

/**
 * Looks at the first lines of a file of consent lines without a look at patients: what is wrong
 * with each line alone. Example lines are reported as such elsewhere. Not thread-safe.
 *
 * <p><b>Security promise:</b> no problem contains a cell or a patient.
 */
public final class FirstLines {

  private final ConsentHeader header;
  private final int most;
  private final LineParser parser = new LineParser();
  private final ProblemCounts.Collector found = new ProblemCounts.Collector();
  private final LineOrder order;
  private int rows;

  /**
   * A look at one file.
   *
   * @param most how many rows are looked at
   */
  public FirstLines(ConsentHeader header, int most) {
    this.header = header;
    this.most = most;
    this.order = new LineOrder(header, found);
  }

  /** Whether more rows are wanted. */
  public boolean isWanted() {
    return rows < most;
  }

  /** Looks at rows whose columns are those of {@link ConsentHeader#columns()}. */
  public void add(RowBatch batch) {
    int looked = Math.min(batch.rows(), most - rows);
    boolean isWhole = looked == batch.rows();
    long end = isWhole ? Long.MAX_VALUE : batch.lines().applyAsLong(looked);
    List<Rejection> damage =
        batch.rejections().stream()
            .filter(record -> record.fields() != 0 && record.line() < end)
            .toList();
    parser.batch(batch);
    rows += looked;
    boolean[] examples = ExampleLines.in(batch);
    order.merge(
        IntStream.range(0, looked).filter(row -> !examples[row]).boxed().toList(),
        damage.iterator(),
        row -> look(batch, row),
        row -> batch.lines().applyAsLong(row));
  }

  private void look(RowBatch batch, int row) {
    long line = batch.lines().applyAsLong(row);
    order.row(line, line + 1 + LineParser.lineBreaks(batch, row));
    parser.row(row);
    try {
      parser.parse(header.file(), line);
      if (!parser.hasPatient()) {
        bad(line, new LineParser.BadRow(ConsentColumn.PATIENT_ID, "an id"));
      }
    } catch (LineParser.BadRow flaw) {
      bad(line, flaw);
    }
  }

  private void bad(long line, LineParser.BadRow flaw) {
    String why = String.valueOf(flaw.getMessage());
    if (parser.isClearlyPermit()) {
      found.add(ConsentDamage.badPermit(header.file(), line, why));
    } else if (!parser.hasPatient()) {
      found.add(ConsentDamage.withoutPatient(header.file(), line));
    } else {
      found.add(
          ConsentDamage.badRestriction(header.file(), line, why, ConsentDamage.UNTIL_CORRECTED));
    }
  }

  /** What was found so far. */
  public ProblemCounts found() {
    return found.reported();
  }
}
