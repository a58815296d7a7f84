package org.consentry.config;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Binding.OneOrMany;
import org.consentry.problem.Place;

/**
 * Whose records the study needs at all (minimum necessary, 45 CFR 164.502(b)).
 *
 * @param any one of these is enough; empty when {@code all} is given
 * @param all every one of these is asked; empty when {@code any} is given
 */
@Doc("Whose records the study needs at all")
public record CohortRule(
    Place place,
    @Doc("one of these is enough") @OneOrMany @MayBeEmpty List<CohortRecord> any,
    @Doc("every one of these is asked") @OneOrMany @MayBeEmpty List<CohortRecord> all) {

  public CohortRule {
    any = List.copyOf(any);
    all = List.copyOf(all);
    if (any.isEmpty() == all.isEmpty()) {
      throw new IllegalArgumentException("a cohort has either 'any' or 'all'");
    }
  }

  /**
   * A record that brings its subject into the cohort.
   *
   * @param table the table to look in
   * @param where accepted values by source column; all must match
   * @param dateColumn the date that must be in the window; absent means the table's only recordDate
   * @param from first day
   * @param to last day
   */
  @Doc("A record that brings its subject into the cohort")
  public record CohortRecord(
      Place place,
      @Doc("the table to look in") WithPlace<String> table,
      @Doc("accepted values by source column; all must match") @MayBeEmpty
          Map<String, WithPlace<@OneOrMany List<String>>> where,
      @Doc("the date that must be in the window; by default the table's only recordDate")
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
}
