package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tour shows what the program prints. All blocks of shell of its pages run in the order of the
 * pages, in one shell and one process, in a copy of the files that a fresh clone has; what each
 * block prints is the block that follows it. {@link #stable} replaces what differs from run to run.
 *
 * <p>This writes the pages again from a real run, to be read before they are committed:
 *
 * <pre>mvn test -Dtest=TourTest -Dconsentry.tour.write=yes</pre>
 */
final class TourTest {

  private static final Path TOUR = Path.of("src/docs/tour");
  private static final List<String> PAGES =
      List.of("steward.md", "researcher.md", "compliance-officer.md");
  private static final Path FILES = Path.of("src/test/resources/tour");

  /** A block of shell, and the block with what it prints if it prints anything. */
  private static final Pattern STEP =
      Pattern.compile("(?ms)^```sh\n(.*?)^```\n(?:\n```\n.*?^```\n)?");

  @TempDir Path folder;

  @Test
  void thePagesShowWhatTheProgramPrints() throws Exception {
    assumeTrue(Installation.isPosix(), "skipped: the walks are for a POSIX shell");
    assumeTrue(Program.isInstalled("ssh-keygen"), "skipped: ssh-keygen is not installed");
    Path root = Installation.in(Files.createDirectory(folder.toRealPath().resolve("clone"))).root();
    Files.createDirectories(root.resolve(FILES).getParent());
    Installation.copy(FILES, root.resolve(FILES));

    Map<String, String> walked = walked(root);

    if (System.getProperty("consentry.tour.write") != null) {
      for (Map.Entry<String, String> page : walked.entrySet()) {
        Files.writeString(TOUR.resolve(page.getKey()), page.getValue());
      }
    }
    for (Map.Entry<String, String> page : walked.entrySet()) {
      assertThat(page.getValue().lines())
          .as(page.getKey() + ": lines that a run prints, and lines of the page")
          .containsExactlyElementsOf(Files.readAllLines(TOUR.resolve(page.getKey())));
    }
  }

  /** The pages with what their commands print now. */
  private Map<String, String> walked(Path root) throws Exception {
    Path printed = Files.createDirectory(folder.resolve("printed"));
    List<String> days = new ArrayList<>(List.of(today()));
    String home = root.resolve("target/state").toString();
    Path calls = Files.createDirectory(folder.toRealPath().resolve("calls"));
    try (CommandServer server = CommandServer.start(root, home, calls)) {
      server.run(walk(printed));
    }
    days.add(today());

    Map<String, String> walked = new TreeMap<>();
    int step = 0;
    for (String page : PAGES) {
      Matcher steps = STEP.matcher(Files.readString(TOUR.resolve(page)));
      StringBuilder text = new StringBuilder();
      while (steps.find()) {
        String output =
            stable(Files.readString(printed.resolve("step" + step++)), root.toString(), days);
        String shown = output.isEmpty() ? "" : "\n```\n" + output + "```\n";
        steps.appendReplacement(
            text, Matcher.quoteReplacement("```sh\n" + steps.group(1) + "```\n" + shown));
      }
      walked.put(page, steps.appendTail(text).toString());
    }
    return walked;
  }

  private static Program walk(Path printed) throws IOException {
    StringBuilder script = new StringBuilder();
    int step = 0;
    for (String page : PAGES) {
      for (MatchResult block :
          STEP.matcher(Files.readString(TOUR.resolve(page))).results().toList()) {
        script.append("exec > '").append(printed.resolve("step" + step++)).append("' 2>&1\n");
        script.append(block.group(1));
        script.append("walked=$?; [ $walked -eq 0 ] || echo \"exit code $walked\"\n");
      }
    }
    Path file = Files.writeString(printed.resolve("walk.sh"), script);
    return Program.of("sh", file.toString());
  }

  /** The output without what differs from run to run: places, days, times, keys, codes, sizes. */
  private static String stable(String output, String root, List<String> days) {
    String text = output.replace(root + "/", "").replace(root, ".");
    text =
        text.replaceAll(
            "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d( [-+]\\d\\d:\\d\\d)?", "DAY TIME");
    text = text.replaceAll(days.stream().distinct().collect(Collectors.joining("|")), "DAY");
    text = text.replaceAll("from \\d{4}-\\d\\d-\\d\\d to DAY", "from SIX YEARS BEFORE to DAY");
    return text.replaceAll("-\\d{8}-\\d{6}-[0-9a-f]{4}\\b", "-DAY-TIME-CODE")
        .replaceAll("SHA256:[A-Za-z0-9+/]{43}", "SHA256:...")
        .replaceAll("\\b[0-9a-f]{64}\\b", "...")
        .replaceAll("(-r\\d+)-[0-9a-f]{12}\\b", "$1-...")
        .replaceAll("\\b([A-Z]{1,2})-[a-z2-7]{26}\\b", "$1-...")
        .replaceAll("\\b[\\d,]+ bytes", "... bytes");
  }

  /** The day in the clinic's zone and in UTC, as numbers and in words. */
  private static String today() {
    DateTimeFormatter words = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    return Stream.of(ZoneOffset.UTC, ZoneOffset.ofHours(-7))
        .map(LocalDate::now)
        .map(day -> day + "|\\b" + day.format(words))
        .collect(Collectors.joining("|"));
  }
}
