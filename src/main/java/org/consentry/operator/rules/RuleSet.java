package org.consentry.operator.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Doc;
import org.consentry.config.Key;
import org.consentry.config.MayBeEmpty;
import org.consentry.config.WithPlace;

/**
 * What a rules file says: an ordered decision table over code sets, mandates and benefits, with
 * cases beside it. Bound and checked in itself; {@link RuleLint} checks its parts against each
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
 * @param table the rules; the first that holds decides
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
    @Doc("the decision table: the first rule that holds decides") List<Rule> table,
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
}
