package org.consentry.export;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.config.TableRule;
import org.consentry.config.WithPlace;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.TableExtract;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * A record that is asked about, as {@code TABLE:KEY}. The key of one column is written as in the
 * table; where the mapping names several, their values follow its order with {@code |} between
 * them, and a {@code |} that belongs to a value is written {@code \|}.
 *
 * <p><b>Security promise:</b> no message of it, nor its text form, shows a value of the key.
 */
public final class RecordQuestion {

  private static final String OPTION = "--record";

  private final TableExtract table;
  private final List<Integer> columns;
  private final List<String> values;

  private RecordQuestion(TableExtract table, List<Integer> columns, List<String> values) {
    this.table = table;
    this.columns = List.copyOf(columns);
    this.values = List.copyOf(values);
  }

  /**
   * Reads what was asked.
   *
   * @throws ProblemException category USAGE when it is not so written, the job releases no such
   *     table, or its key has another number of columns
   */
  public static RecordQuestion of(ExportPlan plan, String text) {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw refused("RECORD", "expected TABLE:KEY", "");
    }
    String name = text.substring(0, colon);
    TableExtract table = table(plan, name);
    List<String> key = keyOf(plan, name);
    List<String> values = values(text.substring(colon + 1), key.size());
    if (values.size() != key.size()) {
      throw refused(
          "RECORD_KEY",
          "the key of table '"
              + name
              + "' has "
              + key.size()
              + " columns: "
              + String.join(", ", key),
          "write their values with | between them");
    }
    List<Integer> columns = key.stream().map(table.source().columns()::indexOf).toList();
    return new RecordQuestion(table, columns, values);
  }

  private static TableExtract table(ExportPlan plan, String name) {
    return plan.tables().stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> refused("UNKNOWN_TABLE", "the job releases no such table", tables(plan)));
  }

  private static String tables(ExportPlan plan) {
    return "write TABLE:KEY with one of "
        + plan.tables().stream().map(TableExtract::name).collect(Collectors.joining(", "));
  }

  private static List<String> keyOf(ExportPlan plan, String table) {
    TableRule rule = plan.mapping().tables().get(table);
    if (rule == null) {
      throw new IllegalStateException("the mapping has no rule of table " + table);
    }
    return rule.key().stream().map(WithPlace::value).toList();
  }

  private static List<String> values(String key, int columns) {
    return columns == 1
        ? List.of(key)
        : Stream.of(key.split("(?<!\\\\)\\|", -1)).map(value -> value.replace("\\|", "|")).toList();
  }

  private static ProblemException refused(String code, String found, String advice) {
    return ProblemException.of(Category.USAGE, code, Place.of(OPTION), found, advice);
  }

  /** The table of the record. */
  TableExtract table() {
    return table;
  }

  /** The key's columns, as positions in the source. */
  List<Integer> columns() {
    return columns;
  }

  /** The values of these columns. */
  List<String> values() {
    return values;
  }

  /** Shows the table and nothing of the key. */
  @Override
  public String toString() {
    return "RecordQuestion[" + table.name() + "]";
  }
}
