package org.consentry.export;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.export.extract.SplitResult;
import org.consentry.export.sort.TableSort;
import org.consentry.plan.TableExtract;
import org.consentry.release.Disclosure;

/**
 * The result of {@link ExtractStage}.
 *
 * @param decided what was decided before
 * @param tables what was extracted, by name of the table
 * @param basis digest over everything that a part depends on: that of the decisions, and all splits
 * @param risk how many subjects share what an adversary may know; empty while it is not measured
 */
record Extraction(
    RunDecisions decided,
    Map<String, ExtractedTable> tables,
    String basis,
    Optional<Disclosure.Risk> risk) {

  Extraction {
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
  }

  /** The same with what {@link RiskStage} measured of it. */
  Extraction with(Disclosure.Risk measured) {
    return new Extraction(decided, tables, basis, Optional.of(measured));
  }

  ExtractedTable of(TableExtract table) {
    return Optional.ofNullable(tables.get(table.name())).orElseThrow();
  }

  /**
   * What was extracted of one table.
   *
   * @param table the table
   * @param splits the results of its splits, in order
   * @param spills the spill files of its released rows
   * @param keySpills the spill files of their keys, if the table's declared key is released
   */
  record ExtractedTable(
      TableExtract table,
      List<SplitResult> splits,
      TableSort spills,
      Optional<TableSort> keySpills) {

    ExtractedTable {
      splits = List.copyOf(splits);
    }
  }
}
