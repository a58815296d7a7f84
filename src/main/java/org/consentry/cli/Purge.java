package org.consentry.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;

/**
 * Removes records of ended runs and their job history, from before a moment. What they left in
 * staging is removed at every start. The ledger records the moment first, so that a record that is
 * missing later is not taken for a lost one.
 */
final class Purge {

  private final StateFolder state;
  private final Ledger ledger;
  private final Instant before;

  Purge(StateFolder state, Ledger ledger, Instant before) {
    this.state = state;
    this.ledger = ledger;
    this.before = before;
  }

  /**
   * What was removed.
   *
   * @param before the moment
   * @param records run records
   * @param history job instances of the job repository
   * @param databases job repositories that were set aside
   * @param unfinished runs that have not ended and were last touched before the moment
   */
  record Outcome(Instant before, int records, int history, int databases, List<String> unfinished) {
    Outcome {
      unfinished = List.copyOf(unfinished);
    }
  }

  /**
   * Removes.
   *
   * @param history removes job history from before the moment and returns how much
   */
  Outcome run(Instant now, String operator, ToIntFunction<Instant> history) {
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    facts.put(LedgerFact.BEFORE, before.toString());
    facts.put(LedgerFact.ASKED_BY, operator);
    ledger.append(now, LedgerEntry.Kind.PURGED, "", "", "", facts);
    List<String> unfinished = new ArrayList<>();
    RunRecords records = new RunRecords(state);
    int removed = 0;
    for (RunRecord record : records.all()) {
      if (!Instant.parse(record.updated()).isBefore(before)) {
        continue;
      }
      switch (record.state()) {
        case PUBLISHED, ABANDONED -> {
          records.remove(record.run());
          removed++;
        }
        case RUNNING, FAILED, STOPPED, STAGED -> unfinished.add(record.run());
      }
    }
    return new Outcome(
        before,
        removed,
        history.applyAsInt(before),
        state.removeDamagedDatabases(before),
        unfinished);
  }
}
