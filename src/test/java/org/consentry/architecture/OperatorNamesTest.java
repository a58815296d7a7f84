package org.consentry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.consentry.operator.OperatorFactory;
import org.consentry.operator.Operators;
import org.junit.jupiter.api.Test;

/** No code outside the room of operators asks for an operator by its name: effects decide. */
final class OperatorNamesTest {

  private static final Path MAIN = Path.of("src/main/java/org/consentry");

  /** A dictionary of column names; the word of the language for a column that ends. */
  private static final Set<Path> OTHER_WORDS =
      Set.of(Path.of("policy/ColumnNames.java"), Path.of("config/OutputRule.java"));

  @Test
  void noCodeAsksForAnOperatorByItsName() throws IOException {
    Pattern literal = Pattern.compile("\"(" + String.join("|", names()) + ")\"");
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(MAIN)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.startsWith(MAIN.resolve("operator")))
          .filter(file -> !OTHER_WORDS.contains(MAIN.relativize(file)))
          .forEach(file -> find(literal, file, found));
    }

    assertThat(found).isEmpty();
  }

  private static void find(Pattern literal, Path file, List<String> found) {
    try {
      Matcher words = literal.matcher(Files.readString(file));
      while (words.find()) {
        found.add(MAIN.relativize(file) + " " + words.group());
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<String> names() {
    return Operators.SHIPPED.all().stream().map(OperatorFactory::name).toList();
  }
}
