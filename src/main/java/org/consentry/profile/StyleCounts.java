package org.consentry.profile;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.consentry.profile.ColumnSummary.Dates;
import org.consentry.profile.ColumnSummary.Style;

/** Counts how the values of a column are written. Not thread-safe. */
final class StyleCounts {

  private static final int FIRST_DECADE = 1800;
  private static final int DECADES = 50;

  /** So many spellings of words for nothing are remembered. */
  private static final int MOST_WORDS = 16;

  private static final double LEAST_OF_A_DECADE = 0.03;
  private static final double MOST_OF_A_DECADE = 0.5;
  private static final int FEWEST_DECADES = 5;

  private final Counts<NumberStyle> numbers = new Counts<>(NumberStyle.class);
  private final Set<String> signs = new TreeSet<>();
  private final Set<String> nothing = new TreeSet<>();
  private final long[] decades = new long[DECADES];
  private long marks;
  private long amounts;
  private long shortYears;
  private long halfDays;

  void add(WrittenForm form) {
    StyledNumber styled = form.styled();
    if (!styled.styles().isEmpty()) {
      styled.styles().forEach(style -> numbers.add(style, 1));
      marks += styled.hasMark() ? 1 : 0;
      amounts += styled.isAmount() ? 1 : 0;
      if (!styled.sign().isEmpty()) {
        signs.add(styled.sign());
      }
    }
    shortYears += form.isShortYear() ? 1 : 0;
    halfDays += form.isHalfDay() ? 1 : 0;
    if (form.year() >= FIRST_DECADE) {
      decades[(form.year() - FIRST_DECADE) / 10]++;
    }
  }

  /** Adds a word for nothing. */
  void addNothing(String word) {
    if (nothing.size() < MOST_WORDS) {
      nothing.add(word);
    }
  }

  /**
   * The style of a column whose values are no numbers as programs write them.
   *
   * @param values how many values the column has
   */
  Optional<NumberStyle> numbers(long values) {
    return 2 * amounts >= values
        ? EnumSet.allOf(NumberStyle.class).stream().filter(style -> fits(style, values)).findFirst()
        : Optional.empty();
  }

  /** How many values fit a style. */
  long of(NumberStyle style) {
    return numbers.of(style);
  }

  private boolean fits(NumberStyle style, long values) {
    return values > 0 && of(style) >= ColumnSummary.FITTING * values;
  }

  /**
   * What was counted.
   *
   * @param chosen the style of the numbers; empty where they are as programs write them
   * @param type the type of the column
   * @param swapped another form that as many of its dates fit
   */
  Style style(
      Optional<NumberStyle> chosen, ColumnType type, long values, Optional<DateForm> swapped) {
    char decimal = chosen.orElse(NumberStyle.POINT).decimal();
    Optional<NumberStyle> other =
        type == ColumnType.DECIMAL && marks > 0
            ? EnumSet.allOf(NumberStyle.class).stream()
                .filter(style -> style.decimal() != decimal && of(style) == values)
                .findFirst()
            : Optional.empty();
    SortedMap<Integer, Long> years = new TreeMap<>();
    for (int i = 0; i < DECADES; i++) {
      if (decades[i] > 0) {
        years.put(FIRST_DECADE + 10 * i, decades[i]);
      }
    }
    return new Style(
        chosen,
        other,
        chosen.isPresent() ? List.copyOf(signs) : List.of(),
        nothing,
        new Dates(swapped, shortYears, halfDays, years));
  }

  /**
   * Births are days in many decades, none of which has most of them; events of a clinic are days in
   * few.
   */
  boolean isSpreadLikeBirths(long values) {
    int spread = 0;
    long most = 0;
    for (long decade : decades) {
      spread += decade > 0 && decade >= LEAST_OF_A_DECADE * values ? 1 : 0;
      most = Math.max(most, decade);
    }
    return spread >= FEWEST_DECADES && most < MOST_OF_A_DECADE * values;
  }
}
