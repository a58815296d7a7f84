package org.consentry.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.consentry.followup.Runs;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists runs, once the ledger shows that none is missing. */
@Command(
    name = "list",
    description = "Lists the runs of this state folder, the newest first.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    StateFolder state = common.state();
    Console console = common.console();
    if (Runs.checkedLedger(state).isEmpty()) {
      common.noRunYet(console, state);
      return 0;
    }
    for (RunRecord record : new RunRecords(state).all()) {
      console.result("runRecord", RunFields.of(state, record));
      console.line(
          String.format(
              Locale.ROOT,
              "%-12s %-50s %s",
              Runs.state(state, record),
              record.run(),
              record.release()));
    }
    console.line("state folder " + state.home());
    return 0;
  }
}
