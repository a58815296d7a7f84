package org.consentry.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.consentry.connector.Connectors;
import org.consentry.connector.Source;
import org.consentry.policy.ColumnAdvice;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * The names of tables and columns of a folder of CSV files.
 *
 * <p><b>Security promise:</b> reads the first line of each file and nothing else. A file whose
 * first line may be a patient is refused, and no word of it is shown.
 */
public final class CsvFolder {

  private static final String SUFFIX = ".csv";
  private static final String TABLE = "[A-Za-z0-9][A-Za-z0-9_-]{0,62}";
  private static final List<String> CONSENT_LINES = List.of("line_id", "decision", "signer_role");

  private final Map<String, List<String>> tables = new TreeMap<>();
  private Optional<String> consent = Optional.empty();
  private final Problems problems = new Problems();

  private CsvFolder() {}

  /**
   * Looks at a folder.
   *
   * @throws ProblemException of category FILES_INVALID with everything that is wrong
   */
  public static CsvFolder read(Path folder) {
    CsvFolder found = new CsvFolder();
    Source source = Connectors.csvFolder(folder);
    for (String name : found.names(folder)) {
      found.table(folder, name, source);
    }
    if (found.tables.isEmpty() && !found.problems.hasErrors()) {
      found.problems.error(
          "NO_TABLES",
          Place.of(folder.toString()),
          "the folder has no CSV file of records",
          "name the folder of patients.csv and the other tables");
    }
    found.problems.throwIfAny(Category.FILES_INVALID);
    return found;
  }

  /** The columns of every table, by its name; the file of consent lines is none. */
  public Map<String, List<String>> tables() {
    return Map.copyOf(tables);
  }

  /** The name of the file of consent lines. */
  public Optional<String> consent() {
    return consent;
  }

  private List<String> names(Path folder) {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(SUFFIX) && !name.startsWith("."))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      problems.error(
          "NO_DIRECTORY", Place.of(folder.toString()), "the folder cannot be read", "check it");
      return List.of();
    }
  }

  private void table(Path folder, String name, Source source) {
    Place place = Place.of(folder.resolve(name + SUFFIX).toString());
    if (!name.matches(TABLE)) {
      problems.error(
          "TABLE_NAME",
          place,
          "a table's name becomes a folder's name: letters, digits, _ and -, at most 63",
          "rename the file");
      return;
    }
    try {
      List<String> columns = source.table(name).orElseThrow().columns();
      if (columns.containsAll(CONSENT_LINES)) {
        consent = Optional.of(name + SUFFIX);
      } else if (isHeader(columns)) {
        tables.put(name, columns);
      } else {
        problems.error(
            "NO_HEADER",
            place,
            "the first line may be a record: too few of its words are names of columns",
            "export the table with a header");
      }
    } catch (ProblemException refused) {
      problems.addAll(refused.problems());
    }
  }

  /** Names are words, and some of them are those that clinic systems use. */
  private static boolean isHeader(List<String> columns) {
    boolean words =
        columns.stream()
            .allMatch(
                name ->
                    name.matches("\\p{L}[\\p{L}\\p{M}\\p{N}_ ./()%#-]{0,127}")
                        && !name.matches(".*\\p{N}{5}.*"));
    long known = columns.stream().filter(ColumnAdvice::isKnown).count();
    return words && 5 * known >= columns.size();
  }
}
