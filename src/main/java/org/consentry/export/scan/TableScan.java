package org.consentry.export.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.consentry.export.scan.CellSearch.Place;

/** One data file while it is searched, batch by batch. For one thread. */
final class TableScan implements ColumnScan.Subjects {

  private static final int ROWS_TO_LOOK_AT = 64;

  private static final Pattern AGE = Pattern.compile("(?:.*[^a-z])?(?:age|alter)(?:[^a-z].*)?");
  private static final Pattern ZIP =
      Pattern.compile("(?:.*[^a-z])?(?:zip|zipcode|postal|postalcode|postcode|plz)(?:[^a-z].*)?");

  private final IdentifierSet set;
  private final ScanRules rules;
  private final CellSearch search;
  private final Place place;
  private final String file;
  private final List<String> names;
  private final List<ColumnScan> columns = new ArrayList<>();
  private final List<Boolean> hasSubjects = new ArrayList<>();
  private final SplitCells splitCells;
  private CellBatch batch = new CellBatch();
  private long rows;
  private long cells;
  private final byte[] lastCell = new byte[64];
  private int lastSize = -1;
  private long lastSubject;

  TableScan(IdentifierSet set, ScanRules rules, String file, List<String> names, Place place) {
    this.place = place;
    this.set = set;
    this.rules = rules;
    this.file = file;
    this.names = List.copyOf(names);
    search = new CellSearch(set, rules);
    splitCells = new SplitCells(search);
  }

  void scan(CellBatch next) {
    batch = next;
    addColumns(next.columns);
    for (int column = 0; column < next.columns; column++) {
      findSubjects(column);
    }
    splitCells.begin(next.rows);
    for (int column = 0; column < next.columns; column++) {
      scan(column, splitCells.next());
      splitCells.scan(next, column, rows, columns, this);
    }
    rows += next.rows;
  }

  private void addColumns(int count) {
    while (columns.size() < count) {
      int column = columns.size();
      columns.add(new ColumnScan(set, search, place(name(column))));
      hasSubjects.add(false);
    }
  }

  private Place place(String name) {
    if (place == Place.TEXT) {
      return place;
    }
    String word = name.toLowerCase(Locale.ROOT);
    if (AGE.matcher(word).matches()) {
      return Place.AGE;
    }
    return ZIP.matcher(word).matches() ? Place.ZIP : Place.CELL;
  }

  String name(int column) {
    return column < names.size() && !names.get(column).isBlank()
        ? names.get(column)
        : "(column " + (column + 1) + ")";
  }

  /** Searches a value that is of a column and perhaps of no row. */
  void extra(int column, byte[] value) {
    addColumns(column + 1);
    if (value.length > 0) {
      long digest = IdentifierSet.digest(set.key(), Token.SUBJECT, value, 0, value.length);
      if (!set.has(digest)) {
        columns.get(column).extra(value);
      }
    }
  }

  private void findSubjects(int column) {
    for (int row = 0; row < Math.min(batch.rows, ROWS_TO_LOOK_AT); row++) {
      if (!hasSubjects.get(column) && subject(column, row) != 0) {
        hasSubjects.set(column, true);
      }
    }
  }

  /** The digest of a cell that is a subject's code, or 0; rows of one subject follow each other. */
  private long subject(int column, int row) {
    int start = batch.starts[column][row];
    if (start == CellBatch.MISSING) {
      return 0;
    }
    int end = batch.ends[column][row];
    int size = end - start;
    boolean same = size == lastSize && Arrays.equals(lastCell, 0, size, batch.bytes, start, end);
    if (!same) {
      lastSubject = searchSubject(column, row, start);
      if (size > lastCell.length) {
        return lastSubject;
      }
      System.arraycopy(batch.bytes, start, lastCell, 0, size);
      lastSize = size;
    }
    return lastSubject;
  }

  private long searchSubject(int column, int row, int start) {
    if (set.sizeOf(Token.SUBJECT) == 0) {
      return 0;
    }
    long digest =
        IdentifierSet.digest(set.key(), Token.SUBJECT, batch.bytes, start, batch.ends[column][row]);
    return set.has(digest) ? digest : 0;
  }

  private void scan(int column, byte[] kinds) {
    ColumnScan scan = columns.get(column);
    if (!hasSubjects.get(column)) {
      cells += scan.cells(batch, column, rows, kinds, this);
      return;
    }
    int[] starts = batch.starts[column];
    int[] ends = batch.ends[column];
    for (int row = 0; row < batch.rows; row++) {
      if (starts[row] != CellBatch.MISSING) {
        cells++;
        if (subject(column, row) == 0) {
          kinds[row] = scan.cell(batch.bytes, starts[row], ends[row], rows + row + 1, row, this);
        }
      }
    }
  }

  /** The first code of a subject in the row; where there is none, what the first cell is. */
  @Override
  public long of(int row) {
    for (int column = 0; column < batch.columns; column++) {
      long subject = hasSubjects.get(column) ? subject(column, row) : 0;
      if (subject != 0) {
        return subject;
      }
    }
    int start = batch.columns == 0 ? CellBatch.MISSING : batch.starts[0][row];
    return start == CellBatch.MISSING ? 0 : CellKeys.of(batch.bytes, start, batch.ends[0][row]);
  }

  /** Leaves the cells; what was found stays. */
  void forget() {
    batch = new CellBatch();
    columns.forEach(ColumnScan::forget);
  }

  /** Adds what the rows behind those of this scan have. */
  void merge(TableScan later) {
    addColumns(later.columns.size());
    for (int i = 0; i < later.columns.size(); i++) {
      columns.get(i).merge(later.columns.get(i), rows);
    }
    rows += later.rows;
    cells += later.cells;
  }

  long cells() {
    return cells;
  }

  List<Finding> findings() {
    List<Finding> found = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      found.addAll(columns.get(column).findings(file, name(column), rules));
    }
    return found;
  }
}
