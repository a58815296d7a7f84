package org.consentry.export.select;

import java.util.ArrayList;
import java.util.List;
import org.consentry.data.BytesColumn;
import org.consentry.data.RowBatch;
import org.consentry.operator.RowTest;
import org.consentry.plan.ReleasedColumns;
import org.consentry.plan.TableExtract;

/** Asks the operators of a table which rows they leave out. Not thread-safe: one a split. */
final class RowTests {

  /** A test and the positions in batches of what it reads. */
  private record Bound(RowTest test, List<Integer> columns) {}

  private final List<Bound> tests = new ArrayList<>();

  RowTests(TableExtract table) {
    for (ReleasedColumns released : table.released()) {
      released
          .operator()
          .rowTest()
          .ifPresent(test -> tests.add(new Bound(test, positions(released))));
    }
  }

  private static List<Integer> positions(ReleasedColumns released) {
    return released.inputs().stream()
        .map(input -> ((ReleasedColumns.Input.OfRow) input).position())
        .toList();
  }

  /**
   * Writes the reason of every row that is left out.
   *
   * @param rows numbers of the rows that are looked at
   * @param count how many they are
   * @param reasons by the row's number; one that has a reason keeps it
   */
  void check(RowBatch batch, int[] rows, int count, byte[] reasons) {
    for (Bound bound : tests) {
      List<BytesColumn> cells =
          bound.columns().stream().map(at -> (BytesColumn) batch.columns().get(at)).toList();
      for (int position = 0; position < count; position++) {
        int row = rows[position];
        if (reasons[row] == 0) {
          reasons[row] = bound.test().reason(cells, row);
        }
      }
    }
  }
}
