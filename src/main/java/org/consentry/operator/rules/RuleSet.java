package org.consentry.operator.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.consentry.config.Binding.Key;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Doc;
import org.consentry.config.WithPlace;

/**
 * The content of a rules file: an ordered decision table over code sets, mandates and benefits,
 * with cases beside it. Bound and checked in itself; {@link RuleLint} checks its parts against each
 * other.
 *
 * @param id name of the rule set, lower-case words joined by {@code -}
 * @param version raised with every change of the file
 * @param description plain words
 * @param functional words of the column of functional impairment
 * @param languages words of the benefits column; every other word is unknown
 * @param sets code sets by name
 * @param mandates laws by name, an upper-case word
 * @param benefits what plans' own words cover, by name, an upper-case word
 * @param table the rules; the first that applies decides
 * @param cases rows whose label is known
 */
@Doc("Consentry rules: cosmetic or reconstructive, a research label, never a coverage decision")
public record RuleSet(
    @Doc("name of the rule set: lower-case words joined by -") @Key("rules") String id,
    @Doc("raised with every change of the file") int version,
    @Doc("plain words") Optional<String> description,
    @Doc("words of the column of functional impairment") FunctionalWords functional,
    @Doc("words of the column of benefits language; every other word is unknown") @MayBeEmpty
        List<WithPlace<String>> languages,
    @Doc("code sets by name") Map<String, CodeSet> sets,
    @Doc("laws that make plans cover a service, by name, an upper-case word") @MayBeEmpty
        Map<String, Entitlement.Mandate> mandates,
    @Doc("what plans' own words cover, by name, an upper-case word") @MayBeEmpty
        Map<String, Entitlement.Benefit> benefits,
    @Doc("the decision table: the first rule that applies decides") List<Rule> table,
    @Doc("rows whose label is known: consentry classify test runs them") @MayBeEmpty
        List<ServiceCase> cases) {

  public RuleSet {
    if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException("rules must be lower-case words joined by -");
    }
    if (version < 1) {
      throw new IllegalArgumentException("version must be at least 1 but was " + version);
    }
  }

  /** Every condition of the table, in its order. */
  Stream<Condition> conditions() {
    return table.stream().flatMap(rule -> rule.when().stream()).flatMap(List::stream);
  }

  /** Every mandate and every benefit. */
  Stream<Entitlement> entitlements() {
    return Stream.concat(mandates.values().stream(), benefits.values().stream());
  }

  /** The mandates that a word means: the one of that name, all federal ones, or all of states. */
  List<Entitlement.Mandate> mandates(String word) {
    return meant(
        mandates,
        (name, mandate) ->
            switch (word) {
              case Condition.ANY_FEDERAL -> mandate.states().isEmpty();
              case Condition.ANY_STATE -> mandate.states().isPresent();
              default -> name.equals(word);
            });
  }

  /** The benefits that a word means: the one of that name, or all. */
  List<Entitlement.Benefit> benefits(String word) {
    return meant(benefits, (name, benefit) -> word.equals(Condition.ANY) || name.equals(word));
  }

  private static <T> List<T> meant(Map<String, T> named, BiPredicate<String, T> wanted) {
    return named.entrySet().stream()
        .filter(entry -> wanted.test(entry.getKey(), entry.getValue()))
        .map(Map.Entry::getValue)
        .toList();
  }
}
