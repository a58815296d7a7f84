package org.consentry.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The words that start this program again, as it was started: runtime, options and class path. */
final class ProgramWords {

  /** Options that are about the terminal and the process of this command alone. */
  private static final List<String> OWN =
      List.of(
          "-Dconsentry.terminal=",
          "-Dconsentry.columns=",
          "-Dconsentry.interactive=",
          "-agentlib:",
          "-XX:ArchiveClassesAtExit=",
          "-XX:AOTCacheOutput=");

  private ProgramWords() {}

  /** The words, without a command. */
  static List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(
        ProcessHandle.current()
            .info()
            .command()
            .orElse(Path.of(System.getProperty("java.home", ""), "bin", "java").toString()));
    options().forEach(words::add);
    words.add("-cp");
    words.add(System.getProperty("java.class.path", ""));
    words.add(Main.class.getName());
    return words;
  }

  private static Stream<String> options() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> OWN.stream().noneMatch(option::startsWith))
        .map(option -> option.replaceFirst("/consentry-serve(\\.(?:jsa|aot))$", "/consentry$1"));
  }
}
