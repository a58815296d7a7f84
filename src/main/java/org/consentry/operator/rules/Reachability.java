package org.consentry.operator.rules;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consentry.config.WithPlace;
import org.consentry.operator.Answer;
import org.consentry.problem.Problems;

/**
 * Finds rules that decide no row, because earlier ones decide every row that meets them. Tries
 * every combination of inputs that the rules distinguish: sets of the one procedure, sets of all
 * diagnoses together, impairment, state and language.
 */
final class Reachability {

  /**
   * Combinations of diagnoses that are tried; a real rule set has some dozens. With more of them
   * nothing is reported, because nothing would be sure.
   */
  private static final int MOST = 1 << 14;

  private final RuleSet rules;
  private final CodeSets procedures;
  private final CodeSets diagnoses;
  private final DecisionTable table;
  private final Set<Integer> open = new TreeSet<>();
  private final Facts facts = new Facts();

  Reachability(RuleSet rules) {
    this.rules = rules;
    this.procedures = CodeSets.procedures(rules.sets());
    this.diagnoses = CodeSets.diagnoses(rules.sets());
    this.table =
        new DecisionTable(rules, new CheckCompiler(rules, procedures, diagnoses, Answer.YES));
  }

  void report(Problems problems) {
    Set<Long> together = together();
    if (together.size() >= MOST) {
      return;
    }
    IntStream.range(0, rules.table().size()).forEach(open::add);
    facts.diagnoses = Facts.Diagnoses.KNOWN;
    together.forEach(this::tryDiagnoses);
    facts.diagnoses = Facts.Diagnoses.MISSING;
    tryDiagnoses(0);
    for (int number : open) {
      Rule rule = rules.table().get(number);
      problems.error(
          "UNREACHABLE_RULE",
          rule.place(),
          "the rule " + rule.basis().value() + " decides no row",
          "earlier rules decide every row that meets it, or its tests contradict each other: change"
              + " the order or the tests, or remove it");
    }
  }

  private void tryDiagnoses(long bits) {
    if (open.isEmpty()) {
      return;
    }
    facts.diagnosisBits = bits;
    tryProcedure(Facts.Procedure.MISSING, 0);
    tryProcedure(Facts.Procedure.UNKNOWN, 0);
    procedures.combinations().stream()
        .filter(some -> !procedures.isRetired(some))
        .forEach(some -> tryProcedure(Facts.Procedure.KNOWN, some));
  }

  private void tryProcedure(Facts.Procedure procedure, long bits) {
    facts.procedure = procedure;
    facts.procedureBits = bits;
    for (Functional functional : Functional.values()) {
      facts.functional = functional;
      for (int state : states()) {
        facts.state = state;
        for (int language = Facts.UNKNOWN; language < rules.languages().size(); language++) {
          facts.language = language;
          open.remove(table.first(facts));
        }
      }
    }
  }

  /** The diagnosis sets of one row together, as far as some test distinguishes them. */
  private Set<Long> together() {
    List<Long> tested = tested();
    Map<List<Long>, Long> singles = new HashMap<>();
    for (long single : diagnoses.combinations()) {
      LongPredicate meets = test -> (test & single) != 0;
      singles.putIfAbsent(tested.stream().filter(meets::test).toList(), single);
    }
    Set<Long> closed = new HashSet<>(Set.of(0L));
    for (long single : singles.values()) {
      for (long before : List.copyOf(closed)) {
        if (closed.size() < MOST) {
          closed.add(before | single);
        }
      }
    }
    return closed;
  }

  /** Bits of every list of diagnosis sets that something tests. */
  private List<Long> tested() {
    Stream<List<WithPlace<String>>> ofRules =
        rules.conditions().flatMap(condition -> condition.diagnosisLists().stream());
    Stream<List<WithPlace<String>>> ofEntitlements =
        rules.entitlements().flatMap(each -> each.diagnoses().stream());
    return Stream.concat(ofRules, ofEntitlements).map(diagnoses::of).distinct().toList();
  }

  /** No state, which no mandate covers, and the states that mandates name. */
  private int[] states() {
    return IntStream.concat(
            IntStream.of(Facts.UNKNOWN),
            rules.mandates().values().stream()
                .flatMap(mandate -> mandate.states().stream())
                .flatMap(List::stream)
                .mapToInt(code -> UsStates.number(code.value())))
        .distinct()
        .toArray();
  }
}
