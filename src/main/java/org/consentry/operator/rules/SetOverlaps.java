package org.consentry.operator.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.WithPlace;
import org.consentry.problem.Place;

/**
 * A row has one procedure code. When two sets share a code, which rule decides hangs on the order
 * of the table, so one of the sets must say that it comes first, and the table must keep its word.
 */
final class SetOverlaps {

  private final RuleSet rules;
  private final SetBits bits;
  private final Finding finding;

  SetOverlaps(RuleSet rules, Finding finding) {
    this.rules = rules;
    this.bits = SetBits.procedures(rules.sets());
    this.finding = finding;
  }

  void run() {
    List<Map.Entry<String, CodeSet>> sets =
        rules.sets().entrySet().stream()
            .filter(entry -> entry.getValue().kind().isProcedure())
            .toList();
    for (int i = 0; i < sets.size(); i++) {
      for (int j = i + 1; j < sets.size(); j++) {
        pair(sets.get(i), sets.get(j));
      }
    }
  }

  private void pair(Map.Entry<String, CodeSet> one, Map.Entry<String, CodeSet> other) {
    Optional<WithPlace<String>> first = declared(one.getValue(), other.getKey());
    Optional<WithPlace<String>> second = declared(other.getValue(), one.getKey());
    if (includes(one.getKey(), other.getKey()) || includes(other.getKey(), one.getKey())) {
      return;
    }
    boolean overlap = bits.overlap(one.getKey(), other.getKey());
    if (first.isPresent() && second.isPresent()) {
      finding.error(
          "PRECEDENCE",
          second.get().place(),
          "'" + one.getKey() + "' and '" + other.getKey() + "' each say that they come first",
          "remove one of the two");
    } else if (first.isPresent()) {
      precedence(one.getKey(), other.getKey(), first.get().place(), overlap);
    } else if (second.isPresent()) {
      precedence(other.getKey(), one.getKey(), second.get().place(), overlap);
    } else if (overlap) {
      finding.error(
          "OVERLAP",
          other.getValue().place(),
          "sets '" + one.getKey() + "' and '" + other.getKey() + "' share codes",
          "say before: in the one that the table tests first, or list each code once");
    }
  }

  private static Optional<WithPlace<String>> declared(CodeSet set, String later) {
    return set.before().stream().filter(name -> name.value().equals(later)).findFirst();
  }

  private boolean includes(String outer, String inner) {
    long whole = bits.of(outer);
    return (whole & bits.of(inner)) == bits.of(inner);
  }

  private void precedence(String first, String later, Place place, boolean overlap) {
    if (!overlap) {
      finding.error(
          "PRECEDENCE",
          place,
          "sets '" + first + "' and '" + later + "' share no code",
          "remove it from before");
      return;
    }
    int earliest = firstRule(first, later);
    int other = firstRule(later, first);
    if (other < earliest) {
      finding.error(
          "PRECEDENCE",
          place,
          "the table tests '" + later + "' before '" + first + "'",
          "change the order of the rules, or of the sets");
    }
  }

  /** The first rule that tests a set and not the other. */
  private int firstRule(String wanted, String without) {
    for (int i = 0; i < rules.table().size(); i++) {
      List<String> tested = tested(rules.table().get(i));
      if (tested.contains(wanted) && !tested.contains(without)) {
        return i;
      }
    }
    return Integer.MAX_VALUE;
  }

  private List<String> tested(Rule rule) {
    List<String> names = new ArrayList<>();
    for (Condition condition : rule.when().orElse(List.of())) {
      condition.procedure().ifPresent(sets -> add(sets, names));
      condition
          .mandate()
          .flatMap(word -> Optional.ofNullable(rules.mandates().get(word.value())))
          .flatMap(Entitlement.Mandate::procedures)
          .ifPresent(sets -> add(sets, names));
      condition
          .benefit()
          .flatMap(word -> Optional.ofNullable(rules.benefits().get(word.value())))
          .flatMap(Entitlement.Benefit::procedures)
          .ifPresent(sets -> add(sets, names));
    }
    return names;
  }

  private static void add(List<WithPlace<String>> sets, List<String> names) {
    sets.forEach(set -> names.add(set.value()));
  }
}
