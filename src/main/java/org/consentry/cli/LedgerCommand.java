package org.consentry.cli;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What can be done with the disclosure ledger. */
@Command(
    name = "ledger",
    description = "Checks the disclosure ledger.",
    mixinStandardHelpOptions = true,
    subcommands = LedgerCommand.Verify.class)
final class LedgerCommand {

  private LedgerCommand() {}

  /** Walks the chain. */
  @Command(
      name = "verify",
      description = "Walks the ledger's hash chain from the first entry to the last.",
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {

    @Mixin private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
      Console console = common.console();
      try (RunSession session = RunSession.open(common.state(), console, 1)) {
        Optional<Long> broken = session.ledger().firstBroken();
        if (broken.isPresent()) {
          throw ProblemException.of(
              Category.VERIFY,
              "LEDGER_CHAIN",
              Place.of("ledger", broken.get()),
              "the chain does not hold from this entry on",
              "restore the job database from a backup and find out who changed it");
        }
        int entries = session.ledger().entries().size();
        console.line("the chain of " + entries + " entries holds");
        console.object(Map.of("entries", entries, "holds", true));
      }
      return 0;
    }
  }
}
