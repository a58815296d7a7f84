package org.consentry.operator.rules;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.config.WithPlace;
import org.consentry.data.EnumWord;
import org.consentry.operator.Answer;

/** Compiles the conditions of rules to checks. Expects a rule set without findings. */
final class CheckCompiler {

  private static final Check ALWAYS = Check.known("always", facts -> Answer.YES);

  private final RuleSet rules;
  private final CodeSets procedures;
  private final CodeSets diagnoses;
  private final Answer none;

  /**
   * A compiler.
   *
   * @param none whether mandates or benefits cover a row when none is listed: no for the rows of
   *     people; yes for the search for rules without a row, because a place left to fill in is no
   *     fault
   */
  CheckCompiler(RuleSet rules, CodeSets procedures, CodeSets diagnoses, Answer none) {
    this.rules = rules;
    this.procedures = procedures;
    this.diagnoses = diagnoses;
    this.none = none;
  }

  /** The alternatives of a rule; each is a list of checks that must all answer yes. */
  List<List<Check>> alternatives(Rule rule) {
    return rule.when()
        .map(conditions -> conditions.stream().map(this::checks).toList())
        .orElse(List.of(List.of()));
  }

  private List<Check> checks(Condition condition) {
    return Stream.of(
            condition.missing().map(CheckCompiler::missing),
            condition.procedure().map(this::procedure),
            condition.notProcedure().map(sets -> procedure(sets).not()),
            condition.diagnosis().map(this::diagnosis),
            condition.alsoDiagnosis().map(this::diagnosis),
            condition.notDiagnosis().map(sets -> diagnosis(sets).not()),
            condition.functional().map(CheckCompiler::functional),
            condition
                .mandate()
                .map(word -> covered("mandate ", word.value(), rules.mandates(word.value()))),
            condition
                .benefit()
                .map(word -> covered("benefit ", word.value(), rules.benefits(word.value()))))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Check missing(Condition.Missing input) {
    return switch (input) {
      case PROCEDURE ->
          new Check(
              "the procedure code is missing, unreadable, retired or in no set",
              facts -> Answer.of(facts.procedure != Facts.Procedure.KNOWN),
              Facts::procedureReason);
      case DIAGNOSIS ->
          new Check(
              "there is no readable diagnosis code",
              facts -> Answer.of(facts.hasNoDiagnosis()),
              Facts::diagnosisReason);
    };
  }

  private Check procedure(List<WithPlace<String>> sets) {
    long bits = procedures.of(sets);
    return new Check(
        "procedure in " + names(sets), facts -> facts.procedureIn(bits), Facts::procedureReason);
  }

  private Check diagnosis(List<WithPlace<String>> sets) {
    long bits = diagnoses.of(sets);
    return new Check(
        "a diagnosis in " + names(sets), facts -> facts.diagnosisIn(bits), Facts::diagnosisReason);
  }

  private static Check functional(List<Functional> values) {
    String words = values.stream().map(EnumWord::of).collect(Collectors.joining(" or "));
    return Check.known(
        "functional impairment is " + words, facts -> Answer.of(values.contains(facts.functional)));
  }

  private Check covered(String kind, String word, List<? extends Entitlement> meant) {
    String emptiness = meant.isEmpty() ? " (none is listed)" : "";
    return meant.stream()
        .map(this::covers)
        .reduce(Check::or)
        .orElse(Check.known("nothing", facts -> none))
        .named(kind + word + " covers it" + emptiness);
  }

  private Check covers(Entitlement entitlement) {
    Check codes =
        entitlement
            .procedures()
            .map(this::procedure)
            .orElse(ALWAYS)
            .and(entitlement.diagnoses().map(this::diagnosis).orElse(ALWAYS));
    return codes.and(
        entitlement instanceof Entitlement.Mandate mandate
            ? mandate.states().map(CheckCompiler::states).orElse(ALWAYS)
            : languages(((Entitlement.Benefit) entitlement).languages()));
  }

  private static Check states(List<WithPlace<String>> states) {
    long bits =
        states.stream()
            .mapToLong(code -> 1L << UsStates.number(code.value()))
            .reduce(0, (one, other) -> one | other);
    return new Check(
        "state in " + names(states), facts -> facts.stateIn(bits), facts -> Reason.STATE_UNKNOWN);
  }

  private Check languages(List<WithPlace<String>> words) {
    List<String> declared = rules.languages().stream().map(WithPlace::value).toList();
    long bits =
        words.stream()
            .mapToLong(word -> 1L << declared.indexOf(word.value()))
            .reduce(0, (one, other) -> one | other);
    return new Check(
        "benefits language in " + names(words),
        facts -> facts.languageIn(bits),
        facts -> Reason.BENEFITS_UNKNOWN);
  }

  private static String names(List<WithPlace<String>> placed) {
    return placed.stream().map(WithPlace::value).collect(Collectors.joining(", "));
  }
}
