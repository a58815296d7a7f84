package org.consentry.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program's main: parses the command line before anything else is started. */
@Command(
    name = "consentry",
    description = "Hands a clinic's records to researchers, with the consent of their subjects.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class Main implements Runnable {

  private Main() {}

  /**
   * Runs one command and ends the process with its exit code.
   *
   * @param arguments the words of the command line
   */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
