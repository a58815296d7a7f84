package org.consentry.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;

/** A command of the program without a process of its own. */
public final class CommandInProcess {

  private CommandInProcess() {}

  /**
   * Runs a command.
   *
   * @param words the words of the command line
   * @param out receives standard output and standard error
   * @return the exit code
   */
  public static int run(List<String> words, PrintWriter out) {
    String[] arguments = words.toArray(String[]::new);
    CommandLine line = Main.commandLine(arguments);
    line.setOut(out);
    line.setErr(out);
    return line.execute(arguments);
  }
}
