package org.consentry.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page of the program, with all commands: made of what {@code --help} shows, in the
 * macros of man(7).
 */
final class ManPage {

  private static final Map<String, String> ENVIRONMENT = new LinkedHashMap<>();

  static {
    ENVIRONMENT.put("CONSENTRY_HOME", "The state folder, where --home is not given.");
    ENVIRONMENT.put("XDG_STATE_HOME", "Else the state folder is the folder consentry in it.");
    ENVIRONMENT.put("JAVA_HOME", "The Java runtime, 17 or newer; else java on the PATH.");
    ENVIRONMENT.put("CONSENTRY_JAVA_OPTS", "More options for the Java runtime, such as -Xmx1g.");
  }

  private final CommandSpec root;
  private final StringBuilder out = new StringBuilder();

  /** The page of a program, by its command without a parent. */
  ManPage(CommandSpec root) {
    this.root = root;
  }

  /** The page in roff. */
  String text() {
    macro(".TH", root.name().toUpperCase(java.util.Locale.ROOT), "1", "", Version.text());
    section("NAME");
    String purpose = String.join(" ", root.usageMessage().description());
    line(root.name() + " \\- " + escaped(purpose.replaceFirst("[.]$", "")));
    section("SYNOPSIS");
    synopsis(root);
    section("DESCRIPTION");
    text(root.usageMessage().description());
    section("OPTIONS");
    text("The commands have these options in common.");
    Set<String> common = common();
    common(common);
    section("COMMANDS");
    subcommands(root).forEach(command -> command(command, common));
    section("EXIT STATUS");
    root.usageMessage()
        .exitCodeList()
        .forEach((code, meaning) -> item("\\fB" + code + "\\fR", meaning));
    section("ENVIRONMENT");
    ENVIRONMENT.forEach((name, meaning) -> item("\\fB" + name + "\\fR", meaning));
    section("SEE ALSO");
    text("The pages in share/doc/consentry of the application folder.");
    line(".BR age (1),");
    line(".BR ssh\\-keygen (1)");
    return out.toString();
  }

  /** The commands below a command, in the order of its help, each with those below it. */
  private static List<CommandSpec> subcommands(CommandSpec command) {
    List<CommandSpec> all = new ArrayList<>();
    for (CommandLine each : command.subcommands().values()) {
      all.add(each.getCommandSpec());
      all.addAll(subcommands(each.getCommandSpec()));
    }
    return all;
  }

  /** The names of options that have one meaning in all commands. */
  private Set<String> common() {
    Set<String> names = new TreeSet<>();
    root.options().forEach(option -> names.add(option.longestName()));
    options().forEach(option -> names.add(option.longestName()));
    return names;
  }

  private List<OptionSpec> options() {
    return subcommands(root).stream()
        .flatMap(command -> command.mixins().values().stream())
        .filter(mixin -> mixin.userObject() instanceof CommonOptions)
        .findFirst()
        .map(CommandSpec::options)
        .orElse(List.of());
  }

  private void common(Set<String> names) {
    List<OptionSpec> all = new ArrayList<>(root.options());
    all.addAll(options());
    all.stream().filter(option -> names.contains(option.longestName())).forEach(this::option);
  }

  private void command(CommandSpec command, Set<String> common) {
    macro(".SS", command.qualifiedName());
    text(command.usageMessage().description());
    synopsis(command);
    command.positionalParameters().stream()
        .filter(parameter -> !parameter.hidden())
        .forEach(this::parameter);
    command.options().stream()
        .filter(option -> !option.hidden() && !common.contains(option.longestName()))
        .forEach(this::option);
  }

  private void synopsis(CommandSpec command) {
    String words = new Help(command, Help.Ansi.OFF).synopsis(0).strip().replaceAll("\\s+", " ");
    line(".PP");
    line("\\fB" + escaped(words) + "\\fR");
  }

  private void option(OptionSpec option) {
    List<String> names = new ArrayList<>();
    for (String name : option.names()) {
      names.add("\\fB" + escaped(name) + "\\fR");
    }
    boolean hasValue = option.arity().max() > 0;
    item(
        String.join(", ", names)
            + (hasValue ? " \\fI" + escaped(option.paramLabel()) + "\\fR" : ""),
        words(option));
  }

  private void parameter(PositionalParamSpec parameter) {
    item("\\fI" + escaped(parameter.paramLabel()) + "\\fR", words(parameter));
  }

  private static String words(ArgSpec argument) {
    return String.join(" ", argument.description());
  }

  private void section(String name) {
    macro(".SH", name);
  }

  /** A paragraph that begins with a word or two in the margin; these are roff already. */
  private void item(String words, String meaning) {
    line(".TP");
    line(words);
    line(escaped(meaning));
  }

  private void text(String... sentences) {
    line(".PP");
    for (String sentence : sentences) {
      line(escaped(sentence));
    }
  }

  private void macro(String name, String... arguments) {
    StringBuilder line = new StringBuilder(name);
    for (String argument : arguments) {
      line.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
    }
    line(line.toString());
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  /** A text of which roff prints every character: no line begins a request. */
  static String escaped(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
