package org.consentry.export;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.export.seal.TableOutcome;
import org.consentry.release.Disclosure;

/**
 * The result of {@link SortStage}.
 *
 * @param decided what was decided before
 * @param tables what came of every table, by name, in the order of the plan
 * @param risk how many subjects share what an adversary may know; empty when it was not measured
 */
record StagedTables(
    RunDecisions decided, Map<String, TableOutcome> tables, Optional<Disclosure.Risk> risk) {

  StagedTables {
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
  }

  /** How many rows could not be used, in all tables. */
  long rejected() {
    return tables.values().stream().mapToLong(table -> table.tally().rejectedTotal()).sum();
  }

  /** Rows and subjects by name. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    counts.put("subjects", (long) decided.decisions().index().size());
    counts.put("subjects released", decided.decisions().cohort());
    tables.forEach(
        (table, outcome) -> {
          counts.put(table + " rows read", outcome.tally().read());
          counts.put(table + " rows released", outcome.tally().released());
          counts.put(table + " rows excluded", outcome.tally().excludedTotal());
          counts.put(table + " rows rejected", outcome.tally().rejectedTotal());
        });
    return counts;
  }
}
