package org.consentry.connector.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import org.consentry.config.SafeWord;
import org.consentry.connector.BatchReader;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.connector.csv.CsvSource;
import org.consentry.connector.jdbc.Dialect.Bounds;
import org.consentry.connector.jdbc.TableHead.JdbcColumn;
import org.consentry.data.MissingCells;
import org.consentry.data.RowBatch;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * A table or view of a database. Its splits name the snapshot they are of, so that none is ever
 * taken for one of another snapshot.
 */
final class JdbcTable implements SourceTable {

  /** The line of the first row in a CSV file with a header. */
  private static final long FIRST_LINE = 2;

  private final Database database;
  private final Snapshot snapshot;
  private final TableHead head;
  private final long splitBytes;
  private final long size;

  /**
   * A table.
   *
   * @param splitBytes about how many bytes a split has
   * @param size bytes when the table was opened
   */
  JdbcTable(Database database, Snapshot snapshot, TableHead head, long splitBytes, long size) {
    this.database = database;
    this.snapshot = snapshot;
    this.head = head;
    this.splitBytes = splitBytes;
    this.size = size;
  }

  @Override
  public String name() {
    return head.name();
  }

  @Override
  public String file() {
    return head.shown();
  }

  @Override
  public List<String> columns() {
    return head.columns().stream().map(JdbcColumn::name).toList();
  }

  @Override
  public Optional<String> refusal(String column) {
    return head.columns().stream()
        .filter(known -> known.name().equals(column))
        .findFirst()
        .flatMap(JdbcColumn::refusal);
  }

  private void requireReadable(int position) {
    JdbcColumn column = head.columns().get(position);
    column
        .refusal()
        .ifPresent(
            why -> {
              throw ProblemException.of(
                  Category.FILES_INVALID,
                  "COLUMN_TYPE",
                  Place.of(head.shown()),
                  "column " + SafeWord.word(column.name()) + " " + why,
                  "give it a common type in a view of the source, or drop it: do: drop");
            });
  }

  @Override
  public boolean isInFiles() {
    return false;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public SourceTable renewed() {
    Snapshot next = Snapshot.of(database);
    next.add(head);
    return new JdbcTable(database, next, head, splitBytes, size);
  }

  @Override
  public List<Split> splits() {
    List<String> ends = new ArrayList<>();
    ends.add("");
    if (splitBytes < Long.MAX_VALUE) {
      ends.addAll(
          snapshot.ask(head, connection -> database.dialect().cuts(connection, head, splitBytes)));
    }
    ends.add("");
    int count = ends.size() - 1;
    List<Split> splits = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      Split.Keys keys =
          new Split.Keys(
              snapshot.id(), ends.get(number), ends.get(number + 1), Math.max(1, size / count));
      splits.add(new Split(head.name(), number, keys, 0));
    }
    return splits;
  }

  @Override
  public BatchReader open(Split split, List<Integer> columns) {
    if (!(split.range() instanceof Split.Keys keys) || !keys.snapshot().equals(snapshot.id())) {
      throw ProblemException.of(
          Category.STALE,
          "SOURCE_CHANGED",
          Place.of(head.shown()),
          "the split is of a snapshot of the database that has ended",
          "resume the run: it reads the database again");
    }
    return new Reader(new Bounds(keys.from(), keys.to()), columns, keys.size());
  }

  @Override
  public BatchReader first(List<Integer> columns) {
    return new Reader(new Bounds("", ""), columns, size);
  }

  /** Reads a piece of the table; connects when the first batch is asked for. */
  private final class Reader implements BatchReader {
    private final Bounds bounds;
    private final List<Integer> columns;
    private final long pieceSize;
    private Optional<Connection> connection = Optional.empty();
    private Optional<BatchReader> rows = Optional.empty();
    private long before = -1;
    private boolean ended;

    Reader(Bounds bounds, List<Integer> columns, long pieceSize) {
      this.pieceSize = pieceSize;
      this.bounds = bounds;
      this.columns = List.copyOf(columns);
      columns.forEach(JdbcTable.this::requireReadable);
    }

    @Override
    public Optional<RowBatch> next() {
      if (ended) {
        return Optional.empty();
      }
      if (rows.isEmpty()) {
        rows = Optional.of(begin());
      }
      Optional<RowBatch> batch = rows.get().next();
      ended = batch.isEmpty();
      if (ended) {
        end();
      }
      return batch.map(this::numbered);
    }

    @Override
    public long done() {
      return rows.map(read -> Math.min(read.done(), pieceSize)).orElse(0L);
    }

    @Override
    public List<MissingCells> missing() {
      return rows.map(BatchReader::missing).orElse(List.of());
    }

    private BatchReader begin() {
      Connection taken = snapshot.take(head);
      connection = Optional.of(taken);
      try {
        if (!bounds.from().isEmpty()
            && database.dialect().sharing() == Dialect.Sharing.ONE_CONNECTION) {
          before = database.dialect().before(taken, head, bounds.from());
        }
        Dialect.Rows read = database.dialect().rows(taken, head, bounds, columns);
        List<Integer> fields = new ArrayList<>();
        for (int field = 0; field < columns.size(); field++) {
          fields.add(read.first() + field);
        }
        return CsvSource.rows(read.bytes(), head.shown(), read.width(), FIRST_LINE, fields);
      } catch (SQLException failed) {
        throw Database.failed(failed, head.shown());
      }
    }

    /**
     * Lines are counted as in a CSV file of the table; how many are before is asked when needed.
     */
    private RowBatch numbered(RowBatch batch) {
      if (bounds.from().isEmpty()) {
        return batch;
      }
      List<RowBatch.Rejection> rejections =
          batch.rejections().stream()
              .map(one -> new RowBatch.Rejection(one.reason(), one.line() + before(), one.fields()))
              .toList();
      IntToLongFunction lines = batch.lines();
      return new RowBatch(
          batch.rows(), batch.columns(), rejections, row -> lines.applyAsLong(row) + before());
    }

    private synchronized long before() {
      if (before < 0) {
        before = snapshot.ask(head, other -> database.dialect().before(other, head, bounds.from()));
      }
      return before;
    }

    private void end() {
      rows.ifPresent(BatchReader::close);
      connection.ifPresent(taken -> snapshot.giveBack(taken, ended));
      connection = Optional.empty();
    }

    @Override
    public void close() {
      end();
    }
  }
}
