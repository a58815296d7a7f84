package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.consentry.cli.Installation.Answer;
import org.consentry.problem.Category;
import org.consentry.testing.Program;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual page and the completion scripts have every command and every option. */
final class ManPageTest {

  private static final String PAGE = new ManPage(Main.commandLine().getCommandSpec()).text();

  @Test
  void hasEveryCommandAndEveryOption() {
    List<CommandSpec> commands = commands(Main.commandLine());

    assertThat(commands).hasSizeGreaterThan(30);
    for (CommandSpec command : commands) {
      assertThat(PAGE).contains("\n.SS \"" + roff(command.qualifiedName()) + "\"\n");
      for (OptionSpec option : command.options()) {
        assertThat(PAGE)
            .as(command.qualifiedName())
            .contains("\\fB" + roff(option.longestName()) + "\\fR");
      }
    }
    for (Category category : Category.values()) {
      assertThat(PAGE).contains("\n\\fB" + category.exitCode() + "\\fR\n");
    }
  }

  @Test
  void isTheSameEachTimeItIsMadeAndIsPrintedByACommand() {
    Answer printed = Installation.execute(List.of("man"));

    assertThat(printed.exitCode()).isZero();
    assertThat(printed.out()).isEqualTo(PAGE);
    assertThat(PAGE).matches("(?s)\\p{ASCII}*").startsWith(".TH \"CONSENTRY\" \"1\" \"\" ");
  }

  @Test
  void beginsNoLineWithARequestByAccident() {
    assertThat(ManPage.escaped(".so /etc/passwd")).isEqualTo("\\&.so /etc/passwd");
    assertThat(ManPage.escaped("'a\\b-c")).isEqualTo("\\&'a\\eb\\-c");
  }

  @Test
  void groffFindsNothingWrong() throws Exception {
    assumeTrue(Program.isInstalled("groff"), "skipped: groff is not installed");

    Program.Ended ended =
        Program.of("groff", "-man", "-Tascii", "-ww", "-P-cbou")
            .reading(PAGE.getBytes(StandardCharsets.UTF_8))
            .run();

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out().replaceAll("\\s+", " "))
        .contains(" NAME consentry - Releases clinic records to researchers")
        .contains(" consentry keys new Makes a key ")
        .contains(" --public-key KEY A public key of age");
  }

  @Test
  void completionScriptsAreOfTheirShells() throws Exception {
    for (String shell : List.of("bash", "zsh")) {
      assumeTrue(Program.isInstalled(shell), "skipped: " + shell + " is not installed");
      String script = Installation.execute(List.of("completion", shell)).out();

      Program.Ended ended =
          Program.of(shell, "-n").reading(script.getBytes(StandardCharsets.UTF_8)).run();

      assertThat(ended.exitCode()).as(ended.text()).isZero();
      assertThat(script).contains("--public-key");
    }
    assertThat(Installation.execute(List.of("completion", "zsh")).out())
        .startsWith("#compdef consentry\n")
        .endsWith(
            "[[ ${funcstack[1]} == _consentry ]] && _bash_complete -o default -F"
                + " _complete_consentry\n");
  }

  private static String roff(String text) {
    return text.replace("-", "\\-");
  }

  private static List<CommandSpec> commands(CommandLine line) {
    List<CommandSpec> all = new ArrayList<>();
    for (CommandLine each : line.getSubcommands().values()) {
      all.add(each.getCommandSpec());
      all.addAll(commands(each));
    }
    return all;
  }
}
