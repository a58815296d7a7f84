package org.consentry.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.consentry.config.Binding.Default;
import org.consentry.config.Binding.MayBeEmpty;
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
 * @param loss what a search for levels keeps as small as it can
 * @param suppressAtMost the largest share of the subjects that may be left out; absent means none
 *     in a search and any in a run
 * @param plan levels of generalization that a search found and a person approved
 */
@Doc("What an adversary may know of a person in the data, and how many people must share it")
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
    @Doc("what happens when fewer do") @Default("block") OnViolation onViolation,
    @Doc("what a search for levels keeps as small as it can") @Default("entropy") Loss loss,
    @Doc("the largest share of the people that may be left out, such as 0.04")
        Optional<Double> suppressAtMost,
    @Doc("a file of levels that a search found and a person approved")
        Optional<WithPlace<Path>> plan) {

  public RiskRule {
    identity = List.copyOf(identity);
    sensitive = List.copyOf(sensitive);
    suppressAtMost.ifPresent(share -> requireShare(share, onViolation));
    if (k < 2) {
      throw new IllegalArgumentException("k must be 2 or more but was " + k);
    }
  }

  private static void requireShare(double share, OnViolation onViolation) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(
          "suppressAtMost must be from 0 to below 1 but was " + share);
    }
    if (share > 0 && onViolation != OnViolation.SUPPRESS) {
      throw new IllegalArgumentException("suppressAtMost needs onViolation: suppress");
    }
  }

  /** What generalization takes from the data. */
  public enum Loss {
    /** Non-uniform entropy. */
    ENTROPY,
    /** Squares of groups; a subject left out costs as much as all subjects. */
    DISCERNIBILITY,
    /** Iyengar's loss metric. */
    LOSS,
    /** What Sweeney's precision lacks of one. */
    PRECISION,
    /** The average size of the groups that stay. */
    CLASS_SIZE
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
