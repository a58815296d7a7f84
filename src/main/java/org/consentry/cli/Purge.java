package org.consentry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.consentry.export.StateSession;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * Removes records of ended runs and their job history, from before a moment. What they left in
 * staging is removed at every start. The ledger records the moment first, so that a record that is
 * missing later is not taken for a lost one.
 */
final class Purge {

  private Purge() {}

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
   * @param keep how old what is removed is at least
   * @param remark receives one line when the job repository had to be made again
   */
  static Outcome run(StateSession session, Duration keep, Consumer<String> remark) {
    StateFolder state = session.state();
    Instant now = session.instant();
    Instant before = now.minus(keep);
    session.ledger().append(now, LedgerEvent.purged(before, session.operator()));
    List<String> unfinished = new ArrayList<>();
    RunRecords records = new RunRecords(state);
    int removed = 0;
    for (RunRecord record : records.all()) {
      if (!Instant.parse(record.updated()).isBefore(before)) {
        continue;
      }
      switch (record.state()) {
        case PUBLISHED, ABANDONED, UNCHANGED -> {
          records.remove(record.run());
          removeList(state.rejected(record.run()));
          removed++;
        }
        case RUNNING, FAILED, STOPPED, STAGED -> unfinished.add(record.run());
      }
    }
    try (Engine engine = Engine.start(state, 1, remark)) {
      int history = engine.purge(LocalDateTime.ofInstant(before, ZoneId.systemDefault()));
      return new Outcome(
          before, removed, history, state.removeDamagedDatabases(before), unfinished);
    }
  }

  private static void removeList(Path rejected) {
    try {
      Files.deleteIfExists(rejected);
    } catch (IOException refused) {
      throw ProblemException.of(
          DiskFailure.category(refused),
          "REJECTED_LIST",
          Place.of(rejected),
          "the list of rows that could not be used cannot be removed",
          "check the permissions of the state folder");
    }
  }
}
