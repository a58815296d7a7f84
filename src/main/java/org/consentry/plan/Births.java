package org.consentry.plan;

import java.util.List;
import java.util.OptionalInt;
import org.consentry.data.BirthForm;
import org.consentry.data.SourceCalendar;

/**
 * How the deciding pass learns when people were born, and who answers for it where the source does
 * not show it.
 *
 * @param form what the columns contain
 * @param columns positions in the subjects table: one of a date or a year, two of an age and its
 *     year, none
 * @param calendar the calendar of the source, in which births are too
 * @param adultsOnly the greatest age of majority of the job, in years, where a person states in the
 *     job that the source has adults only and this counts: the source has no births, or births of a
 *     moved calendar, which cannot be compared with the day of a signature. Who is younger by the
 *     source's own dates contradicts the statement, and no permit of that person counts
 * @param dated the tables of the release with dates that show how old people became; none unless
 *     the calendar was moved and ages with a top code are released
 */
public record Births(
    BirthForm form,
    List<Integer> columns,
    SourceCalendar calendar,
    OptionalInt adultsOnly,
    List<Dated> dated) {

  public Births {
    columns = List.copyOf(columns);
    dated = List.copyOf(dated);
  }

  /**
   * A table with dates of events.
   *
   * @param seen the table as far as it is looked at
   * @param columns positions of the dates in its batches
   */
  public record Dated(TableExtract seen, List<Integer> columns) {
    public Dated {
      columns = List.copyOf(columns);
    }
  }

  /** Birth dates to the day, which decide. */
  public static Births dates(int column, SourceCalendar calendar) {
    return new Births(BirthForm.DATE, List.of(column), calendar, OptionalInt.empty(), List.of());
  }
}
