package org.consentry.export.extract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.consentry.data.EnumWord;
import org.consentry.data.OnInvalid;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * Values that operators cannot take under {@code onInvalid: stop}, of rows that are read together:
 * how many in each column, and the first places. Not thread-safe.
 */
final class StoppedValues {

  private static final int SHOWN = 5;

  private final Map<Kind, Found> found = new LinkedHashMap<>();
  private final List<Problem> others = new ArrayList<>();

  /** What is alike of values: the column, what was expected, and the columns made of it. */
  private record Kind(String input, String expected, List<String> names) {}

  /** Where they are, and the lines of the first few. */
  private static final class Found {
    private final Place first;
    private final List<Long> lines = new ArrayList<>();
    private long count;

    Found(Place first) {
      this.first = first;
    }

    void add(Place place) {
      count++;
      if (lines.size() < SHOWN) {
        lines.add(place.line());
      }
    }
  }

  /**
   * Adds a value.
   *
   * @param input the column it is in
   * @param expected what was expected, in words, without content
   * @param names the columns that are made of it
   */
  void add(Place place, String input, String expected, List<String> names) {
    found.computeIfAbsent(new Kind(input, expected, names), kind -> new Found(place)).add(place);
  }

  /** Adds a problem that stops the run too. */
  void add(Problem problem) {
    others.add(problem);
  }

  /**
   * Throws once for all of them.
   *
   * @throws ProblemException category FILES_INVALID, with an error for each column
   */
  void throwIfAny() {
    List<Problem> problems = new ArrayList<>();
    found.forEach((kind, values) -> problems.add(problem(kind, values)));
    problems.addAll(others);
    if (!problems.isEmpty()) {
      throw new ProblemException(Category.FILES_INVALID, problems);
    }
  }

  private static Problem problem(Kind kind, Found values) {
    String column = "column '" + kind.input() + "' has ";
    return Problem.error(
        "INVALID_VALUE",
        values.first,
        values.count == 1
            ? column + "a value that is not " + kind.expected()
            : column
                + CountWords.of(values.count)
                + " values in the rows read together that are not "
                + kind.expected()
                + ", the first in "
                + CountWords.lines(values.lines),
        "repair the row"
            + (values.count == 1 ? "" : "s")
            + ", or set onInvalid: "
            + EnumWord.of(OnInvalid.BLANK)
            + " or reject-row for '"
            + String.join("', '", kind.names())
            + "' in the mapping");
  }
}
