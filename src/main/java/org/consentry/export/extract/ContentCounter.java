package org.consentry.export.extract;

import java.util.ArrayList;
import java.util.List;
import org.consentry.data.Blanks;
import org.consentry.data.ByteHash;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.Effect;
import org.consentry.data.LongColumn;
import org.consentry.data.PlannedColumn;
import org.consentry.data.RowBatch;
import org.consentry.plan.ReleasedColumns;
import org.consentry.plan.TableExtract;

/**
 * Adds up the released rows of a table with codes of one release only. The identifier of the source
 * takes the place of such a code, so that two releases of the same rows have the same sum, and rows
 * that are joined otherwise have another. Other tables are not added up: their files can be
 * compared. Not thread-safe.
 */
final class ContentCounter {

  private static final long SECOND = 0x9E3779B97F4A7C15L;
  private static final int NO_CODE = -1;

  /** For each released column the source column whose code it has, or {@link #NO_CODE}. */
  private final int[] sources;

  private final boolean counts;
  private long first;
  private long second;

  ContentCounter(TableExtract table) {
    List<Integer> found = new ArrayList<>();
    for (ReleasedColumns made : table.released()) {
      for (PlannedColumn column : made.columns()) {
        found.add(isOneTime(column) ? made.sourceColumn() : NO_CODE);
      }
    }
    sources = found.stream().mapToInt(Integer::intValue).toArray();
    counts = found.stream().anyMatch(source -> source != NO_CODE);
  }

  static boolean isOneTime(PlannedColumn column) {
    return column.effect() instanceof Effect.Code code && code.kind() == Effect.CodeKind.ONE_TIME;
  }

  /**
   * Adds rows.
   *
   * @param source the rows as they were read
   * @param rows which of them are released, by position
   * @param released what is released of them
   */
  void add(RowBatch source, int[] rows, int count, List<Column> released) {
    if (!counts) {
      return;
    }
    for (int position = 0; position < count; position++) {
      long row = count(source, rows[position], released, position);
      first += row;
      second += ByteHash.mix(row ^ SECOND);
    }
  }

  private long count(RowBatch source, int row, List<Column> released, int position) {
    long hash = 0;
    for (int i = 0; i < sources.length; i++) {
      Column column = released.get(i);
      long value = 0;
      if (!column.isMissing(position)) {
        value =
            sources[i] == NO_CODE
                ? value(column, position)
                : identifier((BytesColumn) source.columns().get(sources[i]), row);
      }
      hash = ByteHash.mix(hash * 31 + value + i + 1);
    }
    return hash;
  }

  private static long value(Column column, int position) {
    return column instanceof BytesColumn bytes
        ? ByteHash.of(bytes.buffer(), bytes.starts()[position], bytes.ends()[position])
        : ByteHash.mix(((LongColumn) column).values()[position]);
  }

  private static long identifier(BytesColumn column, int row) {
    byte[] buffer = column.buffer();
    int start = Blanks.start(buffer, column.starts()[row], column.ends()[row]);
    return ByteHash.of(buffer, start, Blanks.end(buffer, start, column.ends()[row]));
  }

  ContentSum sum() {
    return new ContentSum(first, second);
  }
}
