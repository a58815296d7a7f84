package org.consentry.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.consentry.data.RecordCategory;

/**
 * Who is asked for by a request, an order or a researcher, and which of their records. Immutable.
 *
 * <p><b>Security promise:</b> it lives in memory only and its text form shows a count.
 *
 * @param named what names a person
 * @param file the file, for messages
 * @param release job and name of the release whose codes name people; empty for patient ids
 * @param asks at least one, in the order of the file
 */
public record PeopleAsked(Named named, String file, Optional<String> release, List<Ask> asks) {

  /** Before every day. */
  public static final int EVER = Integer.MIN_VALUE;

  /** After every day. */
  public static final int FOREVER = Integer.MAX_VALUE;

  /** All bits of categories. */
  static final long EVERY_CATEGORY =
      Arrays.stream(RecordCategory.values())
          .mapToLong(RecordCategory::bit)
          .reduce(0, (one, other) -> one | other);

  /** What names a person. */
  public enum Named {
    /** The clinic's id of the patient. */
    PATIENT_ID,
    /** The code of the person in a release. */
    CODE
  }

  /**
   * One line of the file.
   *
   * @param line its number, from 1
   * @param id the name of a person, never empty
   * @param categories bits of {@link org.consentry.data.RecordCategory#bit()}
   * @param from first day of the records, days since 1970-01-01, or {@link #EVER}
   * @param to last day, or {@link #FOREVER}
   */
  public record Ask(long line, String id, long categories, int from, int to) {

    /** Whether it asks for records of every category. */
    public boolean isForEverything() {
      return categories == EVERY_CATEGORY;
    }

    /** Shows the line and nothing of a person. */
    @Override
    public String toString() {
      return "Ask[line " + line + "]";
    }
  }

  public PeopleAsked {
    asks = List.copyOf(asks);
  }

  /** Shows a count and nothing of a person. */
  @Override
  public String toString() {
    return "PeopleAsked[" + asks.size() + " lines]";
  }
}
