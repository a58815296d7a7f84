package org.consentry.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;

/**
 * The console of one command line: opened by its command, or for a failure that comes before. It is
 * the user object of the root command.
 */
final class Consoles {

  private Optional<Console> opened = Optional.empty();
  private final CommandLine root;
  private String name = "";

  Consoles(CommandLine root) {
    this.root = root;
  }

  /** The console of a command line, whichever of its commands is named. */
  static Consoles of(CommandLine any) {
    CommandLine root = any;
    while (root.getParent() != null) {
      root = root.getParent();
    }
    return ((Main) root.getCommand()).consoles(root);
  }

  /** The console of the command; the first call decides its form. */
  Console open(Console.Form form, Console.Volume volume, Optional<LogFile> log) {
    Console console =
        opened.orElseGet(
            () -> {
              Console first = new Console(root.getOut(), root.getErr(), form, volume, log);
              first.start(name.isEmpty() ? command(root) : name);
              return first;
            });
    opened = Optional.of(console);
    return console;
  }

  /** The same for a command that picocli could not parse. */
  Consoles named(String command) {
    name = command.replaceFirst("^consentry ", "");
    return this;
  }

  /** The console for a failure; opened here in the form that the words ask for. */
  Console forFailure(String... words) {
    return open(
        isJson(words) ? Console.Form.JSON : Console.Form.TEXT,
        Console.Volume.NORMAL,
        Optional.empty());
  }

  /** The command has ended. */
  void end(int exitCode) {
    opened.ifPresent(console -> console.end(exitCode));
  }

  /** Whether the words of a command line ask for events. */
  static boolean isJson(String... words) {
    String all = " " + String.join(" ", Arrays.asList(words)).toLowerCase(Locale.ROOT) + " ";
    return all.contains(" --json ")
        || all.contains(" --format json ")
        || all.contains(" --format=json ");
  }

  private static String command(CommandLine line) {
    CommandLine.ParseResult parsed = line.getParseResult();
    String name = "";
    while (parsed != null && parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
      name += (name.isEmpty() ? "" : " ") + parsed.commandSpec().name();
    }
    return name.isEmpty() ? "consentry" : name;
  }
}
