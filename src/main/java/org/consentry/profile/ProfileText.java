package org.consentry.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.consentry.data.SmallCounts;

/**
 * Shows profiles, as text for people and as fields for programs.
 *
 * <p><b>Security promise:</b> it shows names of tables and columns and masked counts, and no value.
 */
public final class ProfileText {

  private static final List<String> HEAD =
      List.of("column", "type", "missing", "distinct", "length", "found in its values");

  private ProfileText() {}

  /** A table's profile as lines for people: a heading and one line a column. */
  public static List<String> lines(TableProfile table) {
    List<List<String>> cells = new ArrayList<>(List.of(HEAD));
    table.columns().forEach((name, column) -> cells.add(cells(name, column)));
    List<String> lines = new ArrayList<>();
    lines.add("table " + table.table() + ": " + Masked.count(table.rows()) + " rows");
    cells.forEach(row -> lines.add(line(row, cells)));
    return lines;
  }

  /** A table's profile as one object a column, each with the names of table and column. */
  public static List<Map<String, Object>> objects(TableProfile table) {
    List<Map<String, Object>> objects = new ArrayList<>();
    table
        .columns()
        .forEach(
            (name, column) -> {
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("table", table.table());
              fields.put("column", name);
              fields.put("rows", Masked.count(column.rows()));
              fields.put("type", column.written().type().word());
              column.written().form().ifPresent(form -> fields.put("form", form.pattern()));
              fields.put("fitting", Masked.share(column.written().fitting(), column.values()));
              fields.put("missing", Masked.share(column.missing().total(), column.rows()));
              fields.put("missingAs", missingAs(column));
              fields.put("distinct", distinct(column));
              fields.put("length", lengths(column));
              fields.put("found", found(column));
              fields.put("perhaps", perhaps(column));
              fields.put("looksLike", looksLike(column));
              objects.add(fields);
            });
    return objects;
  }

  private static List<String> cells(String name, ColumnSummary column) {
    List<String> found = new ArrayList<>();
    found(column).forEach((kind, share) -> found.add(kind + " " + share));
    perhaps(column).forEach((kind, share) -> found.add("perhaps " + kind + " " + share));
    looksLike(column).forEach(kind -> found.add("looks like " + kind));
    return List.of(
        name,
        type(column),
        missing(column),
        distinct(column),
        lengths(column),
        String.join(", ", found));
  }

  private static String type(ColumnSummary column) {
    String word = column.written().words();
    String share = Masked.share(column.written().fitting(), column.values());
    return column.written().fitting() == column.values() ? word : word + " (" + share + ")";
  }

  private static String missing(ColumnSummary column) {
    Map<String, String> as = missingAs(column);
    String share = Masked.share(column.missing().total(), column.rows());
    List<String> parts = new ArrayList<>();
    as.forEach((how, part) -> parts.add(part.isEmpty() ? how : how + " " + part));
    boolean emptyAlone = as.size() == 1 && as.containsKey("empty");
    return as.isEmpty() || emptyAlone ? share : share + " (" + String.join(", ", parts) + ")";
  }

  /**
   * How cells without a value are written. Shares are shown only where each of them, and what is
   * left, is of at least 11 cells: the rest of a sum would be a count of fewer.
   */
  private static Map<String, String> missingAs(ColumnSummary column) {
    ColumnSummary.Missing missing = column.missing();
    boolean shown =
        !SmallCounts.isFew(missing.empty())
            && !SmallCounts.isFew(missing.blank())
            && !SmallCounts.isFew(missing.words())
            && !SmallCounts.isFew(column.values());
    Map<String, String> as = new LinkedHashMap<>();
    put(as, "empty", missing.empty(), column.rows(), shown);
    put(as, "blank", missing.blank(), column.rows(), shown);
    put(as, "words", missing.words(), column.rows(), shown);
    return as;
  }

  private static void put(
      Map<String, String> as, String how, long count, long rows, boolean isShown) {
    if (count > 0) {
      as.put(how, isShown ? Masked.share(count, rows) : "");
    }
  }

  private static String distinct(ColumnSummary column) {
    return Masked.distinct(column.distinct(), column.values());
  }

  /** Lengths of fewer values would describe single ones. */
  private static String lengths(ColumnSummary column) {
    if (column.values() < SmallCounts.FEWEST) {
      return "-";
    }
    long shortest = column.lengths().shortest();
    long longest = column.lengths().longest();
    return shortest == longest ? Long.toString(longest) : shortest + "-" + longest;
  }

  /** The share of the values in which each kind of content certainly is, by the kind's word. */
  private static Map<String, String> found(ColumnSummary column) {
    Map<String, String> found = new TreeMap<>();
    for (ContentKind kind : ContentKind.values()) {
      if (column.hits(kind).certain() > 0) {
        found.put(kind.word(), Masked.share(column.hits(kind).certain(), column.values()));
      }
    }
    return found;
  }

  /** The share of the values that may have it, where most of them may. */
  private static Map<String, String> perhaps(ColumnSummary column) {
    Map<String, String> found = new TreeMap<>();
    for (ContentKind kind : ContentKind.values()) {
      if (column.isPerhaps(kind)) {
        found.put(kind.word(), Masked.share(column.hits(kind).possible(), column.values()));
      }
    }
    return found;
  }

  private static List<String> looksLike(ColumnSummary column) {
    return column.looksLike().stream().map(ContentKind::word).toList();
  }

  private static String line(List<String> row, List<List<String>> all) {
    StringBuilder line = new StringBuilder(" ");
    for (int i = 0; i < row.size(); i++) {
      line.append(' ').append(row.get(i));
      if (i + 1 < row.size()) {
        line.append(" ".repeat(width(all, i) - row.get(i).length() + 1));
      }
    }
    return line.toString().stripTrailing();
  }

  private static int width(List<List<String>> all, int column) {
    return all.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
