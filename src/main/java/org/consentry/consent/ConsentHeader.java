package org.consentry.consent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * Where a file of consent lines has its columns. It has exactly the columns of consent lines, in
 * any order.
 *
 * @param file the file as messages show it
 * @param encoding the word of its encoding
 * @param columns positions in the file, in the order in which the columns are documented; readers
 *     of the file ask for them in this order
 * @param rows how rows follow each other
 */
public record ConsentHeader(String file, String encoding, List<Integer> columns, Rows rows) {

  /** How rows follow each other. */
  public enum Rows {
    /** As lines of a file, so that a gap is a row that was lost. */
    LINES,
    /** As records of another form, which become any number of rows. */
    RECORDS
  }

  private static final String CODE = "CONSENT_HEADER";

  public ConsentHeader {
    columns = List.copyOf(columns);
  }

  /**
   * Finds the columns.
   *
   * @param names names in file order, none twice
   * @param encoding the word of the file's encoding
   * @param written the file's names by the documented ones, where they differ; no two the same
   * @throws ProblemException of {@link Category#FILES_INVALID} with every column that is missing or
   *     is none of consent lines
   */
  public static ConsentHeader of(
      String file, List<String> names, String encoding, Map<String, String> written) {
    Map<String, Integer> found = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      found.put(names.get(i), i);
    }
    List<Integer> columns = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (ConsentColumn column : ConsentColumn.values()) {
      String name = written.getOrDefault(column.header(), column.header());
      Integer at = found.remove(name);
      if (at == null) {
        missing.add(
            "'" + name + "'" + (name.equals(column.header()) ? "" : " (" + column.header() + ")"));
      } else {
        columns.add(at);
      }
    }
    List<String> twice = written.keySet().stream().filter(found::containsKey).sorted().toList();
    twice.forEach(found::remove);
    List<String> unknown =
        found.values().stream().sorted().map(at -> Integer.toString(at + 1)).toList();
    Problems problems = new Problems();
    problem(file, missing, " is missing", " are missing", "add ", problems);
    problem(
        file,
        twice.stream().map(name -> "'" + name + "'").toList(),
        " is in the file, and columns: reads it from another column",
        " are in the file, and columns: reads them from other columns",
        "remove ",
        problems);
    problem(
        file,
        unknown,
        " is no column of consent lines",
        " are no columns of consent lines",
        "remove ",
        problems);
    problems.throwIfAny(Category.FILES_INVALID);
    return new ConsentHeader(file, encoding, columns, Rows.LINES);
  }

  /** The same columns of records that are not lines of a file. */
  public ConsentHeader ofRecords() {
    return new ConsentHeader(file, encoding, columns, Rows.RECORDS);
  }

  private static void problem(
      String file, List<String> columns, String one, String many, String verb, Problems problems) {
    if (columns.size() == 1) {
      problems.error(CODE, Place.of(file, 1), "column " + columns.get(0) + one, verb + "it");
    } else if (columns.size() > 1) {
      String names = String.join(", ", columns);
      problems.error(CODE, Place.of(file, 1), "columns " + names + many, verb + "them");
    }
  }
}
