package org.consentry.operator.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.config.WithPlace;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/**
 * Finds procedure sets that share codes. A row has one procedure code: when two sets share it, the
 * rule that decides depends on the order of the table, so one of the sets must name the other under
 * {@code before}, and the table must test them in that order.
 */
final class SetOverlaps {

  private final RuleSet rules;
  private final CodeSets sets;
  private final Problems problems;

  SetOverlaps(RuleSet rules, Problems problems) {
    this.rules = rules;
    this.sets = CodeSets.procedures(rules.sets());
    this.problems = problems;
  }

  void report() {
    List<Map.Entry<String, CodeSet>> named =
        rules.sets().entrySet().stream()
            .filter(entry -> entry.getValue().kind().isProcedure())
            .toList();
    for (int i = 0; i < named.size(); i++) {
      for (int j = i + 1; j < named.size(); j++) {
        if (!includes(named.get(i), named.get(j)) && !includes(named.get(j), named.get(i))) {
          pair(named.get(i), named.get(j));
        }
      }
    }
  }

  private boolean includes(Map.Entry<String, CodeSet> outer, Map.Entry<String, CodeSet> inner) {
    return (sets.of(inner.getKey()) & ~sets.of(outer.getKey())) == 0;
  }

  private void pair(Map.Entry<String, CodeSet> one, Map.Entry<String, CodeSet> other) {
    String a = one.getKey();
    String b = other.getKey();
    Optional<Place> first = declared(one.getValue(), b);
    Optional<Place> second = declared(other.getValue(), a);
    if (first.isPresent() && second.isPresent()) {
      problems.error(
          "PRECEDENCE",
          second.get(),
          "'" + a + "' and '" + b + "' each name the other under before",
          "remove one of the two");
    } else if (first.isPresent()) {
      order(a, b, first.get());
    } else if (second.isPresent()) {
      order(b, a, second.get());
    } else if (sets.overlap(a, b)) {
      problems.error(
          "OVERLAP",
          other.getValue().place(),
          "sets '" + a + "' and '" + b + "' share codes",
          "add before: to the one that the table tests first, or list each code once");
    }
  }

  private static Optional<Place> declared(CodeSet set, String later) {
    return set.before().stream()
        .filter(name -> name.value().equals(later))
        .map(WithPlace::place)
        .findFirst();
  }

  private void order(String first, String later, Place place) {
    if (!sets.overlap(first, later)) {
      problems.error(
          "PRECEDENCE",
          place,
          "sets '" + first + "' and '" + later + "' share no code",
          "remove it from before");
    } else if (firstRule(later, first) < firstRule(first, later)) {
      problems.error(
          "PRECEDENCE",
          place,
          "the table tests '" + later + "' before '" + first + "'",
          "change the order of the rules, or of the sets");
    }
  }

  /** The first rule that tests a set and not the other. */
  private int firstRule(String wanted, String without) {
    for (int i = 0; i < rules.table().size(); i++) {
      List<String> tested =
          rules.table().get(i).when().stream()
              .flatMap(List::stream)
              .flatMap(this::tested)
              .map(WithPlace::value)
              .toList();
      if (tested.contains(wanted) && !tested.contains(without)) {
        return i;
      }
    }
    return Integer.MAX_VALUE;
  }

  private Stream<WithPlace<String>> tested(Condition condition) {
    Stream<Entitlement> named =
        Stream.concat(
            condition.mandate().stream().flatMap(word -> rules.mandates(word.value()).stream()),
            condition.benefit().stream().flatMap(word -> rules.benefits(word.value()).stream()));
    return Stream.concat(
            condition.procedure().stream(), named.flatMap(each -> each.procedures().stream()))
        .flatMap(List::stream);
  }
}
