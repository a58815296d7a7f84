package org.consentry.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.connector.BatchReader;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.data.ByteHash;
import org.consentry.data.BytesColumn;
import org.consentry.data.LongSet;
import org.consentry.data.RowBatch;
import org.consentry.problem.ProblemException;

/**
 * Which columns really make the rows of a table unique, and whether the values of one column are
 * keys of another table. Reads all rows, and stores hashes of cells in memory only. Cells are
 * compared as keys are: byte by byte, without blanks at the ends. Not thread-safe.
 */
public final class SourceKeys {

  /** Larger tables are not checked: the hashes of their rows need too much memory. */
  static final long MOST_BYTES = 2L << 30;

  private static final long MISSING = 0x9E3779B97F4A7C15L;

  /**
   * What the rows of a table have in some columns.
   *
   * @param rows how many rows there are
   * @param repeated rows that repeat an earlier one in all of the columns
   * @param missing rows without any value in them
   */
  record Rows(long rows, long repeated, long missing) {

    boolean isUnique() {
      return rows > 0 && repeated == 0 && missing == 0;
    }
  }

  /**
   * What the values of a column are in another table.
   *
   * @param values how many cells have a value
   * @param found how many of them are keys of the other table
   */
  record Found(long values, long found) {}

  private final Map<String, SourceTable> tables = new HashMap<>();
  private final Map<String, Optional<LongSet>> parents = new HashMap<>();

  /** For the tables of a source; for none, nothing is known. */
  public SourceKeys(List<SourceTable> tables) {
    tables.forEach(table -> this.tables.put(table.name(), table));
  }

  /**
   * Looks at several lists of columns in one pass.
   *
   * @return what each has; empty where the table has no rows that can be read, or is too large
   */
  Map<List<String>, Rows> of(String table, List<List<String>> candidates) {
    List<String> columns = candidates.stream().flatMap(List::stream).distinct().toList();
    Map<List<String>, Count> counts = new LinkedHashMap<>();
    candidates.forEach(
        candidate ->
            counts.put(candidate, new Count(candidate.stream().map(columns::indexOf).toList())));
    boolean isRead =
        read(table, columns, hashes -> counts.values().forEach(count -> count.add(hashes)));
    Map<List<String>, Rows> found = new LinkedHashMap<>();
    if (isRead) {
      counts.forEach((candidate, count) -> found.put(candidate, count.rows()));
    }
    return found;
  }

  /** Counts the rows of one list of columns. */
  private static final class Count {

    private final List<Integer> positions;
    private final LongSet seen = new LongSet();
    private long rows;
    private long missing;

    Count(List<Integer> positions) {
      this.positions = positions;
    }

    void add(long[] hashes) {
      long all = 0;
      boolean isMissing = true;
      for (int position : positions) {
        isMissing &= hashes[position] == MISSING;
        all = ByteHash.mix(all * 31 + hashes[position]);
      }
      rows++;
      missing += isMissing ? 1 : 0;
      seen.add(all);
    }

    Rows rows() {
      return new Rows(rows, rows - seen.size(), missing);
    }
  }

  /**
   * Whether the values of a column are keys of another table.
   *
   * @return empty where one of the tables cannot be read or is too large
   */
  Optional<Found> of(String table, String column, String parent, String key) {
    Optional<LongSet> keys =
        parents.computeIfAbsent(parent + '\n' + key, unread -> keys(parent, key));
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    long[] counts = new long[2];
    boolean isRead =
        read(
            table,
            List.of(column),
            hashes -> {
              boolean isMissing = hashes[0] == MISSING;
              counts[0] += isMissing ? 0 : 1;
              counts[1] += !isMissing && keys.get().contains(hashes[0]) ? 1 : 0;
            });
    return isRead ? Optional.of(new Found(counts[0], counts[1])) : Optional.empty();
  }

  private Optional<LongSet> keys(String table, String key) {
    LongSet keys = new LongSet();
    return read(table, List.of(key), hashes -> keys.add(hashes[0]))
        ? Optional.of(keys)
        : Optional.empty();
  }

  /** Takes the hashes of one row. */
  private interface Row {
    void take(long[] hashes);
  }

  private boolean read(String name, List<String> columns, Row row) {
    SourceTable table = tables.get(name);
    if (table == null || table.size() > MOST_BYTES) {
      return false;
    }
    List<Integer> positions = new ArrayList<>();
    columns.forEach(column -> positions.add(table.columns().indexOf(column)));
    try {
      for (Split split : table.splits()) {
        try (BatchReader reader = table.open(split, positions)) {
          for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
            rows(batch.get(), row);
          }
        }
      }
      return true;
    } catch (ProblemException unreadable) {
      return false; // The profile reports what is wrong with the rows.
    }
  }

  private static void rows(RowBatch batch, Row row) {
    long[] hashes = new long[batch.columns().size()];
    for (int at = 0; at < batch.rows(); at++) {
      for (int column = 0; column < hashes.length; column++) {
        hashes[column] = hash((BytesColumn) batch.columns().get(column), at);
      }
      row.take(hashes);
    }
  }

  private static long hash(BytesColumn column, int row) {
    if (column.isMissing(row)) {
      return MISSING;
    }
    int start = column.starts()[row];
    int end = column.ends()[row];
    byte[] bytes = column.buffer();
    while (start < end && isBlank(bytes[start])) {
      start++;
    }
    while (end > start && isBlank(bytes[end - 1])) {
      end--;
    }
    return start == end ? MISSING : ByteHash.of(bytes, start, end);
  }

  private static boolean isBlank(byte b) {
    return b >= 0 && b <= ' ';
  }
}
