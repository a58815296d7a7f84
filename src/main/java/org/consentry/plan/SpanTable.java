package org.consentry.plan;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.config.SpansRule.Content;
import org.consentry.data.PlannedColumn;

/**
 * A computed table of a checked plan: a row for each subject with a released date in one of some
 * columns, and in it the first and the last of them. It is a function of released cells alone.
 *
 * @param name its name
 * @param description plain words for the recipient; may be empty
 * @param spanned the tables with the dates, in the order of the mapping; at least one
 * @param cells what each column has
 */
public record SpanTable(
    String name, String description, List<Spanned> spanned, List<SpanCell> cells)
    implements ReleasedTable {

  public SpanTable {
    spanned = List.copyOf(spanned);
    cells = List.copyOf(cells);
    if (spanned.isEmpty()) {
      throw new IllegalArgumentException("a computed table is computed from something");
    }
  }

  /**
   * A released table with dates.
   *
   * @param table its name
   * @param subject the column with the code of its rows' subject, by its position in the schema
   * @param dates the columns with the dates, by their positions; at least one
   * @param names released names of the dates, each as {@code table.column}
   */
  public record Spanned(String table, int subject, List<Integer> dates, List<String> names) {
    public Spanned {
      dates = List.copyOf(dates);
      names = List.copyOf(names);
    }
  }

  /**
   * What a column has.
   *
   * @param column the column
   * @param content what each row has
   * @param value the number of a constant; 0 otherwise
   */
  public record SpanCell(PlannedColumn column, Content content, long value) {}

  @Override
  public List<PlannedColumn> columns() {
    return cells.stream().map(SpanCell::column).toList();
  }

  @Override
  public OptionalInt subjectOutput() {
    return OptionalInt.of(contents().indexOf(Content.SUBJECT));
  }

  @Override
  public boolean isSubjects() {
    return false;
  }

  /** Columns with the code of the subject: the first is the key, the last names the person. */
  public List<PlannedColumn> subjects() {
    return cells.stream()
        .filter(cell -> cell.content() == Content.SUBJECT)
        .map(SpanCell::column)
        .toList();
  }

  private List<Content> contents() {
    return cells.stream().map(SpanCell::content).toList();
  }

  /** What of the release it is computed from, for people. */
  public String rule() {
    return "computed from the release alone: a row for each person with a value in "
        + dates().collect(Collectors.joining(", "))
        + "; the first and the last of these values";
  }

  private Stream<String> dates() {
    return spanned.stream().flatMap(table -> table.names().stream());
  }
}
