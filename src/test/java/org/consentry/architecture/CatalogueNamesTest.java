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
import org.consentry.policy.Policies;
import org.junit.jupiter.api.Test;

/**
 * No code outside its own room asks for an operator or a legal target by its name: effects and the
 * target's own values decide.
 */
final class CatalogueNamesTest {

  private static final Path MAIN = Path.of("src/main/java/org/consentry");

  /**
   * A dictionary of column names; the word of the language for a column that ends; the name of what
   * a scan finds.
   */
  private static final Set<Path> OTHER_WORDS =
      Set.of(
          Path.of("policy/ColumnDictionary.java"),
          Path.of("policy/ColumnNames.java"),
          Path.of("config/OutputRule.java"),
          Path.of("export/scan/Limits.java"));

  @Test
  void noCodeAsksForAnOperatorByItsName() throws IOException {
    List<String> names = Operators.SHIPPED.all().stream().map(OperatorFactory::name).toList();

    assertThat(found(names, "operator")).isEmpty();
  }

  @Test
  void noCodeAsksForALegalTargetByItsName() throws IOException {
    assertThat(found(Policies.SHIPPED.targets(), "policy")).isEmpty();
  }

  @Test
  void findsANameThatIsAskedFor() throws IOException {
    assertThat(found(List.of("safe-harbor"), "operator"))
        .containsExactly("policy/SafeHarbor.java \"safe-harbor\"");
  }

  /** Where these names are whole literals of main code outside a room. */
  private static List<String> found(List<String> names, String room) throws IOException {
    Pattern literal = Pattern.compile("\"(" + String.join("|", names) + ")\"");
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(MAIN)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.startsWith(MAIN.resolve(room)))
          .filter(file -> !OTHER_WORDS.contains(MAIN.relativize(file)))
          .forEach(file -> find(literal, file, found));
    }
    return found;
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
}
