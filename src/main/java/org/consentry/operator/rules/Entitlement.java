package org.consentry.operator.rules;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consentry.config.Binding.OneOrMany;
import org.consentry.config.Doc;
import org.consentry.config.WithPlace;
import org.consentry.problem.Place;

/** What makes a service eligible that is not medically necessary. */
sealed interface Entitlement {

  /** Where it is named. */
  Place place();

  /** Names of procedure sets; absent means any procedure. */
  Optional<List<WithPlace<String>>> procedures();

  /** Names of diagnosis sets; absent means any diagnosis. */
  Optional<List<WithPlace<String>>> diagnoses();

  /**
   * A law that makes plans cover a service.
   *
   * @param states states whose plans it binds; absent means it is federal
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
      @Doc("day on which it was read") LocalDate asOf)
      implements Entitlement {}

  /**
   * What a plan's own words cover.
   *
   * @param languages words of the benefits column that bring it
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
      @Doc("day on which it was read") LocalDate asOf)
      implements Entitlement {}
}
