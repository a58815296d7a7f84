package org.consentry.operator.rules;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consentry.config.Doc;
import org.consentry.config.OneOrMany;
import org.consentry.config.WithPlace;
import org.consentry.problem.Place;

/** What makes a service eligible that is not medically necessary. */
final class Entitlement {

  private Entitlement() {}

  /**
   * A law that makes plans cover a service.
   *
   * @param place where it is named
   * @param states states whose plans it binds; absent means it is federal
   * @param procedures names of procedure sets; absent means any procedure
   * @param diagnoses names of diagnosis sets; absent means any diagnosis
   * @param source the law
   * @param asOf day on which it was read
   */
  @Doc("A law that makes plans cover a service")
  record Mandate(
      Place place,
      @Doc("two-letter codes of the states whose plans it binds; by default it is federal")
          Optional<@OneOrMany List<WithPlace<String>>> states,
      @Doc("procedure sets it covers; by default any procedure")
          Optional<@OneOrMany List<WithPlace<String>>> procedures,
      @Doc("diagnosis sets it covers; by default any diagnosis")
          Optional<@OneOrMany List<WithPlace<String>>> diagnoses,
      @Doc("the law") String source,
      @Doc("day on which it was read") LocalDate asOf) {}

  /**
   * What a plan's own words cover.
   *
   * @param place where it is named
   * @param languages words of the benefits column that bring it
   * @param procedures names of procedure sets; absent means any procedure
   * @param diagnoses names of diagnosis sets; absent means any diagnosis
   * @param source the plan document or policy
   * @param asOf day on which it was read
   */
  @Doc("What a plan's own words cover")
  record Benefit(
      Place place,
      @Doc("words of the benefits column that bring it, each declared under languages") @OneOrMany
          List<WithPlace<String>> languages,
      @Doc("procedure sets it covers; by default any procedure")
          Optional<@OneOrMany List<WithPlace<String>>> procedures,
      @Doc("diagnosis sets it covers; by default any diagnosis")
          Optional<@OneOrMany List<WithPlace<String>>> diagnoses,
      @Doc("the plan document or policy") String source,
      @Doc("day on which it was read") LocalDate asOf) {}
}
