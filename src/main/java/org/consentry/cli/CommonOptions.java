package org.consentry.cli;

import java.nio.file.Path;
import org.consentry.ledger.StateFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Options every command has. */
final class CommonOptions {

  @Spec(Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(names = "--json", description = "Prints one JSON object a line instead of text.")
  private boolean json;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "State folder; default: CONSENTRY_HOME or the user's state directory.")
  private @Nullable Path home;

  Console console() {
    return console(json);
  }

  /** A console whose form a command chooses itself, besides {@code --json}. */
  Console console(boolean asked) {
    CommandSpec spec = spec();
    return new Console(
        spec.commandLine().getOut(),
        spec.commandLine().getErr(),
        json || asked ? Console.Form.JSON : Console.Form.TEXT);
  }

  /**
   * The installation's state folder, which may not exist yet.
   *
   * @throws org.consentry.problem.ProblemException category KEY when it is another owner's or open
   *     to others
   */
  StateFolder state() {
    StateFolder state = anyState();
    state.requireOwn();
    return state;
  }

  /** The same, without a check of its owner. */
  StateFolder anyState() {
    if (home != null) {
      return new StateFolder(home.toAbsolutePath().normalize());
    }
    return new StateFolder(
        fromEnvironment("CONSENTRY_HOME", "")
            .or(() -> fromEnvironment("XDG_STATE_HOME", "consentry"))
            .or(() -> fromProperty())
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec().commandLine(),
                        "no state folder: set CONSENTRY_HOME or give --home")));
  }

  private static java.util.Optional<Path> fromEnvironment(String name, String below) {
    return java.util.Optional.ofNullable(System.getenv(name))
        .filter(value -> !value.isBlank())
        .map(value -> Path.of(value).resolve(below).toAbsolutePath().normalize());
  }

  private static java.util.Optional<Path> fromProperty() {
    return java.util.Optional.ofNullable(System.getProperty("user.home"))
        .filter(value -> !value.isBlank())
        .map(value -> Path.of(value, ".local", "state", "consentry"));
  }

  private CommandSpec spec() {
    if (command == null) {
      throw new IllegalStateException("not mixed into a command");
    }
    return command;
  }
}
