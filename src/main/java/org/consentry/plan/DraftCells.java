package org.consentry.plan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.consentry.data.Placeholder;
import org.consentry.profile.ColumnSummary;
import org.consentry.profile.ColumnSummary.Style;
import org.consentry.profile.ColumnType;
import org.consentry.profile.DateForm;
import org.consentry.profile.NumberStyle;

/** What a proposed rule states of how the source writes the cells of its column. */
final class DraftCells {

  /** Types of values that no word for nothing can be one of. */
  private static final Set<ColumnType> NO_WORDS =
      Set.of(
          ColumnType.INTEGER,
          ColumnType.DECIMAL,
          ColumnType.DATE,
          ColumnType.TIMESTAMP,
          ColumnType.YES_NO,
          ColumnType.NOTHING);

  /** Words that only programs write; others, as {@code -} or {@code NA}, may be a code. */
  private static final Set<String> OF_PROGRAMS =
      Set.of("null", "(null)", "<null>", "\\n", "#n/a", "nan");

  private DraftCells() {}

  /** The rule with words for nothing. */
  static DraftRule nulls(Optional<ColumnSummary> values, DraftRule rule) {
    Set<String> found = values.map(column -> column.written().style().nothing()).orElse(Set.of());
    boolean isAny = values.filter(column -> NO_WORDS.contains(column.written().type())).isPresent();
    List<String> words =
        found.stream()
            .filter(word -> isAny || OF_PROGRAMS.contains(word.toLowerCase(Locale.ROOT)))
            .toList();
    return rule.isReleased() ? list(rule, "nulls", words) : rule;
  }

  /**
   * A rule that reads numbers, with marks and signs.
   *
   * @param commas whether a point may be one between thousands
   */
  static DraftRule numbers(ColumnSummary values, Commas commas, DraftRule rule) {
    Style style = values.written().style();
    boolean isUnclear =
        style.other().isPresent() && (style.numbers().isPresent() || commas == Commas.ELSEWHERE);
    if (isUnclear) {
      return list(rule, "currency", style.currency())
          .with(
              "decimal: \""
                  + Placeholder.of("point or comma, whichever is before the fraction, such as .")
                  + '"');
    }
    if (style.numbers().isEmpty()) {
      return rule;
    }
    NumberStyle known = style.numbers().get();
    DraftRule read =
        known.decimal() == '.' ? rule : rule.with("decimal: \"" + known.decimal() + '"');
    return list(
        known.thousands().map(mark -> read.with("thousands: \"" + mark + '"')).orElse(read),
        "currency",
        style.currency());
  }

  /** Whether numbers of a source have decimal commas. */
  enum Commas {
    /** None has. */
    NOWHERE,
    /** Some have, so that {@code 1.234} may be a thousand. */
    ELSEWHERE
  }

  private static DraftRule list(DraftRule rule, String key, List<String> words) {
    DraftRule more = words.isEmpty() ? rule : rule.with(key + ":");
    for (String word : words) {
      more = more.with("  - " + DraftText.word(word));
    }
    return more;
  }

  /** A rule that reads dates, with their format; the usual one is not written. */
  static DraftRule dates(ColumnSummary values, DraftRule rule) {
    return format(values).map(form -> rule.with("format: \"" + form + '"')).orElse(rule);
  }

  /** The format of dates; a placeholder where day and month may be either number. */
  static Optional<String> format(ColumnSummary values) {
    ColumnSummary.Dates dates = values.written().style().dates();
    boolean isHalf = 2 * dates.halfDays() > values.values();
    String clock = isHalf ? "[ h:mm[:ss] a]" : "[ H:mm[:ss]]";
    String time = values.written().type() == ColumnType.TIMESTAMP ? clock : "";
    return values
        .written()
        .form()
        .filter(form -> isHalf || form != DateForm.YEAR_FIRST)
        .map(form -> format(form, time))
        .map(one -> dates.other().map(other -> either(one, format(other, time))).orElse(one));
  }

  private static String format(DateForm form, String time) {
    return switch (form) {
      case YEAR_FIRST -> "yyyy-MM-dd" + time;
      case COMPACT -> "yyyyMMdd";
      case MONTH_FIRST -> "M/d/yyyy" + time;
      case DAY_FIRST -> "d/M/yyyy" + time;
      case DOTS -> "d.M.yyyy" + time;
      case MONTH_FIRST_DASHES -> "M-d-yyyy" + time;
      case DAY_FIRST_DASHES -> "d-M-yyyy" + time;
      case YEAR_FIRST_SLASHES -> "yyyy/M/d" + time;
      case DAY_AND_NAME -> "d-MMM-yyyy" + time;
      case NAME_AND_DAY -> "MMM d, yyyy" + time;
    };
  }

  /** Dates of which none has a day after the twelfth: a person must state which number it is. */
  private static String either(String one, String other) {
    return Placeholder.of(one + " or " + other + ", such as " + one);
  }
}
