package org.consentry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages are what they promise: links lead somewhere, and what they show is what is built. */
final class DocumentationTest {

  private static final Path README = Path.of("README.md");
  private static final Path DOCS = Path.of("src/docs");
  private static final Path DECISIONS = DOCS.resolve("decisions");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern GLOSSARY_ENTRY = Pattern.compile("(?m)^\\| [^|]+ \\|");

  @Test
  void everyLinkLeadsToAFileAndAHeading() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      for (String link : all(LINK, withoutCode(page))) {
        if (!link.contains("://") && !leadsSomewhere(page, link)) {
          broken.add(page + ": " + link);
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void theReadmeIsShort() throws IOException {
    assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(150);
  }

  @Test
  void everyPageIsListedByReaderAndLeadsToTheNext() throws IOException {
    String list = read(DOCS.resolve("README.md"));
    for (Path page : markdown(DOCS, 1)) {
      assertThat(page.equals(DOCS.resolve("README.md")) || list.contains(name(page)))
          .as(name(page))
          .isTrue();
      assertThat(Files.readAllLines(page)).as(name(page)).last().asString().startsWith("Next: ");
    }
  }

  @Test
  void everyDecisionIsInTheIndex() throws IOException {
    String index = read(DECISIONS.resolve("README.md"));
    Set<String> listed = new TreeSet<>(all(LINK, index));
    Set<String> pages =
        markdown(DECISIONS, 1).stream()
            .map(DocumentationTest::name)
            .filter(name -> !name.equals("README.md"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(listed).containsAll(pages);
  }

  @Test
  void theTableOfRoomsHasEveryRoomAndNoOther() throws IOException {
    List<String> built;
    try (Stream<Path> folders = Files.list(Path.of("src/main/java/org/consentry"))) {
      built = folders.filter(Files::isDirectory).map(DocumentationTest::name).sorted().toList();
    }
    List<String> rows =
        all(Pattern.compile("(?m)^\\| (\\d \\| `[a-z]+`) \\|"), section("Rooms")).stream()
            .sorted()
            .toList();

    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            built.stream()
                .map(
                    room -> Room.valueOf(room.toUpperCase(Locale.ROOT)).floor + " | `" + room + "`")
                .toList());
  }

  @Test
  void theGlossaryHasAtMostSixtyEntries() throws IOException {
    long rows = GLOSSARY_ENTRY.matcher(section("Glossary")).results().count();

    assertThat(rows - 1).isBetween(40L, 60L);
  }

  @Test
  void theExampleOperatorIsTheOneThatIsTested() throws IOException {
    String source = read(Path.of("src/test/java/org/consentry/operator/Length.java"));
    String cases = read(Path.of("src/test/resources/spec/transform/length.yaml"));

    assertThat(section("Add an operator in ten minutes"))
        .contains("```java\n" + source.substring(source.indexOf("/**")) + "```")
        .contains("```yaml\n" + cases + "```");
  }

  private static boolean leadsSomewhere(Path page, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    if (!Files.exists(target)) {
      return false;
    }
    return parts.length == 1
        || all(HEADING, withoutCode(target)).stream()
            .map(DocumentationTest::anchor)
            .anyMatch(parts[1]::equals);
  }

  /** The anchor that GitHub gives a heading. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  private static String section(String heading) throws IOException {
    String page = read(DOCS.resolve("architecture.md"));
    int from = page.indexOf("\n## " + heading + "\n");
    assertThat(from).as(heading).isNotNegative();
    int to = page.indexOf("\n## ", from + 1);
    return to < 0 ? page.substring(from) : page.substring(from, to);
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(markdown(DOCS, 3));
    pages.addAll(List.of(README, Path.of("CHANGELOG.md"), Path.of("sample-data/README.md")));
    return pages;
  }

  private static List<Path> markdown(Path folder, int depth) throws IOException {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files.filter(file -> name(file).endsWith(".md")).sorted().toList();
    }
  }

  private static String withoutCode(Path page) throws IOException {
    return read(page).replaceAll("(?ms)^```.*?^```$", "");
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult result) -> result.group(1)).toList();
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
