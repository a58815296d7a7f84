package org.consentry.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Binding.ForReaders;
import org.consentry.config.Binding.OneOrMany;
import org.consentry.problem.Place;

/**
 * A table that is computed from the release itself: a row for each person who has a released date
 * in one of some columns, with the first and the last of them. No table of the source is read for
 * it.
 *
 * @param place where the table is named
 * @param description plain words for the recipient
 * @param of the released columns with the dates, each as {@code table.column}; those of tables that
 *     a job does not release count as empty
 * @param columns the columns of the table by name, in order
 */
@Doc("A table computed from the release: the first and the last released date of each person")
public record SpansRule(
    Place place,
    @Doc("plain words for the recipient") @ForReaders Optional<String> description,
    @Doc("the released columns with the dates, as table.column") @OneOrMany
        List<WithPlace<String>> of,
    @Doc("the columns of the table, by name") Map<String, SpanColumn> columns) {

  public SpansRule {
    of = List.copyOf(of);
  }

  /** What a column of such a table has in each row. */
  public enum Content {
    /** The released code of the person. */
    SUBJECT,
    /** The first released date of the person. */
    FIRST,
    /** The last released date of the person. */
    LAST,
    /** A number of the mapping, the same in every row. */
    CONSTANT
  }

  /**
   * A column of such a table.
   *
   * @param place where it is named
   * @param is what it has in each row
   * @param value the whole number of a constant; absent otherwise
   * @param why why the study needs it
   * @param label plain words for the recipient
   */
  @Doc("A column of a computed table")
  public record SpanColumn(
      Place place,
      @Doc("what it has in each row") WithPlace<Content> is,
      @Doc("the whole number in every row; with is: constant alone") Optional<Long> value,
      @Doc("why the study needs it") @ForReaders String why,
      @Doc("plain words for the recipient") @ForReaders Optional<String> label) {}
}
