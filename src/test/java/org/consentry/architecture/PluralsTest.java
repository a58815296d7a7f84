package org.consentry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One thing is named in the singular: in every message that a test, a case or the tour shows. */
final class PluralsTest {

  private static final String NOUNS =
      "rows|lines|files|patients|people|subjects|values|tables|columns|cells|releases|lists|cases"
          + "|splits|bytes|approvals|approvers|errors|warnings|days|entries|runs|persons|findings"
          + "|codes|keys|letters|characters|digits|blanks|records|events|places";

  /** As in "1 consent lines" and "1 of them have"; not "level 1 values" and "1,001 rows". */
  private static final Pattern ONE_OF_MANY =
      Pattern.compile(
          "(?<![\\w.,:/#\\[-])1 (?!of\\b|to\\b|million\\b)(?:[a-z]+ ){0,2}(?:"
              + NOUNS
              + "|have|are)\\b");

  @Test
  void noMessageNamesOneThingInThePlural() throws IOException {
    assertThat(found("src/docs", "src/test", "README.md")).isEmpty();
  }

  @Test
  void findsOneThingInThePlural() {
    assertThat(
            Stream.of("1 consent lines", "(1 rows", "as 1 released people", "codes: 1 have more"))
        .allMatch(text -> ONE_OF_MANY.matcher(text).find());
    assertThat(Stream.of("1 row", "1 of 2 rows", "21 rows", "1,001 rows", "1 to 5 rows"))
        .noneMatch(text -> ONE_OF_MANY.matcher(text).find());
  }

  private static List<String> found(String... roots) throws IOException {
    List<String> found = new ArrayList<>();
    for (String root : roots) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        files
            .filter(file -> file.toString().matches(".*\\.(java|yaml|md|txt)"))
            .filter(file -> !file.endsWith("PluralsTest.java"))
            .forEach(file -> found.addAll(in(file)));
      }
    }
    return found;
  }

  private static List<String> in(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> ONE_OF_MANY.matcher(line).find())
          .map(line -> file + ": " + line.strip())
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
