package org.consentry.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.problem.Category;
import org.consentry.problem.Problems;
import org.consentry.release.LedgerCheck;
import org.consentry.release.StateFolder;
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

  /** Walks the chain and holds it against every manifest that names its head. */
  @Command(
      name = "verify",
      description = {
        "Walks the ledger's hash chain from the first entry to the last and holds it against the",
        "run records and the exact manifests of the state folder, whose signed heads show when",
        "the chain was cut off or written anew. Writes nothing."
      },
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {

    @Mixin private CommonOptions common = new CommonOptions();

    @Option(
        names = "--manifest",
        paramLabel = "FILE",
        description = "a manifest kept elsewhere, such as a recipient's; may be repeated")
    private List<Path> manifests = new ArrayList<>();

    @Override
    public Integer call() {
      Console console = common.console();
      StateFolder state = common.state();
      LedgerCheck.Outcome outcome;
      try (RunSession session = RunSession.look(state, console)) {
        outcome =
            LedgerCheck.of(
                session.ledger(),
                state,
                Optional.of(state.trustedSigners())
                    .filter(Files::isRegularFile)
                    .map(SignersFile::read),
                manifests);
      }
      Problems findings = new Problems();
      findings.addAll(outcome.findings());
      findings.throwIfAny(Category.VERIFY);
      console.line(
          "the chain of "
              + outcome.entries()
              + " entries holds; it agrees with "
              + outcome.manifests()
              + " manifests");
      console.object(
          Map.of("entries", outcome.entries(), "manifests", outcome.manifests(), "holds", true));
      return 0;
    }
  }
}
