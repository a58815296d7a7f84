package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** The help of every command is made of short, whole sentences. */
final class HelpTest {

  /** A capital letter, or the name of a standard, and a period. */
  private static final String SENTENCE = "[A-Z].*[.]";

  private static final int LONGEST = 70;

  @Test
  void everyLineOfHelpIsAShortSentence() {
    List<String> wrong = new ArrayList<>();
    for (CommandSpec command : commands(Main.commandLine())) {
      check(command.qualifiedName(), command.usageMessage().description(), wrong);
      for (ArgSpec argument : arguments(command)) {
        check(command.qualifiedName() + " " + argument.paramLabel(), argument.description(), wrong);
      }
    }

    assertThat(wrong).isEmpty();
  }

  private static void check(String where, String[] lines, List<String> wrong) {
    if (lines.length == 0) {
      wrong.add(where + ": no help");
    }
    Arrays.stream(lines)
        .filter(line -> !line.matches(SENTENCE) || line.length() > LONGEST)
        .forEach(line -> wrong.add(where + ": " + line));
  }

  private static List<ArgSpec> arguments(CommandSpec command) {
    List<ArgSpec> arguments = new ArrayList<>(command.options());
    arguments.addAll(command.positionalParameters());
    return arguments;
  }

  private static List<CommandSpec> commands(CommandLine line) {
    List<CommandSpec> all = new ArrayList<>(List.of(line.getCommandSpec()));
    line.getSubcommands().values().forEach(each -> all.addAll(commands(each)));
    return all;
  }

  @Test
  void aCommandIsMadeWithoutTheOthers() {
    for (String name : Main.commandLine().getSubcommands().keySet()) {
      assertThat(Main.commandLine(name).getSubcommands()).containsOnlyKeys(name);
    }
    assertThat(Main.commandLine("status", "run").getSubcommands()).containsOnlyKeys("status");
    assertThat(Main.commandLine("--help", "status").getSubcommands()).hasSizeGreaterThan(30);
    assertThat(Main.commandLine("statsu").getSubcommands()).hasSizeGreaterThan(30);
    assertThat(Main.commandLine("Status").getSubcommands()).hasSizeGreaterThan(30);
  }
}
