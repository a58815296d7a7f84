package org.consentry.config;

import java.util.List;
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
      throw new IllegalArgumentException("a cohort is told by either 'any' or 'all'");
    }
  }
}
