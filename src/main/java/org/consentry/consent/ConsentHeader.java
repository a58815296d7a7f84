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
 * @param columns positions in the file, in the order in which the columns are documented; readers
 *     of the file ask for them in this order
 */
public record ConsentHeader(String file, List<Integer> columns) {

  private static final String CODE = "CONSENT_HEADER";

  public ConsentHeader {
    columns = List.copyOf(columns);
  }

  /**
   * Finds the columns.
   *
   * @param names names in file order, none twice
   * @throws ProblemException of {@link Category#FILES_INVALID} with every column that is missing or
   *     is none of consent lines
   */
  public static ConsentHeader of(String file, List<String> names) {
    Map<String, Integer> found = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      found.put(names.get(i), i);
    }
    List<Integer> columns = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (ConsentColumn column : ConsentColumn.values()) {
      Integer at = found.remove(column.header());
      if (at == null) {
        missing.add("'" + column.header() + "'");
      } else {
        columns.add(at);
      }
    }
    List<String> unknown =
        found.values().stream().sorted().map(at -> Integer.toString(at + 1)).toList();
    Problems problems = new Problems();
    problem(file, missing, " is missing", " are missing", "add ", problems);
    problem(
        file,
        unknown,
        " is no column of consent lines",
        " are no columns of consent lines",
        "remove ",
        problems);
    problems.throwIfAny(Category.FILES_INVALID);
    return new ConsentHeader(file, columns);
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
