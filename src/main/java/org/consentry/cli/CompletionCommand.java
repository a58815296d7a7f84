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

  /** The script of bash calls compopt, which zsh does not have and does without. */
  private static final String ZSH_HEAD =
      """
      #compdef consentry
      autoload -U +X bashcompinit && bashcompinit
      function compopt { :; }
      """;

  /** As a file of site-functions the script is the function that completes for the first time. */
  private static final String ZSH_END =
      "\n[[ ${funcstack[1]} == _consentry ]] && _bash_complete -o default -F _complete_consentry\n";

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
    String script = AutoComplete.bash("consentry", Main.commandLine());
    command.commandLine().getOut().print(shell == Shell.zsh ? ZSH_HEAD + script + ZSH_END : script);
    command.commandLine().getOut().flush();
    return 0;
  }
}
