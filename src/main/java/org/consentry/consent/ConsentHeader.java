package org.consentry.consent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

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
   * @throws ProblemException of {@link Category#FILES_INVALID} when a column is missing or is none
   *     of consent lines
   */
  public static ConsentHeader of(String file, List<String> names) {
    Map<String, Integer> found = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      found.put(names.get(i), i);
    }
    List<Integer> columns = new ArrayList<>();
    for (ConsentColumn column : ConsentColumn.values()) {
      Integer at = found.remove(column.header());
      if (at == null) {
        throw problem(file, "column '" + column.header() + "' is missing", "add it");
      }
      columns.add(at);
    }
    if (!found.isEmpty()) {
      int at = found.values().stream().mapToInt(Integer::intValue).min().orElse(0) + 1;
      throw problem(file, "column " + at + " is no column of consent lines", "remove it");
    }
    return new ConsentHeader(file, columns);
  }

  private static ProblemException problem(String file, String message, String hint) {
    return ProblemException.of(Category.FILES_INVALID, CODE, Place.of(file, 1), message, hint);
  }
}
