package org.consentry.config;

import java.util.Map;
import java.util.Optional;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Binding.OneOrMany;

/**
 * What a run may find in the data and still release. A limit that a job states is a limit: beyond
 * it nothing is released. Where it states none, {@code USUAL_...} is the share from which a run
 * warns.
 *
 * @param minRows rows that a table must have in the source at least, by table; 1 or more
 * @param blanked share of the values of a released column that operators could not take, 0 to 1, by
 *     {@code table.column}
 * @param unknownSubjects share of the rows of a table that name no patient of the subjects table, 0
 *     to 1, by table
 * @param fewerThanLast by which share of its rows at the last release a table may be shorter, 0 to
 *     1, by table; under {@code default} also of the file of consent lines
 */
@Doc("What a run may find in the data and still release")
public record Quality(
    @Doc("rows that a table must have in the source at least, by table") @MayBeEmpty
        Map<String, WithPlace<Long>> minRows,
    @Doc(
            "share of a column's values that operators could not take: a number, or by table.column"
                + " and 'default'")
        @OneOrMany
        @MayBeEmpty
        Map<String, WithPlace<Double>> blanked,
    @Doc("share of a table's rows without a known patient: a number, or by table and 'default'")
        @OneOrMany
        @MayBeEmpty
        Map<String, WithPlace<Double>> unknownSubjects,
    @Doc(
            "by which share a table, or the file of consent lines, may be shorter than at the last"
                + " run: a number, or by table and 'default'")
        @OneOrMany
        @MayBeEmpty
        Map<String, WithPlace<Double>> fewerThanLast) {

  /** The key of all that are not named. */
  public static final String OTHERWISE = Binding.OTHERWISE;

  /** From this share of blanked values a run warns. */
  public static final double USUAL_BLANKED = 0.02;

  /** From this share of rows without a known patient a run warns. */
  public static final double USUAL_UNKNOWN = 0.01;

  /** From this share of missing rows a run warns; of consent lines it is the limit. */
  public static final double USUAL_FEWER = 0.1;

  /** The limits of a job that has none. */
  public static final Quality NONE = new Quality(Map.of(), Map.of(), Map.of(), Map.of());

  public Quality {
    if (minRows.values().stream().anyMatch(rows -> rows.value() < 1)) {
      throw new IllegalArgumentException("minRows must be at least 1");
    }
    requireShares("blanked", blanked);
    requireShares("unknownSubjects", unknownSubjects);
    requireShares("fewerThanLast", fewerThanLast);
  }

  private static void requireShares(String key, Map<String, WithPlace<Double>> shares) {
    if (shares.values().stream().anyMatch(share -> !(share.value() >= 0 && share.value() <= 1))) {
      throw new IllegalArgumentException(key + " must be 0 to 1");
    }
  }

  /** The limit that is stated of a name, or of all; empty when none is. */
  public static <T> Optional<T> of(Map<String, WithPlace<T>> stated, String name) {
    return Optional.ofNullable(stated.get(name))
        .or(() -> Optional.ofNullable(stated.get(OTHERWISE)))
        .map(WithPlace::value);
  }

  /** By which share the file of consent lines may be shorter than at the last run, 0 to 1. */
  public double fewerConsentLines() {
    return of(fewerThanLast, OTHERWISE).orElse(USUAL_FEWER);
  }
}
