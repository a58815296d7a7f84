package org.consentry.export;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.data.ExclusionGroup;
import org.consentry.data.Tally;
import org.consentry.export.decide.Decisions;
import org.consentry.export.seal.TableOutcome;
import org.consentry.plan.SpanTable;
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

  /**
   * Rows and subjects by name: what was read, and for each group how many were left out or
   * released; of computed tables the released rows alone. The rows that are not usable include the
   * rejected ones.
   */
  Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    Decisions decisions = decided.decisions();
    Map<ExclusionGroup, Long> people = new EnumMap<>(ExclusionGroup.class);
    decisions.excluded().forEach((reason, count) -> people.merge(reason.group(), count, Long::sum));
    add(counts, "subjects", decisions.index().size(), people, decisions.cohort());
    tables.forEach(
        (table, outcome) -> {
          Tally tally = outcome.tally();
          if (outcome.table() instanceof SpanTable) {
            counts.put(table + " rows released", tally.released());
            return;
          }
          add(counts, table + " rows", tally.read(), tally.groups(), tally.released());
          tally
              .rejected()
              .forEach((reason, rows) -> counts.put(table + " rows rejected " + reason, rows));
        });
    return counts;
  }

  private static void add(
      Map<String, Long> counts,
      String what,
      long read,
      Map<ExclusionGroup, Long> out,
      long released) {
    counts.put(what + " read", read);
    for (ExclusionGroup group : ExclusionGroup.values()) {
      counts.put(what + " " + group.words(), out.getOrDefault(group, 0L));
    }
    counts.put(what + " released", released);
  }
}
