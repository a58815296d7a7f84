package org.consentry.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.consentry.export.SignersFile;
import org.consentry.export.StateSession;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.consentry.release.LedgerCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What can be done with the disclosure ledger. */
@Command(
    name = "ledger",
    description = "Checks the disclosure ledger.",
    mixinStandardHelpOptions = true,
    subcommands = LedgerCommand.Verify.class)
final class LedgerCommand {

  private LedgerCommand() {}

  /** Checks the chain and compares it with every manifest that names its head. */
  @Command(
      name = "verify",
      description = {
        "Checks every entry of the ledger and what it refers to.",
        "That is run records, exact manifests, files of members, releases.",
        "Manifests and members are read from the newest signed entry on.",
        "Writes nothing."
      },
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {

    @Mixin private CommonOptions common = new CommonOptions();

    @Option(
        names = "--manifest",
        paramLabel = "FILE",
        description = "A manifest from elsewhere, such as a recipient's; may be repeated.")
    private List<Path> manifests = new ArrayList<>();

    @Option(names = "--full", description = "Reads every manifest and every file of members.")
    private boolean full;

    @Override
    public Integer call() {
      Console console = common.console();
      StateFolder state = common.state();
      LedgerCheck.Outcome outcome;
      try (StateSession session = Sessions.look(state, console)) {
        outcome =
            LedgerCheck.of(
                session.ledger(),
                state,
                SignersFile.trusted(state),
                full ? LedgerCheck.Extent.FULL : LedgerCheck.Extent.SINCE_SIGNED_HEAD,
                manifests);
      }
      Problems findings = new Problems();
      findings.addAll(outcome.findings());
      findings.throwIfAny(Category.VERIFY);
      outcome.findings().stream().map(Problem::toString).forEach(console::remark);
      console.line(
          CountWords.of(outcome.entries(), "ledger entry", "ledger entries")
              + " in order; manifests that agree with the ledger: "
              + outcome.manifests());
      if (!full && outcome.signedHead() > 0) {
        console.line(
            "manifests were compared from entry "
                + outcome.signedHead()
                + " on, which a manifest signs; --full compares all");
      }
      console.result(
          "ledger",
          Map.of(
              "entries", outcome.entries(),
              "signedHead", outcome.signedHead(),
              "manifests", outcome.manifests(),
              "warnings", outcome.findings().stream().map(Console::fields).toList()));
      return 0;
    }
  }
}
