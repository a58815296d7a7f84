package org.consentry.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The Adult data set of UCI with the hierarchies of ARX, where the data collection is here. */
public final class AdultData {

  /** The columns, in the order of the file. */
  public static final List<String> COLUMNS =
      List.of(
          "sex",
          "age",
          "race",
          "marital-status",
          "education",
          "native-country",
          "workclass",
          "occupation",
          "salary-class");

  private static final Path FOLDER =
      Path.of(System.getProperty("consentry.shared.data", "../shared/data"))
          .resolve("anonymization/arx");

  private AdultData() {}

  /** Skips the test, with the reason, where the data collection is not here. */
  public static void require() {
    assumeTrue(Files.exists(FOLDER), "the Adult data set of the data collection is not here");
  }

  /** The rows of a file, without its header. */
  public static List<List<String>> rows(String file) throws IOException {
    return levels(file).stream().skip(1).toList();
  }

  /** The values of a column in the order of its hierarchy's file. */
  static List<String> values(String column) throws IOException {
    return levels("adult_hierarchy_" + column + ".csv").stream().map(row -> row.get(0)).toList();
  }

  /** The rows of a file of a hierarchy, which has no header. */
  public static List<List<String>> levels(String file) throws IOException {
    return Files.readAllLines(FOLDER.resolve(file)).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .map(line -> List.of(line.split(";", -1)))
        .toList();
  }

  /** The hierarchy in a file. */
  static Hierarchy hierarchy(String file) throws IOException {
    List<List<String>> rows = levels(file);
    int height = rows.get(0).size();
    int[][] nodes = new int[height][rows.size()];
    for (int level = 0; level < height; level++) {
      Map<String, Integer> numbers = new HashMap<>();
      for (int value = 0; value < rows.size(); value++) {
        String label = rows.get(value).get(level);
        nodes[level][value] = numbers.computeIfAbsent(label, word -> numbers.size());
      }
    }
    return new Hierarchy(nodes);
  }

  /** Some columns of a file as an identity table. */
  static IdentityTable table(String file, List<String> columns) throws IOException {
    return table(List.of(file), columns);
  }

  /** Some columns of several files, one behind the other. */
  static IdentityTable table(List<String> files, List<String> columns) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (String file : files) {
      rows.addAll(rows(file));
    }
    int[][] values = new int[columns.size()][];
    List<Hierarchy> hierarchies = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      hierarchies.add(hierarchy("adult_hierarchy_" + columns.get(i) + ".csv"));
      values[i] = numbers(rows, columns.get(i), values(columns.get(i)));
    }
    return new IdentityTable(values, hierarchies);
  }

  /** The values of a column as numbers in the given order. */
  static int[] numbers(List<List<String>> rows, String column, List<String> order) {
    Map<String, Integer> numbers = new HashMap<>();
    IntStream.range(0, order.size()).forEach(i -> numbers.put(order.get(i), i));
    int at = COLUMNS.indexOf(column);
    return rows.stream().mapToInt(row -> numbers.get(row.get(at))).toArray();
  }

  /** The groups of all columns as they are. */
  static GroupSizes raw() throws IOException {
    IdentityTable table = table("adult.csv", COLUMNS);
    assertThat(table.subjects()).isEqualTo(30_162);
    return GroupSizes.of(table.sizes(new int[COLUMNS.size()]));
  }
}
