package org.consentry.export;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.consentry.config.Node;
import org.consentry.config.OutputRule;
import org.consentry.config.TableRule;
import org.consentry.operator.Attachments.Attachment;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Lists;

/** Values of no person, made by a generator with a fixed seed. */
final class SyntheticValues {

  private static final long SEED = 20_240_101;
  private static final int LISTED = 200;

  private SyntheticValues() {}

  /** The id of a synthetic patient. */
  static String id(int subject) {
    return "SYNTHETIC-" + (subject + 1);
  }

  /** The birth date of a synthetic patient, in days since 1970-01-01. */
  static int birthDay(int subject) {
    return (int) LocalDate.of(1940, 1, 1).plusDays(number(subject, 60 * 365)).toEpochDay();
  }

  /** A number below a bound that looks drawn (SplitMix64), the same in every sample. */
  private static int number(int row, int below) {
    long mixed = SEED * below + (row + 1) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return Math.floorMod(mixed ^ (mixed >>> 31), below);
  }

  /**
   * Values of different kinds for a column, those of its rules and lists first.
   *
   * @param rows how many of each kind
   */
  static List<List<String>> kinds(ExportPlan plan, String table, String column, int rows) {
    List<List<String>> kinds = new ArrayList<>();
    for (List<String> words : words(plan, table, column)) {
      kinds.add(of(rows, row -> words.get(number(row, words.size()))));
    }
    List<IntFunction<String>> made =
        List.of(
            row -> "CODE" + (row + 1),
            row -> Integer.toString(18 + number(row, 60)),
            row -> 1 + number(row, 999) + ".50",
            row -> List.of("85004", "10001", "60601", "94103", "30303").get(row % 5),
            row -> day(row).toString(),
            row -> day(row) + "T10:30:00",
            row -> day(row).format(DateTimeFormatter.ofPattern("M/d/yyyy", Locale.ROOT)),
            row -> day(row).format(DateTimeFormatter.ofPattern("dd.MM.yyyy", Locale.ROOT)),
            SyntheticValues::id,
            row -> "synthetic text " + (row + 1));
    made.forEach(kind -> kinds.add(of(rows, kind)));
    return kinds;
  }

  private static List<String> of(int rows, IntFunction<String> kind) {
    return IntStream.range(0, rows).mapToObj(kind).toList();
  }

  private static LocalDate day(int row) {
    return LocalDate.of(2018, 1, 1).plusDays(number(row, 5 * 365));
  }

  /** The values that the rules of a column and their lists name. */
  private static List<List<String>> words(ExportPlan plan, String table, String column) {
    TableRule rule = plan.mapping().tables().get(table);
    List<Node> settings = new ArrayList<>();
    if (rule != null && rule.columns().get(column) != null) {
      rule.columns().get(column).outputs().stream()
          .map(OutputRule::settings)
          .forEach(settings::add);
    }
    Path folder =
        Optional.ofNullable(plan.mappingFile().toAbsolutePath().getParent()).orElse(Path.of(""));
    Lists lists = new Lists(folder);
    List<List<String>> words = new ArrayList<>();
    for (Node node : settings) {
      List<String> listed = new ArrayList<>();
      for (Node.Entry entry : ((Node.Mapping) node).entries()) {
        if (entry.value() instanceof Node.Mapping below) {
          below.entries().forEach(each -> listed.add(each.key()));
        } else if (entry.value() instanceof Node.Scalar file && file.text().endsWith(".csv")) {
          lists.read(file.text()).map(SyntheticValues::first).ifPresent(listed::addAll);
        }
      }
      if (!listed.isEmpty()) {
        words.add(listed);
      }
    }
    return words;
  }

  /** The first cells of the rows of a list. */
  private static List<String> first(Attachment list) {
    return list.text()
        .lines()
        .skip(1)
        .limit(LISTED)
        .map(line -> line.split(",", 2)[0].replace("\"", ""))
        .filter(cell -> !cell.isBlank())
        .toList();
  }
}
