package org.consentry.release;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.consentry.data.Absence;

/**
 * Empty cells of a released column by reason, made of published figures alone: what is neither
 * withheld nor blanked is missing in the clinic's records. Of a column of which nothing is
 * released, all are suppressed.
 *
 * @param byReason figures by reason; reasons that the column cannot have are not there
 */
public record EmptyCells(Map<Absence, String> byReason) {

  public EmptyCells {
    byReason = Collections.unmodifiableMap(new EnumMap<>(byReason));
  }

  /**
   * Divides the empty cells.
   *
   * @param figures of the column
   * @param absences why a cell may be empty
   * @param counted the published figures of reasons that the run counted
   */
  public static EmptyCells of(
      ColumnFigures figures, Set<Absence> absences, Map<Absence, String> counted) {
    Map<Absence, String> reasons = new EnumMap<>(Absence.class);
    reasons.putAll(counted);
    if (absences.contains(Absence.SUPPRESSED)) {
      reasons.put(Absence.SUPPRESSED, ColumnFigures.shown(figures.empty()));
    }
    if (absences.contains(Absence.MISSING)) {
      long others =
          counted.values().stream()
              .filter(figure -> figure.matches("[0-9]{1,18}")) // otherwise fewer people
              .mapToLong(Long::parseLong)
              .sum();
      long left = figures.empty().orElse(0) - others;
      reasons.put(
          Absence.MISSING,
          ColumnFigures.shown(left > 0 ? OptionalLong.of(left) : OptionalLong.empty()));
    }
    return new EmptyCells(reasons);
  }

  /** The figure of a reason; empty text when the column cannot have it. */
  public String of(Absence absence) {
    return byReason.getOrDefault(absence, "");
  }
}
