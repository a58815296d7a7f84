package org.consentry.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the manual page. */
@Command(
    name = "man",
    description = {"Prints the manual page, in roff.", "To read it: consentry man | man -l -."},
    mixinStandardHelpOptions = true)
final class ManCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec command;

  @Override
  public Integer call() {
    if (command == null) {
      throw new IllegalStateException("picocli fills this in");
    }
    command.commandLine().getOut().print(new ManPage(Main.commandLine().getCommandSpec()).text());
    command.commandLine().getOut().flush();
    return 0;
  }
}
