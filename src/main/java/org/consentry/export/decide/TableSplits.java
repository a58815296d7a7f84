package org.consentry.export.decide;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;

/** The splits of source tables; each table is cut once. Safe for any number of threads. */
public final class TableSplits implements Function<SourceTable, List<Split>> {

  private final Map<String, List<Split>> known = new ConcurrentHashMap<>();

  @Override
  public List<Split> apply(SourceTable table) {
    return known.computeIfAbsent(table.name(), name -> List.copyOf(table.splits()));
  }
}
