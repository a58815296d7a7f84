package org.consentry.policy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.consentry.config.Mapping;
import org.consentry.config.OutputRule.Acknowledgement;
import org.consentry.config.SafeWord;
import org.consentry.config.Suggestion;
import org.consentry.data.Effect;
import org.consentry.policy.PolicyReport.Acknowledged;
import org.consentry.policy.PolicyReport.Finding;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.Severity;

/**
 * Compares the answers of a mapping with the findings of a policy. An answer belongs to one rule,
 * so that the same doubt about another column is still reported. Answers that answer nothing are
 * findings themselves.
 */
public final class Acknowledgements {

  private static final String UNUSED = "ACK_UNUSED";

  private final LocalDate today;
  private final Policies policies;
  private final Predicate<FindingCode> checked;
  private final Optional<Policy> policy;
  private final List<Finding> open;
  private final List<Finding> own = new ArrayList<>();
  private final List<Acknowledged> acknowledged = new ArrayList<>();

  /** Compares answers with findings, among which all codes of a kind may be. */
  private Acknowledgements(
      Policies policies,
      Optional<Policy> policy,
      List<Finding> findings,
      Predicate<FindingCode> checked,
      LocalDate today) {
    this.policies = policies;
    this.checked = checked;
    this.today = today;
    this.policy = policy;
    this.open = new ArrayList<>(findings);
  }

  /**
   * Answers what can be answered.
   *
   * @param report what a policy found in the same input
   * @param policies all targets, whose warnings can be acknowledged
   * @param today the day of the run
   * @return the report without the answered warnings, which it lists, and with what is wrong with
   *     the answers
   */
  public static PolicyReport answer(
      PolicyReport report, PolicyInput input, Policies policies, LocalDate today) {
    Acknowledgements answers =
        new Acknowledgements(
            policies,
            Optional.of(report.policy()),
            report.findings(),
            code -> !FindingCode.OF_VALUES.contains(code),
            today);
    List<Finding> findings = answers.all(input);
    return new PolicyReport(report.policy(), findings, report.identifiers(), answers.acknowledged);
  }

  /**
   * Answers what can be answered of the findings about values.
   *
   * @param report what {@link ContentCheck} found
   * @return the report without the answered warnings, which it lists, and with the answers about
   *     values that answer nothing; what else is wrong with answers is found without values
   */
  static PolicyReport answerOfValues(
      PolicyReport report, PolicyInput input, Policies policies, LocalDate today) {
    Acknowledgements answers =
        new Acknowledgements(
            policies,
            Optional.of(report.policy()),
            report.findings(),
            FindingCode.OF_VALUES::contains,
            today);
    List<Finding> findings =
        answers.all(input).stream()
            .filter(found -> answers.open.contains(found) || found.code().equals(UNUSED))
            .toList();
    return new PolicyReport(report.policy(), findings, List.of(), answers.acknowledged);
  }

  /**
   * What is wrong with the answers of a mapping under every target.
   *
   * @param effects what its rules still reveal, by the place of the operator's word
   */
  public static List<Problem> check(
      Mapping mapping, Map<Place, Effect> effects, Policies policies, LocalDate today) {
    PolicyInput input =
        new PolicyInput(
            mapping, List.of(), PolicyInput.Necessity.NO_REASON_ASKED, effects, Map.of());
    return new Acknowledgements(policies, Optional.empty(), List.of(), code -> true, today)
        .all(input).stream().map(Finding::toProblem).toList();
  }

  /** The findings without an answer, and what is wrong with the answers. */
  private List<Finding> all(PolicyInput input) {
    for (MappingRule rule : MappingRules.of(input)) {
      rule.output().acknowledge().forEach(given -> answer(rule, given));
    }
    List<Finding> findings = new ArrayList<>(open);
    findings.addAll(own);
    return findings;
  }

  private void answer(MappingRule rule, Acknowledgement given) {
    String name = given.code().value();
    Optional<FindingCode> code =
        policies.codes().stream().filter(known -> known.name().equals(name)).findFirst();
    if (code.isEmpty()) {
      add(
          Severity.ERROR,
          "ACK_UNKNOWN_CODE",
          given.code().place(),
          rule,
          "acknowledges " + SafeWord.word(name) + ", which no check finds",
          Suggestion.hint(name, warnings()));
    } else if (code.get().severity() == Severity.ERROR) {
      add(
          Severity.ERROR,
          "ACK_OF_ERROR",
          given.code().place(),
          rule,
          "acknowledges " + name + ", which is an error",
          "errors are not acknowledged; change the rule");
    } else if (given.until().value().isBefore(today)) {
      add(
          Severity.ERROR,
          "ACK_EXPIRED",
          given.until().place(),
          rule,
          "acknowledges " + name + " until " + given.until().value(),
          "look at the warning again; then name another day, or change the rule");
    } else {
      take(rule, given, code.get());
    }
  }

  private List<String> warnings() {
    return policies.codes().stream()
        .filter(code -> code.severity() == Severity.WARNING)
        .map(FindingCode::name)
        .toList();
  }

  private void take(MappingRule rule, Acknowledgement given, FindingCode code) {
    List<Finding> answered =
        open.stream()
            .filter(finding -> finding.code().equals(code.name()))
            .filter(finding -> finding.place().equals(rule.place()))
            .toList();
    open.removeAll(answered);
    for (Finding finding : answered) {
      acknowledged.add(new Acknowledged(finding, given.reason(), given.until().value()));
    }
    if (answered.isEmpty() && checked.test(code) && policy.filter(code::concerns).isPresent()) {
      add(
          Severity.WARNING,
          UNUSED,
          given.code().place(),
          rule,
          "acknowledges " + code.name() + ", which is not found there",
          "remove it");
    }
  }

  private void add(
      Severity severity,
      String code,
      Place place,
      MappingRule rule,
      String message,
      String remedy) {
    own.add(
        new Finding(
            severity,
            code,
            place,
            rule.table(),
            rule.column(),
            "",
            rule.named() + " " + message,
            remedy));
  }
}
