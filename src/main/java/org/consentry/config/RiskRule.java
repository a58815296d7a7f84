package org.consentry.config;

import java.util.List;
import java.util.Optional;
import org.consentry.config.Binding.Default;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Binding.ReservedWords;
import org.consentry.problem.Place;

/**
 * What an adversary may know of a person in the data, and how many people must share it.
 *
 * @param identity released columns whose values may be known of anyone, as {@code table.column}
 * @param events what may be known of single events besides; absent means nothing
 * @param k how many subjects share what is known, at least; a threshold of 9 % is 11
 * @param sensitive how well values of sensitive columns hide in groups of the same identity
 * @param population what the released people are a part of
 * @param onViolation what happens when fewer do, or values do not hide well enough
 */
@Doc("What an adversary may know of a person in the data, and how many people must share it")
@ReservedWords("plan")
public record RiskRule(
    Place place,
    @Doc("released columns whose values may be known of anyone, as table.column")
        List<WithPlace<String>> identity,
    @Doc("what may be known of single events besides; by default nothing")
        Optional<EventsRule> events,
    @Doc("how many subjects share what is known, at least") @Default("11") int k,
    @Doc("how well values of sensitive columns hide in groups of the same identity") @MayBeEmpty
        List<SensitiveRule> sensitive,
    @Doc("the population that the released people are a part of")
        Optional<PopulationRule> population,
    @Doc("what happens when fewer do") @Default("block") OnViolation onViolation) {

  public RiskRule {
    identity = List.copyOf(identity);
    sensitive = List.copyOf(sensitive);
    if (k < 2) {
      throw new IllegalArgumentException("k must be 2 or more but was " + k);
    }
  }

  /** What happens when fewer than k subjects share what is known. */
  public enum OnViolation {
    /** Nothing is released. */
    BLOCK,
    /** The subjects of smaller groups are left out. */
    SUPPRESS,
    /** The manifest reports it. */
    REPORT
  }

  /**
   * What may be known of single events of a person.
   *
   * @param columns released columns of one table, as {@code table.column}
   * @param known of how many events of one person they may be known, 1 or 2
   */
  @Doc("What may be known of single events of a person")
  public record EventsRule(
      Place place,
      @Doc("released columns of one table, as table.column") List<WithPlace<String>> columns,
      @Doc("of how many events of one person they may be known: 1 or 2") int known) {

    public EventsRule {
      columns = List.copyOf(columns);
      if (known < 1 || known > 2) {
        throw new IllegalArgumentException("known must be 1 or 2 but was " + known);
      }
    }
  }
}
