package org.consentry.consent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consentry.consent.LineRow.Kind;
import org.consentry.data.RowBatch;
import org.consentry.data.RowBatch.Rejection;
import org.consentry.data.SubjectKeys;
import org.consentry.problem.ProblemException;

/**
 * Reads the rows of one split of a file of consent lines. Other threads may read other splits;
 * {@link ConsentReading} takes what they found in the order of the file. Not thread-safe.
 */
public final class SplitLines {

  private final ConsentHeader header;
  private final SubjectKeys keys;
  private final ConsentSink sink;
  private final RestrictionDigest digests;
  private Optional<LineParser> reader = Optional.of(new LineParser());
  private final List<LineRow> rows = new ArrayList<>();
  private final ExampleLines examples = new ExampleLines();
  private final List<Rejection> damage = new ArrayList<>();
  private Optional<ProblemException> failure = Optional.empty();
  private long lastEmpty;

  /**
   * A reader of one split.
   *
   * @param keys all subjects; none is added from now on
   * @param sink asked for what a line means
   * @param digests identifies lines that may restrict
   */
  public SplitLines(
      ConsentHeader header, SubjectKeys keys, ConsentSink sink, RestrictionDigest digests) {
    this.header = header;
    this.keys = keys;
    this.sink = sink;
    this.digests = digests;
  }

  /** Reads a batch whose columns are those of {@link ConsentHeader#columns()}. */
  public void add(RowBatch batch) {
    for (Rejection rejection : batch.rejections()) {
      if (rejection.fields() == 0) {
        lastEmpty = rejection.line();
      } else {
        damage.add(rejection);
      }
    }
    LineParser parser = reader.orElseThrow();
    parser.batch(batch);
    examples.add(batch);
    long line = batch.rows() == 0 ? 0 : batch.lines().applyAsLong(0);
    for (int row = 0; row < batch.rows(); row++) {
      long next = row + 1 == batch.rows() ? 0 : batch.lines().applyAsLong(row + 1);
      parser.row(row);
      rows.add(row(parser, batch, row, line, next));
      line = next;
    }
  }

  /** Gives back the memory that reading takes: no batch is added from now on. */
  public void complete() {
    reader = Optional.empty();
  }

  /** Notes that the split cannot be read to its end. */
  public void failed(ProblemException problem) {
    failure = Optional.of(problem);
  }

  private LineRow row(LineParser parser, RowBatch batch, int row, long line, long next) {
    long after = next == line + 1 ? next : line + 1 + LineParser.lineBreaks(batch, row);
    int subject = parser.subject(keys);
    Kind kind = parser.isClearlyPermit() ? Kind.CLEAR_PERMIT : Kind.MAY_RESTRICT;
    boolean isKnown = subject >= 0 && kind == Kind.CLEAR_PERMIT;
    String patient = isKnown ? "" : parser.patient();
    Optional<LineFacts> facts = Optional.empty();
    String fault = "";
    try {
      facts = Optional.of(sink.facts(subject, content(parser, line)));
    } catch (LineParser.BadRow e) {
      fault = String.valueOf(e.getMessage());
    }
    boolean isNeeded = facts.isEmpty() || kind == Kind.MAY_RESTRICT;
    String id = isNeeded ? parser.id() : "";
    long restriction = kind == Kind.CLEAR_PERMIT ? 0 : digests.of(id, patient);
    return new LineRow(line, after, subject, kind, id, patient, facts, fault, restriction);
  }

  private ConsentLine content(LineParser parser, long line) throws LineParser.BadRow {
    ConsentLine content = parser.parse(header.file(), line);
    if (!parser.hasPatient()) {
      throw new LineParser.BadRow(ConsentColumn.PATIENT_ID, "an id");
    }
    return content;
  }

  List<LineRow> rows() {
    return rows;
  }

  ExampleLines examples() {
    return examples;
  }

  /** Records that are no rows: parts of the file are lost or cannot be read. */
  List<Rejection> damage() {
    return damage;
  }

  /** Why the split was not read to its end. */
  Optional<ProblemException> failure() {
    return failure;
  }

  /** The line of the last record that shows nothing, or 0; a plain empty line is none. */
  long lastEmpty() {
    return lastEmpty;
  }
}
