package org.consentry.operator;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.data.ValueList;
import org.consentry.operator.text.CsvText;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/**
 * A small CSV file that a mapping or a job names (RFC 4180, with a header), read as a whole.
 *
 * @param name the file as it is named
 * @param sha256 digest of the file
 * @param header names of the columns, all different; at least two of a keyed file
 * @param rows the rows, each as long as the header; at least one
 */
public record SmallTable(String name, String sha256, List<String> header, List<Row> rows) {

  public SmallTable {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
  }

  /** What the cells of a file may be. */
  public enum Form {
    /** None is empty, and those of the first column are different: it is a key. */
    KEYED,
    /** Any. */
    FREE
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

  /** Reads a file with a key that the mapping names; empty when it added an error. */
  static Optional<SmallTable> read(String name, RuleContext context, Problems problems) {
    return read(
        name,
        context.mapping().attachments(),
        "the mapping",
        Form.KEYED,
        context.place(),
        problems);
  }

  /**
   * Reads a file that the job names.
   *
   * @param place where it does
   * @return empty when at least one error was added to the problems
   */
  public static Optional<SmallTable> read(
      String name, Attachments files, Form form, Place place, Problems problems) {
    return read(name, files, "the job", form, place, problems);
  }

  private static Optional<SmallTable> read(
      String name, Attachments files, String owner, Form form, Place place, Problems problems) {
    Optional<Attachments.Attachment> file = files.read(name);
    if (file.isEmpty()) {
      problems.error(
          "FILE_UNREADABLE",
          place,
          "file '" + name + "' cannot be read as UTF-8 text",
          "name a file relative to " + owner);
      return Optional.empty();
    }
    Problems found = new Problems();
    List<CsvText.Row> records = records(file.get(), form, found);
    problems.addAll(found.list());
    return found.hasErrors() ? Optional.empty() : Optional.of(table(file.get(), records));
  }

  /** All values of one column. */
  List<String> column(int position) {
    return rows.stream().map(row -> row.fields().get(position)).toList();
  }

  /**
   * What the table makes of its first column.
   *
   * @param position the column of the answers
   * @param other what unlisted values become
   */
  ValueList listing(int position, Optional<String> other) {
    return new ValueList(
        Optional.of(name),
        rows.stream()
            .map(
                row ->
                    new ValueList.Entry(
                        row.fields().get(0), row.fields().get(position), row.line()))
            .toList(),
        other);
  }

  private static SmallTable table(Attachments.Attachment file, List<CsvText.Row> records) {
    return new SmallTable(
        file.name(),
        file.sha256(),
        records.get(0).fields(),
        records.stream().skip(1).map(row -> new Row(row.line(), row.fields())).toList());
  }

  private static List<CsvText.Row> records(
      Attachments.Attachment file, Form form, Problems problems) {
    try {
      List<CsvText.Row> records = CsvText.read(file.text());
      check(file.name(), records, form, problems);
      return records;
    } catch (CsvText.Misquoted broken) {
      problems.error(
          "LIST_MISQUOTED",
          Place.of(file.name(), broken.line()),
          "expected CSV as in RFC 4180 but found a misplaced quote",
          "quote the whole field and double the quotes inside it");
      return List.of();
    }
  }

  private static void check(String name, List<CsvText.Row> records, Form form, Problems problems) {
    int least = form == Form.KEYED ? 2 : 1;
    if (records.size() < 2 || records.get(0).fields().size() < least) {
      problems.error(
          "LIST_EMPTY",
          Place.of(name),
          "expected a header and rows"
              + (form == Form.KEYED ? " of at least two fields" : " but found none"),
          form == Form.KEYED ? "write a value and what it becomes, one row each" : "");
      return;
    }
    List<String> header = records.get(0).fields();
    if (new HashSet<>(header).size() != header.size()) {
      problems.error(
          "LIST_HEADER", Place.of(name, 1), "two columns have the same name", "rename one");
    }
    Set<String> keys = new HashSet<>();
    for (CsvText.Row row : records.subList(1, records.size())) {
      Place place = Place.of(name, row.line());
      checkWidth(place, row.fields(), header.size(), problems);
      if (form == Form.KEYED) {
        checkCells(place, row.fields(), keys, problems);
      }
    }
  }

  private static void checkWidth(Place place, List<String> fields, int width, Problems problems) {
    if (fields.size() != width) {
      problems.error(
          "LIST_RAGGED",
          place,
          "expected " + width + " fields but found " + fields.size(),
          "give every row as many fields as the header");
    }
  }

  private static void checkCells(
      Place place, List<String> fields, Set<String> keys, Problems problems) {
    if (fields.contains("")) {
      problems.error(
          "LIST_CELL_EMPTY", place, "a cell is empty", "fill the cell, or remove the row");
    }
    if (!keys.add(fields.get(0))) {
      problems.error(
          "LIST_KEY_TWICE",
          place,
          "an earlier row begins with the same value",
          "remove one of the two rows");
    }
  }
}
