package org.consentry.operator.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.consentry.config.SafeWord;
import org.consentry.config.Suggestion;
import org.consentry.config.WithPlace;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/**
 * Checks the parts of a rule set against each other: codes that cannot exist, sets without a code,
 * names without a definition, codes in two procedure sets without an order, rules that decide no
 * row. Reports everything it finds.
 */
public final class RuleLint {

  private static final String WORDS = "[a-z0-9]+(-[a-z0-9]+)*";
  private static final int MOST_LANGUAGES = 62;

  private final RuleSet rules;
  private final Problems problems;
  private final Set<String> used = new HashSet<>();

  /**
   * A check of a rule set.
   *
   * @param problems receives everything found; without an error so far
   */
  public RuleLint(RuleSet rules, Problems problems) {
    this.rules = rules;
    this.problems = problems;
  }

  /**
   * Checks the whole rule set. Order and rows of the table are checked when nothing else is wrong.
   */
  public void run() {
    rules.sets().forEach(this::set);
    count(true);
    count(false);
    languages();
    rules.mandates().forEach(this::entitlement);
    rules.mandates().values().forEach(this::states);
    rules.benefits().forEach(this::entitlement);
    rules.benefits().values().forEach(this::languages);
    rules.conditions().forEach(this::condition);
    names();
    otherwise();
    cases();
    unused();
    if (!problems.hasErrors()) {
      new SetOverlaps(rules, problems).report();
      new Reachability(rules).report(problems);
    }
  }

  private void set(String name, CodeSet set) {
    if (!name.matches(WORDS)) {
      problems.error(
          "SET_NAME", set.place(), "a set is named by lower-case words joined by -", "rename it");
    }
    if (set.codes().isEmpty() && set.sets().isEmpty()) {
      problems.error(
          "EMPTY_SET",
          set.place(),
          "set '" + name + "' has no code",
          "list codes, or remove the set and the tests that name it");
    }
    codes(set);
    set.seventh().ifPresent(characters -> characters.forEach(one -> seventh(set, one)));
    known(set.sets(), set.kind());
    if (includes(name, name, new HashSet<>())) {
      problems.error(
          "SET_CYCLE", set.place(), "set '" + name + "' includes itself", "remove one of them");
    }
    if (set.kind() == CodeSet.Kind.PROCEDURE) {
      known(set.before(), CodeSet.Kind.PROCEDURE);
    } else {
      for (WithPlace<String> later : set.before()) {
        problems.error(
            "PRECEDENCE",
            later.place(),
            "only procedure sets have an order: a row has one procedure and many diagnoses",
            "remove before");
      }
    }
  }

  private void codes(CodeSet set) {
    boolean procedures = set.kind().isProcedure();
    Map<String, Place> seen = new HashMap<>();
    for (WithPlace<String> code : set.codes()) {
      String word = SafeWord.word(code.value());
      if (CodeRange.read(set.kind(), code.value()).isEmpty()) {
        problems.error(
            "IMPOSSIBLE_CODE",
            code.place(),
            word
                + (procedures
                    ? " is no CPT or HCPCS code or range that can exist"
                    : " is no ICD-10-CM code, prefix or range that can exist"),
            procedures
                ? "write 15823, J0585, 140- or 15780-15783"
                : "write Z41.1, Z90.1- or Q35-Q37, in upper case and with the point");
      }
      Place before = seen.putIfAbsent(code.value(), code.place());
      if (before != null) {
        problems.error(
            "DUPLICATE_CODE",
            code.place(),
            word + " is in line " + before.line() + " already",
            "remove one of the two");
      }
    }
  }

  private void seventh(CodeSet set, WithPlace<String> character) {
    boolean one = character.value().matches("[A-Z0-9]");
    if (!one || set.kind() != CodeSet.Kind.DIAGNOSIS || !set.sets().isEmpty()) {
      problems.error(
          "SEVENTH",
          character.place(),
          "seventh lists single upper-case characters, for a set of diagnosis codes of its own",
          "list the codes in this set, or remove seventh");
    }
  }

  private boolean includes(String from, String wanted, Set<String> visited) {
    CodeSet set = rules.sets().get(from);
    return set != null
        && visited.add(from)
        && set.sets().stream()
            .map(WithPlace::value)
            .anyMatch(next -> next.equals(wanted) || includes(next, wanted, visited));
  }

  private void count(boolean procedures) {
    long count =
        rules.sets().values().stream()
            .filter(set -> set.kind().isProcedure() == procedures)
            .count();
    if (count > CodeSets.MOST) {
      problems.error(
          "TOO_MANY_SETS",
          rules.sets().values().iterator().next().place(),
          "there are " + count + " sets of one nature and at most " + CodeSets.MOST + " can be",
          "join some");
    }
  }

  private void languages() {
    Set<String> seen = new HashSet<>();
    for (WithPlace<String> language : rules.languages()) {
      if (!language.value().matches(WORDS) || !seen.add(language.value())) {
        problems.error(
            "LANGUAGE",
            language.place(),
            "languages are lower-case words joined by -, each listed once",
            "rename or remove it");
      }
    }
    if (rules.languages().size() > MOST_LANGUAGES) {
      problems.error(
          "LANGUAGE",
          rules.languages().get(0).place(),
          "at most " + MOST_LANGUAGES + " languages can be listed",
          "list those that a benefit names");
    }
  }

  private void entitlement(String name, Entitlement entitlement) {
    if (!name.matches("[A-Z][A-Z0-9_]{0,62}")) {
      problems.error(
          "ENTITLEMENT_NAME",
          entitlement.place(),
          "mandates and benefits have upper-case names",
          "rename it");
    }
    known(entitlement.procedures().orElse(List.of()), CodeSet.Kind.PROCEDURE);
    known(entitlement.diagnoses().orElse(List.of()), CodeSet.Kind.DIAGNOSIS);
  }

  private void states(Entitlement.Mandate mandate) {
    for (WithPlace<String> state : mandate.states().orElse(List.of())) {
      if (UsStates.number(state.value()) < 0) {
        problems.error(
            "UNKNOWN_STATE",
            state.place(),
            SafeWord.word(state.value()) + " is no two-letter code of a US state or territory",
            Suggestion.nearest(state.value(), UsStates.codes())
                .map(near -> "did you mean '" + near + "'?")
                .orElse(""));
      }
    }
  }

  private void languages(Entitlement.Benefit benefit) {
    List<String> declared = rules.languages().stream().map(WithPlace::value).toList();
    for (WithPlace<String> language : benefit.languages()) {
      String word = SafeWord.word(language.value());
      require("UNKNOWN_LANGUAGE", language, word + " is not listed under languages", declared);
    }
  }

  private void condition(Condition condition) {
    condition.procedureLists().forEach(sets -> known(sets, CodeSet.Kind.PROCEDURE));
    condition.diagnosisLists().forEach(sets -> known(sets, CodeSet.Kind.DIAGNOSIS));
    condition
        .mandate()
        .ifPresent(
            word ->
                entitled(
                    word, rules.mandates().keySet(), Condition.ANY_FEDERAL, Condition.ANY_STATE));
    condition.benefit().ifPresent(word -> entitled(word, rules.benefits().keySet(), Condition.ANY));
  }

  private void entitled(WithPlace<String> word, Set<String> names, String... more) {
    List<String> known = new ArrayList<>(names);
    known.addAll(List.of(more));
    String message = "nothing is named " + SafeWord.word(word.value());
    require("UNKNOWN_ENTITLEMENT", word, message + " under mandates or benefits", known);
  }

  private void require(
      String code, WithPlace<String> word, String message, Collection<String> known) {
    if (!known.contains(word.value())) {
      problems.error(code, word.place(), message, Suggestion.hint(word.value(), known));
    }
  }

  private void known(List<WithPlace<String>> names, CodeSet.Kind kind) {
    for (WithPlace<String> name : names) {
      used.add(name.value());
      CodeSet set = rules.sets().get(name.value());
      if (set == null) {
        String message = "there is no set " + SafeWord.word(name.value());
        require("UNKNOWN_SET", name, message, rules.sets().keySet());
      } else if (set.kind() != kind) {
        List<String> ofKind =
            rules.sets().entrySet().stream()
                .filter(entry -> entry.getValue().kind() == kind)
                .map(Map.Entry::getKey)
                .toList();
        String message = "set '" + name.value() + "' has codes of another kind";
        require("WRONG_SET", name, message, ofKind);
      }
    }
  }

  private void names() {
    Map<String, Place> ids = new HashMap<>();
    Map<String, Place> bases = new HashMap<>();
    for (Rule rule : rules.table()) {
      once("rule", rule.id(), ids);
      once("basis", rule.basis(), bases);
      if (reasons().contains(rule.basis().value())) {
        problems.error(
            "RESERVED_BASIS",
            rule.basis().place(),
            rule.basis().value() + " is what a row without enough input gets as its basis",
            "choose another word");
      }
    }
  }

  private static List<String> reasons() {
    return Arrays.stream(Reason.values()).map(Enum::name).toList();
  }

  private void once(String what, WithPlace<String> word, Map<String, Place> seen) {
    Place before = seen.putIfAbsent(word.value(), word.place());
    if (before != null) {
      problems.error(
          "DUPLICATE_RULE",
          word.place(),
          "the " + what + " " + SafeWord.word(word.value()) + " is in line " + before.line(),
          "name every rule and basis once");
    }
  }

  private void otherwise() {
    Rule last = rules.table().get(rules.table().size() - 1);
    if (last.when().isPresent()) {
      problems.error(
          "NO_OTHERWISE",
          last.place(),
          "the last rule does not apply to every row",
          "end the table with a rule without when");
    }
  }

  private void cases() {
    Set<String> bases = new LinkedHashSet<>();
    rules.table().forEach(rule -> bases.add(rule.basis().value()));
    bases.addAll(reasons());
    for (ServiceCase each : rules.cases()) {
      String message = "no rule has the basis " + SafeWord.word(each.basis());
      require("UNKNOWN_BASIS", new WithPlace<>(each.basis(), each.place()), message, bases);
    }
  }

  private void unused() {
    new TreeMap<>(rules.sets())
        .forEach(
            (name, set) -> {
              if (!used.contains(name) && set.kind() != CodeSet.Kind.RETIRED_PROCEDURE) {
                problems.warning(
                    "UNUSED_SET", set.place(), "no rule tests set '" + name + "'", "remove it");
              }
            });
  }
}
