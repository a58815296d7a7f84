package org.consentry.operator.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.consentry.config.SafeWord;
import org.consentry.config.Suggestion;
import org.consentry.config.WithPlace;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/**
 * Checks the parts of a rule set against each other: codes that cannot exist, sets that hold
 * nothing, names that nothing has, codes in two procedure sets without a word which is tested
 * first, rules that no row can reach. Reports everything it finds.
 */
public final class RuleLint {

  private static final int MOST_LANGUAGES = 62;

  private final RuleSet rules;
  private final Problems problems;
  private final Set<String> used = new HashSet<>();
  private int faults;

  public RuleLint(RuleSet rules, Problems problems) {
    this.rules = rules;
    this.problems = problems;
  }

  public void run() {
    rules.sets().forEach(this::set);
    size();
    languages();
    rules.mandates().forEach(this::mandate);
    rules.benefits().forEach(this::benefit);
    rules.table().forEach(this::rule);
    repeatedRules();
    otherwise();
    cases();
    unused();
    if (faults == 0) {
      new SetOverlaps(rules, this::error).run();
      new Reachability(rules, this::error).run();
    }
  }

  private void set(String name, CodeSet set) {
    if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      error("SET_NAME", set.place(), "a set is named by lower-case words joined by -", "rename it");
    }
    if (set.codes().isEmpty() && set.sets().isEmpty()) {
      error(
          "EMPTY_SET",
          set.place(),
          "set '" + name + "' holds no code",
          "list codes, or remove the set and the tests that name it");
    }
    Map<String, Place> seen = new HashMap<>();
    for (WithPlace<String> code : set.codes()) {
      code(set.kind(), code, seen);
    }
    set.seventh().ifPresent(characters -> seventh(set, characters));
    for (WithPlace<String> included : set.sets()) {
      known(included, set.kind());
    }
    if (reaches(name, name, new HashSet<>())) {
      error("SET_CYCLE", set.place(), "set '" + name + "' includes itself", "remove one of them");
    }
    for (WithPlace<String> later : set.before()) {
      if (set.kind() != CodeSet.Kind.PROCEDURE) {
        error(
            "PRECEDENCE",
            later.place(),
            "only procedure sets have an order: a row has one procedure and many diagnoses",
            "remove before");
      } else {
        known(later, CodeSet.Kind.PROCEDURE);
      }
    }
  }

  private void code(CodeSet.Kind kind, WithPlace<String> code, Map<String, Place> seen) {
    if (CodeRange.read(kind, code.value()).isEmpty()) {
      error(
          "IMPOSSIBLE_CODE",
          code.place(),
          SafeWord.word(code.value()) + " is no " + words(kind) + " that can exist",
          kind.isProcedure()
              ? "write 15823, J0585, 140- or 15780-15783"
              : "write Z41.1, Z90.1- or Q35-Q37, in upper case and with the point");
    }
    Place before = seen.putIfAbsent(code.value(), code.place());
    if (before != null) {
      error(
          "DUPLICATE_CODE",
          code.place(),
          SafeWord.word(code.value()) + " stands in line " + before.line() + " already",
          "remove one of the two");
    }
  }

  private static String words(CodeSet.Kind kind) {
    return kind.isProcedure() ? "CPT or HCPCS code or range" : "ICD-10-CM code, prefix or range";
  }

  private void seventh(CodeSet set, List<WithPlace<String>> characters) {
    for (WithPlace<String> character : characters) {
      boolean one = character.value().matches("[A-Z0-9]");
      if (!one || set.kind() != CodeSet.Kind.DIAGNOSIS || !set.sets().isEmpty()) {
        error(
            "SEVENTH",
            character.place(),
            "seventh lists single upper-case characters, for a set of diagnosis codes of its own",
            "list the codes in this set, or remove seventh");
      }
    }
  }

  private boolean reaches(String from, String wanted, Set<String> visited) {
    CodeSet set = rules.sets().get(from);
    if (set == null || !visited.add(from)) {
      return false;
    }
    return set.sets().stream()
        .anyMatch(next -> next.value().equals(wanted) || reaches(next.value(), wanted, visited));
  }

  private void size() {
    for (boolean procedures : List.of(true, false)) {
      long count =
          rules.sets().values().stream()
              .filter(set -> set.kind().isProcedure() == procedures)
              .count();
      if (count > SetBits.MOST) {
        CodeSet first = rules.sets().values().iterator().next();
        error(
            "TOO_MANY_SETS",
            first.place(),
            "there are " + count + " sets of one nature and at most " + SetBits.MOST + " can be",
            "join some");
      }
    }
  }

  private void languages() {
    Set<String> seen = new HashSet<>();
    for (WithPlace<String> language : rules.languages()) {
      String word = language.value();
      if (!word.matches("[a-z0-9]+(-[a-z0-9]+)*") || !seen.add(word)) {
        error(
            "LANGUAGE",
            language.place(),
            "languages are lower-case words joined by -, each listed once",
            "rename or remove it");
      }
    }
    if (rules.languages().size() > MOST_LANGUAGES) {
      error(
          "LANGUAGE",
          rules.languages().get(0).place(),
          "at most " + MOST_LANGUAGES + " languages can be listed",
          "list those that a benefit names");
    }
  }

  private void mandate(String name, Entitlement.Mandate mandate) {
    name(name, mandate.place());
    mandate.procedures().ifPresent(sets -> all(sets, CodeSet.Kind.PROCEDURE));
    mandate.diagnoses().ifPresent(sets -> all(sets, CodeSet.Kind.DIAGNOSIS));
    for (WithPlace<String> state : mandate.states().orElse(List.of())) {
      if (UsStates.number(state.value()) < 0) {
        error(
            "UNKNOWN_STATE",
            state.place(),
            SafeWord.word(state.value()) + " is no two-letter code of a US state or territory",
            Suggestion.nearest(state.value(), UsStates.codes())
                .map(near -> "did you mean '" + near + "'?")
                .orElse(""));
      }
    }
  }

  private void benefit(String name, Entitlement.Benefit benefit) {
    name(name, benefit.place());
    benefit.procedures().ifPresent(sets -> all(sets, CodeSet.Kind.PROCEDURE));
    benefit.diagnoses().ifPresent(sets -> all(sets, CodeSet.Kind.DIAGNOSIS));
    List<String> declared = rules.languages().stream().map(WithPlace::value).toList();
    for (WithPlace<String> language : benefit.languages()) {
      if (!declared.contains(language.value())) {
        error(
            "UNKNOWN_LANGUAGE",
            language.place(),
            SafeWord.word(language.value()) + " is not listed under languages",
            Suggestion.hint(language.value(), declared));
      }
    }
  }

  private void name(String name, Place place) {
    if (!name.matches("[A-Z][A-Z0-9_]{0,62}")) {
      error("ENTITLEMENT_NAME", place, "mandates and benefits have upper-case names", "rename it");
    }
  }

  private void rule(Rule rule) {
    for (Condition condition : rule.when().orElse(List.of())) {
      condition.procedure().ifPresent(sets -> all(sets, CodeSet.Kind.PROCEDURE));
      condition.notProcedure().ifPresent(sets -> all(sets, CodeSet.Kind.PROCEDURE));
      condition.diagnosis().ifPresent(sets -> all(sets, CodeSet.Kind.DIAGNOSIS));
      condition.alsoDiagnosis().ifPresent(sets -> all(sets, CodeSet.Kind.DIAGNOSIS));
      condition.notDiagnosis().ifPresent(sets -> all(sets, CodeSet.Kind.DIAGNOSIS));
      condition
          .mandate()
          .ifPresent(
              word ->
                  entitled(
                      word,
                      rules.mandates().keySet(),
                      List.of(Condition.ANY_FEDERAL, Condition.ANY_STATE)));
      condition
          .benefit()
          .ifPresent(word -> entitled(word, rules.benefits().keySet(), List.of(Condition.ANY)));
    }
  }

  private void entitled(WithPlace<String> word, Set<String> names, List<String> words) {
    List<String> known = new ArrayList<>(names);
    known.addAll(words);
    if (!known.contains(word.value())) {
      error(
          "UNKNOWN_ENTITLEMENT",
          word.place(),
          "nothing is named " + SafeWord.word(word.value()) + " under mandates or benefits",
          Suggestion.hint(word.value(), known));
    }
  }

  private void all(List<WithPlace<String>> names, CodeSet.Kind kind) {
    names.forEach(name -> known(name, kind));
  }

  private void known(WithPlace<String> name, CodeSet.Kind kind) {
    used.add(name.value());
    CodeSet set = rules.sets().get(name.value());
    if (set == null) {
      error(
          "UNKNOWN_SET",
          name.place(),
          "there is no set " + SafeWord.word(name.value()),
          Suggestion.hint(name.value(), rules.sets().keySet()));
    } else if (set.kind() != kind) {
      error(
          "WRONG_SET",
          name.place(),
          "set '" + name.value() + "' holds codes of another kind",
          Suggestion.hint(
              name.value(),
              rules.sets().entrySet().stream()
                  .filter(entry -> entry.getValue().kind() == kind)
                  .map(Map.Entry::getKey)
                  .toList()));
    }
  }

  private void repeatedRules() {
    Map<String, Place> ids = new HashMap<>();
    Map<String, Place> bases = new HashMap<>();
    for (Rule rule : rules.table()) {
      repeated("rule", rule.id(), ids);
      repeated("basis", rule.basis(), bases);
      if (isReason(rule.basis().value())) {
        error(
            "RESERVED_BASIS",
            rule.basis().place(),
            rule.basis().value() + " is what a row without enough input gets as its basis",
            "choose another word");
      }
    }
  }

  private static boolean isReason(String basis) {
    return Arrays.stream(Reason.values()).anyMatch(reason -> reason.name().equals(basis));
  }

  private void repeated(String what, WithPlace<String> word, Map<String, Place> seen) {
    Place before = seen.putIfAbsent(word.value(), word.place());
    if (before != null) {
      error(
          "DUPLICATE_RULE",
          word.place(),
          "the " + what + " " + SafeWord.word(word.value()) + " stands in line " + before.line(),
          "name every rule and basis once");
    }
  }

  private void otherwise() {
    Rule last = rules.table().get(rules.table().size() - 1);
    if (last.when().isPresent()) {
      error(
          "NO_OTHERWISE",
          last.place(),
          "the last rule does not hold for every row",
          "end the table with a rule without when");
    }
  }

  private void cases() {
    Set<String> bases = new LinkedHashSet<>();
    rules.table().forEach(rule -> bases.add(rule.basis().value()));
    for (Reason reason : Reason.values()) {
      bases.add(reason.name());
    }
    for (ServiceCase each : rules.cases()) {
      if (!bases.contains(each.basis())) {
        error(
            "UNKNOWN_BASIS",
            each.place(),
            "no rule has the basis " + SafeWord.word(each.basis()),
            Suggestion.hint(each.basis(), bases));
      }
    }
  }

  private void unused() {
    Set<String> idle = new TreeSet<>(rules.sets().keySet());
    idle.removeAll(used);
    for (String name : idle) {
      CodeSet set = Optional.ofNullable(rules.sets().get(name)).orElseThrow();
      if (set.kind() != CodeSet.Kind.RETIRED_PROCEDURE) {
        problems.warning(
            "UNUSED_SET", set.place(), "no rule tests set '" + name + "'", "remove it");
      }
    }
  }

  private void error(String code, Place place, String message, String hint) {
    faults++;
    problems.error(code, place, message, hint);
  }
}
