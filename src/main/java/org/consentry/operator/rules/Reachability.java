package org.consentry.operator.rules;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.consentry.operator.Answer;

/**
 * Finds rules that no row can reach, because earlier ones take every row that meets them. Looks at
 * every combination of what rows may hold, as far as the rules can tell it apart: sets of the one
 * procedure, sets of all diagnoses together, impairment, state and language.
 */
final class Reachability {

  /**
   * Combinations of diagnoses that are looked at; a real rule set has some dozens. Beyond it
   * nothing is found, because nothing would be sure.
   */
  private static final int MOST = 1 << 14;

  private final RuleSet rules;
  private final Finding finding;
  private final SetBits procedures;
  private final SetBits diagnoses;
  private final DecisionTable table;
  private final BitSet reached = new BitSet();

  Reachability(RuleSet rules, Finding finding) {
    this.rules = rules;
    this.finding = finding;
    this.procedures = SetBits.procedures(rules.sets());
    this.diagnoses = SetBits.diagnoses(rules.sets());
    this.table =
        new DecisionTable(
            rules,
            new CheckCompiler(rules, procedures, diagnoses, CheckCompiler.EmptyList.MAY_COVER));
  }

  void run() {
    int count = rules.table().size();
    List<Facts> codes = procedureFacts();
    Set<Long> combinations = together();
    for (long together : combinations) {
      for (Facts facts : codes) {
        if (reached.cardinality() == count) {
          return;
        }
        facts.diagnosisBits = together;
        facts.diagnoses = Facts.Diagnoses.KNOWN;
        everywhere(facts);
      }
    }
    for (Facts facts : codes) {
      facts.diagnosisBits = 0;
      facts.diagnoses = Facts.Diagnoses.MISSING;
      everywhere(facts);
    }
    for (int i = 0; i < count; i++) {
      if (!reached.get(i) && combinations.size() < MOST) {
        unreachable(rules.table().get(i));
      }
    }
  }

  private void unreachable(Rule rule) {
    finding.error(
        "UNREACHABLE_RULE",
        rule.place(),
        "no row can reach the rule " + rule.basis().value(),
        "earlier rules take every row that meets it, or its tests contradict each other: change"
            + " the order or the tests, or remove it");
  }

  private List<Facts> procedureFacts() {
    List<Facts> all = new ArrayList<>();
    all.add(procedure(Facts.Procedure.MISSING, 0));
    all.add(procedure(Facts.Procedure.UNKNOWN, 0));
    for (long bits : procedures.combinations()) {
      if (!procedures.isRetired(bits)) {
        all.add(procedure(Facts.Procedure.KNOWN, bits));
      }
    }
    return all;
  }

  private static Facts procedure(Facts.Procedure known, long bits) {
    Facts facts = new Facts();
    facts.procedure = known;
    facts.procedureBits = bits;
    return facts;
  }

  /** What the diagnoses of one row may be in together, as far as some test can tell it apart. */
  private Set<Long> together() {
    Set<Long> masks = masks();
    Map<Set<Long>, Long> singles = new HashMap<>();
    for (long single : diagnoses.combinations()) {
      Set<Long> met = new HashSet<>(masks);
      met.removeIf(mask -> (mask & single) == 0);
      singles.putIfAbsent(met, single);
    }
    Set<Long> closed = new HashSet<>();
    closed.add(0L);
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
  private Set<Long> masks() {
    Set<Long> masks = new HashSet<>();
    for (Rule rule : rules.table()) {
      for (Condition condition : rule.when().orElse(List.of())) {
        condition.diagnosis().map(diagnoses::of).ifPresent(masks::add);
        condition.alsoDiagnosis().map(diagnoses::of).ifPresent(masks::add);
        condition.notDiagnosis().map(diagnoses::of).ifPresent(masks::add);
      }
    }
    rules.mandates().values().stream()
        .flatMap(mandate -> mandate.diagnoses().stream())
        .forEach(sets -> masks.add(diagnoses.of(sets)));
    rules.benefits().values().stream()
        .flatMap(benefit -> benefit.diagnoses().stream())
        .forEach(sets -> masks.add(diagnoses.of(sets)));
    return masks;
  }

  private void everywhere(Facts facts) {
    for (Functional functional : Functional.values()) {
      facts.functional = functional;
      for (int state : states()) {
        facts.state = state;
        for (int language = Facts.UNKNOWN; language < rules.languages().size(); language++) {
          facts.language = language;
          reached.set(holding(facts));
        }
      }
    }
  }

  /** States that mandates name, and one that none does where there is one. */
  private Set<Integer> states() {
    Set<Integer> named = new HashSet<>();
    named.add(Facts.UNKNOWN);
    rules
        .mandates()
        .values()
        .forEach(
            mandate ->
                mandate
                    .states()
                    .ifPresent(
                        codes -> codes.forEach(code -> named.add(UsStates.number(code.value())))));
    for (int i = 0; i < UsStates.count(); i++) {
      if (named.add(i)) {
        break;
      }
    }
    return named;
  }

  private int holding(Facts facts) {
    for (int i = 0; i < table.rules().size(); i++) {
      if (table.rules().get(i).holds(facts) == Answer.YES) {
        return i;
      }
    }
    return table.rules().size();
  }
}
