package org.consentry.config;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.problem.Place;

/**
 * A record that brings its subject into the cohort.
 *
 * @param table the table to look in
 * @param where accepted values by source column; all must hold
 * @param dateColumn the date that must lie in the window; absent means the table's only recordDate
 * @param from first day
 * @param to last day
 */
@Doc("A record that brings its subject into the cohort")
public record CohortRecord(
    Place place,
    @Doc("the table to look in") WithPlace<String> table,
    @Doc("accepted values by source column; all must hold") @MayBeEmpty
        Map<String, WithPlace<@OneOrMany List<String>>> where,
    @Doc("the date that must lie in the window; by default the table's only recordDate")
        Optional<WithPlace<String>> dateColumn,
    @Doc("first day") Optional<WithPlace<LocalDate>> from,
    @Doc("last day") Optional<WithPlace<LocalDate>> to) {

  public CohortRecord {
    if (from.isPresent() && to.isPresent() && to.get().value().isBefore(from.get().value())) {
      throw new IllegalArgumentException("to must not be before from");
    }
    if (dateColumn.isPresent() && from.isEmpty() && to.isEmpty()) {
      throw new IllegalArgumentException("dateColumn needs 'from' or 'to'");
    }
  }
}
