package org.consentry.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  @Option(names = "--quiet", description = "Prints nothing when it ends with exit code 0.")
  private boolean quiet;

  @Option(
      names = "--log-file",
      paramLabel = "FILE",
      description = "Also logs steps, counts and problems, 10 files of 10 MB.")
  private @Nullable Path logFile;

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      description = "How the log is written, one of: ${COMPLETION-CANDIDATES}; default: text.")
  private LogFile.@Nullable Form logForm;

  /**
   * The console of the command.
   *
   * @throws org.consentry.problem.ProblemException category USAGE when the log cannot be written
   */
  Console console() {
    return console(json ? Console.Form.JSON : Console.Form.TEXT);
  }

  /** Options that copy what is printed to where it stays, of those that were given. */
  List<String> copies() {
    List<String> copies = new ArrayList<>();
    if (json) {
      copies.add("--json");
    }
    if (logFile != null) {
      copies.add("--log-file");
    }
    return copies;
  }

  /** A console whose form a command chooses itself, besides {@code --json}. */
  Console console(Console.Form chosen) {
    CommandSpec spec = spec();
    return Consoles.of(spec.commandLine()).open(json ? Console.Form.JSON : chosen, volume(), log());
  }

  private Console.Volume volume() {
    return quiet ? Console.Volume.QUIET : Console.Volume.NORMAL;
  }

  private Optional<LogFile> log() {
    LogFile.Form form = logForm == null ? LogFile.Form.text : logForm;
    if (logFile == null && logForm != null) {
      throw new ParameterException(
          spec().commandLine(), "--log-format states how a log is written: give --log-file too");
    }
    return Optional.ofNullable(logFile).map(file -> LogFile.open(file, form));
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

  /** Reports that a state folder has no run, and where other runs may be. */
  void noRunYet(Console console, StateFolder state) {
    console.result("noRuns", Map.of("stateFolder", state.home().toString()));
    console.line("no run yet");
    console.line("state folder " + state.home() + ", by " + from());
    console.line("a run with another state folder is listed by --home DIR or CONSENTRY_HOME=DIR");
  }

  private String from() {
    if (home != null) {
      return "--home";
    }
    for (String name : List.of("CONSENTRY_HOME", "XDG_STATE_HOME")) {
      if (fromEnvironment(name, "").isPresent()) {
        return name;
      }
    }
    return "default, as neither --home nor CONSENTRY_HOME is given";
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

  /** Words that name the same state folder on another command line; empty for the usual one. */
  String homeWords() {
    return home == null ? "" : " --home " + quoted(home.toString());
  }

  /** A word as a shell takes it. */
  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./@%+=:,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private static Optional<Path> fromEnvironment(String name, String below) {
    return Optional.ofNullable(System.getenv(name))
        .filter(value -> !value.isBlank())
        .map(value -> Path.of(value).resolve(below).toAbsolutePath().normalize());
  }

  private static Optional<Path> fromProperty() {
    return below(System.getProperty("user.home", ""));
  }

  /** Java reports {@code ?} for a user whom the system does not know, as in some containers. */
  static Optional<Path> below(String userHome) {
    return Optional.of(Path.of(userHome, ".local", "state", "consentry")).filter(Path::isAbsolute);
  }

  private CommandSpec spec() {
    if (command == null) {
      throw new IllegalStateException("not mixed into a command");
    }
    return command;
  }
}
