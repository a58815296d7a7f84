package org.consentry.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a completion script. */
@Command(
    name = "completion",
    description = "Prints a completion script for a shell.",
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {

  /** Shells; the script of one suits both. */
  enum Shell {
    bash,
    zsh
  }

  @Spec private @Nullable CommandSpec command;

  @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
  private Shell shell = Shell.bash;

  @Override
  public Integer call() {
    if (command == null) {
      throw new IllegalStateException("picocli fills this in");
    }
    String script = AutoComplete.bash("consentry", command.root().commandLine());
    String head = shell == Shell.zsh ? "autoload -U +X bashcompinit && bashcompinit\n" : "";
    command.commandLine().getOut().print(head + script);
    command.commandLine().getOut().flush();
    return 0;
  }
}
