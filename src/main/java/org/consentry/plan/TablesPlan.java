package org.consentry.plan;

import java.util.List;
import java.util.SortedMap;
import org.consentry.data.PlannedColumn;

/**
 * What mapping and source give together.
 *
 * @param decide what deciding every subject needs
 * @param tables the released tables, parents before children
 * @param spans the computed tables
 * @param columns what becomes of every source column of the released tables, and the columns of the
 *     computed
 * @param heads columns of every table that is read, by its name
 * @param lists digests of the lists that were read, by name
 */
record TablesPlan(
    DecidePlan decide,
    List<TableExtract> tables,
    List<SpanTable> spans,
    List<PlannedColumn> columns,
    SortedMap<String, List<String>> heads,
    SortedMap<String, String> lists) {}
