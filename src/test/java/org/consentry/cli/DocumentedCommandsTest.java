package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/**
 * The commands of README and pages do what the pages promise: blocks of shell are run in the order
 * of the pages, in a copy of the sample, by one process; commands with words to fill in are parsed.
 */
final class DocumentedCommandsTest {

  private static final Path README = Path.of("README.md");

  private static final Pattern SHELL = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

  /** A command within a sentence or a table, or indented. */
  private static final Pattern QUOTED =
      Pattern.compile("`consentry ([^`]+)`|(?m)^(?: {4})?consentry (.+)$");

  /** Words that the reader replaces. */
  private static final Pattern TO_FILL_IN =
      Pattern.compile("\\b(RUN|DIR|JOB|FILE|KEY|RELEASE|SHA256)\\b");

  /** Digests, and what depends on the moment of the run. */
  private static final String VARYING =
      "[Ss][Hh][Aa]256:\\S+|\\d{4}-\\d{2}-\\d{2}|\\d{8}-\\d{6}-\\w+|\\.\\.\\.";

  @TempDir Path folder;
  @TempDir Path calls;

  @Test
  void everyBlockOfShellRuns() throws Exception {
    assumeTrue(Installation.isPosix(), "skipped: the blocks are for a POSIX shell");
    assumeTrue(Program.isInstalled("ssh-keygen"), "skipped: ssh-keygen is not installed");
    Path root = Installation.in(folder.toRealPath()).root();

    Map<String, Program.Ended> ended = new LinkedHashMap<>();
    try (CommandServer server = CommandServer.start(root, "", calls.toRealPath())) {
      for (String block : blocks()) {
        ended.put(block, server.run(shell(block)));
      }
    }

    ended.forEach(
        (block, end) ->
            assertThat(end.exitCode())
                .as(block + end.text())
                .isEqualTo(block.contains("typo") ? 10 : 0));
    assertThat(ended).hasSizeGreaterThan(8);
    assertThat(Installation.files(root.resolve("office/recontact")))
        .as("the page of requests to contact people again")
        .filteredOn(file -> file.endsWith("patients.csv"))
        .singleElement()
        .satisfies(list -> assertThat(Installation.read(list).lines()).hasSizeGreaterThan(20));
    assertThat(ended.values().iterator().next().text().replace(root + "/", "").lines())
        .as("the output that the README shows")
        .satisfies(
            lines -> shownLines().forEach(each -> assertThat(lines).anyMatch(matches(each))));
  }

  @Test
  void everyQuotedCommandIsOne() throws IOException {
    List<String> quoted = new ArrayList<>();
    for (Path page : pages()) {
      Matcher commands = QUOTED.matcher(Files.readString(page));
      while (commands.find()) {
        quoted.add(commands.group(1) != null ? commands.group(1) : commands.group(2));
      }
    }

    CommandLine line = Main.commandLine();
    assertThat(quoted).hasSizeGreaterThan(30);
    assertThat(quoted.stream().flatMap(command -> mistake(line, command).stream())).isEmpty();
  }

  private static Optional<String> mistake(CommandLine line, String command) {
    try {
      line.parseArgs(words(command));
      return Optional.empty();
    } catch (MissingParameterException named) {
      return Optional.empty(); // The page names the command and does not call it.
    } catch (ParameterException wrong) {
      return Optional.of("consentry " + command + ": " + wrong.getMessage());
    }
  }

  /** Blocks to run: without building, without words to fill in, and each one once. */
  private static List<String> blocks() throws IOException {
    List<String> blocks = new ArrayList<>();
    for (Path page : pages()) {
      Matcher shell = SHELL.matcher(Files.readString(page));
      while (shell.find()) {
        String block = shell.group(1).replaceFirst("(?m)^mvn [^&\n]*(&& )?", "").strip() + "\n";
        if (!block.isBlank() && !TO_FILL_IN.matcher(block).find() && !blocks.contains(block)) {
          blocks.add(block);
        }
      }
    }
    return blocks;
  }

  private static Program shell(String block) {
    return Program.of("sh", "-e", "-c", "PATH=$PWD/target/consentry/bin:$PATH\n" + block);
  }

  private static Stream<String> shownLines() throws IOException {
    String readme = Files.readString(README);
    int from = readme.indexOf("\n```\nmade study key") + 5;
    return readme.substring(from, readme.indexOf("\n```", from)).lines();
  }

  private static Pattern pattern(String shown) {
    return Pattern.compile(
        Arrays.stream(shown.split(VARYING, -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")));
  }

  private static Predicate<String> matches(String shown) {
    return pattern(shown).asMatchPredicate();
  }

  private static String[] words(String command) {
    String plain =
        command
            .replaceFirst("\\s+#.*", "")
            .replaceAll("\\.\\.\\.]", "]")
            .replaceAll("[\\[\\]]", "")
            .replaceFirst(" > .*", "");
    Matcher word = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)").matcher(plain);
    List<String> words = new ArrayList<>();
    while (word.find()) {
      words.add(
          word.group(1) != null
              ? word.group(1)
              : word.group(2) != null ? word.group(2) : word.group(3));
    }
    return words.toArray(String[]::new);
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(README));
    try (Stream<Path> docs = Files.walk(Path.of("src/docs"))) {
      docs.filter(page -> page.toString().endsWith(".md") && !page.startsWith("src/docs/tour"))
          .sorted()
          .forEach(pages::add); // TourTest walks the tour.
    }
    return pages;
  }
}
