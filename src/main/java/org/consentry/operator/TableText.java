package org.consentry.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consentry.operator.text.CsvText;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/**
 * A small CSV file that a job names (RFC 4180, with a header), read as a whole.
 *
 * @param name the file as the job names it
 * @param header names of the columns, at least two, all different
 * @param rows the rows, each as long as the header; at least one
 */
public record TableText(String name, List<String> header, List<Row> rows) {

  public TableText {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
  }

  /**
   * A row.
   *
   * @param line number of its first line, from 1
   * @param fields as many as the header has
   */
  public record Row(long line, List<String> fields) {
    public Row {
      fields = List.copyOf(fields);
    }
  }

  /**
   * Reads a file whose first column is a key and in which no cell is empty.
   *
   * @param place where the job names it
   * @return empty when at least one error was added to the problems
   */
  public static Optional<TableText> keyed(
      String name, Attachments files, Place place, Problems problems) {
    return SmallTable.read(name, files, "the job", SmallTable.Form.KEYED, place, problems)
        .map(table -> new TableText(name, table.header(), rows(table.rows())));
  }

  /**
   * Reads a file whose cells may be empty and whose rows may begin with the same value.
   *
   * @param place where the job names it
   * @return empty when at least one error was added to the problems
   */
  public static Optional<TableText> of(
      String name, Attachments files, Place place, Problems problems) {
    return SmallTable.read(name, files, "the job", SmallTable.Form.FREE, place, problems)
        .map(table -> new TableText(name, table.header(), rows(table.rows())));
  }

  private static List<Row> rows(List<CsvText.Row> rows) {
    List<Row> copies = new ArrayList<>();
    rows.forEach(row -> copies.add(new Row(row.line(), row.fields())));
    return copies;
  }
}
