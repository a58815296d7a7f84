package org.consentry.export.decide;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;

/**
 * The splits of source tables. Each table is cut once, and tables of the same records together.
 * Safe for any number of threads, which may cut different tables at once.
 */
public final class TableSplits implements Function<SourceTable, List<Split>> {

  private final Map<Object, Cut> known = new ConcurrentHashMap<>();

  @Override
  public List<Split> apply(SourceTable table) {
    Object records = table.records().<Object>map(shared -> shared).orElse(table.name());
    List<Split> splits = known.computeIfAbsent(records, cut -> new Cut()).of(table);
    boolean isCutOf = splits.stream().allMatch(split -> split.table().equals(table.name()));
    return isCutOf ? splits : splits.stream().map(split -> split.of(table.name())).toList();
  }

  /** The splits of some records, once they were cut. */
  private static final class Cut {
    private List<Split> splits = List.of();
    private boolean isDone;

    synchronized List<Split> of(SourceTable table) {
      if (!isDone) {
        splits = List.copyOf(table.splits());
        isDone = true;
      }
      return splits;
    }
  }
}
