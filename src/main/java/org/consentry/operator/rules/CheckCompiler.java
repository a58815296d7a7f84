package org.consentry.operator.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.consentry.config.WithPlace;
import org.consentry.operator.Answer;

/** From the words of a condition to checks. Expects a rule set without findings. */
public final class CheckCompiler {

  /** What a list that is still empty answers. */
  public enum EmptyList {
    /** No: as rows are classified. */
    COVERS_NOTHING,
    /** Whatever helps: a place left for people to fill is no dead rule. */
    MAY_COVER
  }

  private final RuleSet rules;
  private final SetBits procedures;
  private final SetBits diagnoses;
  private final EmptyList empty;

  public CheckCompiler(RuleSet rules, SetBits procedures, SetBits diagnoses, EmptyList empty) {
    this.rules = rules;
    this.procedures = procedures;
    this.diagnoses = diagnoses;
    this.empty = empty;
  }

  /** The alternatives of a rule; each is a list of checks that must all hold. */
  List<List<Check>> alternatives(Rule rule) {
    return rule.when()
        .map(conditions -> conditions.stream().map(this::checks).toList())
        .orElse(List.of(List.of()));
  }

  private List<Check> checks(Condition condition) {
    List<Check> checks = new ArrayList<>();
    condition.missing().map(CheckCompiler::missing).ifPresent(checks::add);
    condition.procedure().map(this::procedure).ifPresent(checks::add);
    condition.notProcedure().map(this::procedure).map(CheckCompiler::not).ifPresent(checks::add);
    condition.diagnosis().map(this::diagnosis).ifPresent(checks::add);
    condition.alsoDiagnosis().map(this::diagnosis).ifPresent(checks::add);
    condition.notDiagnosis().map(this::diagnosis).map(CheckCompiler::not).ifPresent(checks::add);
    condition.functional().map(CheckCompiler::functional).ifPresent(checks::add);
    condition.mandate().map(this::mandate).ifPresent(checks::add);
    condition.benefit().map(this::benefit).ifPresent(checks::add);
    return List.copyOf(checks);
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
              facts ->
                  Answer.of(
                      facts.diagnoses == Facts.Diagnoses.MISSING
                          || facts.diagnoses == Facts.Diagnoses.UNREADABLE),
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

  private static Check not(Check check) {
    return new Check(
        "not: " + check.words(), facts -> check.ask().apply(facts).not(), check.blame());
  }

  private static Check functional(List<Functional> values) {
    String words =
        values.stream()
            .map(value -> value.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(" or "));
    return new Check(
        "functional impairment is " + words,
        facts -> Answer.of(values.contains(facts.functional)),
        facts -> Reason.BY_RULE);
  }

  private Check mandate(WithPlace<String> word) {
    List<Check> checks = new ArrayList<>();
    rules
        .mandates()
        .forEach(
            (name, mandate) -> {
              boolean asked =
                  switch (word.value()) {
                    case Condition.ANY_FEDERAL -> mandate.states().isEmpty();
                    case Condition.ANY_STATE -> mandate.states().isPresent();
                    default -> name.equals(word.value());
                  };
              if (asked) {
                checks.add(
                    covers(mandate.procedures(), mandate.diagnoses(), states(mandate.states())));
              }
            });
    return any(checks).named("mandate " + word.value() + " covers it" + emptiness(checks));
  }

  private Check benefit(WithPlace<String> word) {
    List<Check> checks = new ArrayList<>();
    for (Map.Entry<String, Entitlement.Benefit> entry : rules.benefits().entrySet()) {
      Entitlement.Benefit benefit = entry.getValue();
      if (word.value().equals(Condition.ANY) || word.value().equals(entry.getKey())) {
        Check languages = languages(benefit.languages());
        checks.add(covers(benefit.procedures(), benefit.diagnoses(), Optional.of(languages)));
      }
    }
    return any(checks).named("benefit " + word.value() + " covers it" + emptiness(checks));
  }

  private static String emptiness(List<Check> checks) {
    return checks.isEmpty() ? " (none is listed)" : "";
  }

  private Check any(List<Check> checks) {
    Answer none = Answer.of(empty == EmptyList.MAY_COVER);
    return checks.stream()
        .reduce(Check::or)
        .orElse(new Check("nothing", facts -> none, facts -> Reason.BY_RULE));
  }

  private Check covers(
      Optional<List<WithPlace<String>>> procedureSets,
      Optional<List<WithPlace<String>>> diagnosisSets,
      Optional<Check> where) {
    Check always = new Check("always", facts -> Answer.YES, facts -> Reason.BY_RULE);
    return procedureSets
        .map(this::procedure)
        .orElse(always)
        .and(diagnosisSets.map(this::diagnosis).orElse(always))
        .and(where.orElse(always));
  }

  private static Optional<Check> states(Optional<List<WithPlace<String>>> states) {
    return states.map(
        codes -> {
          long bits = 0;
          for (WithPlace<String> code : codes) {
            bits |= 1L << UsStates.number(code.value());
          }
          long wanted = bits;
          return new Check(
              "state in " + names(codes),
              facts -> facts.stateIn(wanted),
              facts -> Reason.STATE_UNKNOWN);
        });
  }

  private Check languages(List<WithPlace<String>> words) {
    List<String> declared = rules.languages().stream().map(WithPlace::value).toList();
    long bits = 0;
    for (WithPlace<String> word : words) {
      bits |= 1L << declared.indexOf(word.value());
    }
    long wanted = bits;
    return new Check(
        "benefits language in " + names(words),
        facts -> facts.languageIn(wanted),
        facts -> Reason.BENEFITS_UNKNOWN);
  }

  private static String names(List<WithPlace<String>> placed) {
    return placed.stream().map(WithPlace::value).collect(Collectors.joining(", "));
  }
}
