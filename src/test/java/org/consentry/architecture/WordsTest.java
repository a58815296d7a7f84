package org.consentry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Code, messages and pages use the words of the field, and none of the project's own. */
final class WordsTest {

  /** Words of sentences. */
  private static final String WORDS =
      "(?<![A-Za-z])(?:doors?|hinges?|papers|custody|witness\\w*|fates?|twins?|anew|told|tells?"
          + "|telling|untold|holds?|held|holding|stands?|stood|standing|bears?|bearing|borne|lies"
          + "|lie|lay|lain|nobody|somebody|whoever|everybody|anybody|mends?|mended|heeds?|heeded"
          + "|owes?|owed|owing|reach|reaches|reached|ground|grounds|grounded|says?|said|let in"
          + "|lets? in|at that|of then|verdicts?|prints? of (?:a |the )?keys?)(?![a-z])";

  /** Parts of identifiers. */
  private static final String PARTS =
      "(?:Door|Hinge|Custody|Witness|Fate|Twin|Anew|Told|Tell|Held|Holds|Hold|Stands|Stand|Nobody"
          + "|Somebody|Whoever|Everybody|Reach|Ground|Says|Said|Verdict)(?![a-z])";

  private static final Pattern PRIVATE = Pattern.compile(WORDS + "|" + PARTS);

  private static final List<String> SUFFIXES = List.of(".java", ".md", ".yaml", ".jte", ".xml");

  private static final List<Path> PLACES =
      Stream.of(
              "README.md",
              "CHANGELOG.md",
              "jobs",
              "mappings",
              "sample-data",
              "src/docs",
              "src/main",
              "src/test")
          .map(Path::of)
          .toList();

  /** The list of words itself, and the labels that records have before a phone number. */
  private static final List<Path> EXCEPTIONS =
      Stream.of(
              "src/test/java/org/consentry/architecture/WordsTest.java",
              "src/main/java/org/consentry/profile/Label.java")
          .map(Path::of)
          .toList();

  @Test
  void everyFileUsesTheWordsOfTheField() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path place : PLACES) {
      try (Stream<Path> files = Files.walk(place)) {
        files.filter(WordsTest::isChecked).sorted().forEach(file -> find(file, found));
      }
    }

    assertThat(found).isEmpty();
  }

  @Test
  void findsWordsAndPartsOfIdentifiers() {
    assertThat(List.of("it is told", "toldTwice", "ConsentDoor", "anew()", "let in"))
        .allSatisfy(text -> assertThat(PRIVATE.matcher(text).find()).isTrue());
    assertThat(List.of("background", "threshold", "understand", "withheld", "outstanding"))
        .allSatisfy(text -> assertThat(PRIVATE.matcher(text).find()).isFalse());
  }

  private static boolean isChecked(Path file) {
    return SUFFIXES.stream().anyMatch(file.toString()::endsWith)
        && EXCEPTIONS.stream().noneMatch(file::startsWith);
  }

  private static void find(Path file, List<String> found) {
    try {
      int number = 0;
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        number++;
        Matcher word = PRIVATE.matcher(line);
        if (word.find()) {
          found.add(file + ":" + number + " [" + word.group() + "] " + line.strip());
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
