package org.consentry.operator;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.consentry.operator.rules.Classifier;
import org.consentry.operator.rules.RuleSet;
import org.consentry.operator.rules.ServiceCase;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;

/** Runs the cases of a rules file. Immutable; safe for any number of threads. */
public final class RuleCases {

  /**
   * What a case gave.
   *
   * @param place where the case is
   * @param wanted the label it must get, as class and basis
   * @param found the label it got, as class and basis
   */
  public record Outcome(Place place, String wanted, String found) {

    /** Whether they are the same. */
    public boolean passes() {
      return wanted.equals(found);
    }
  }

  /**
   * What all cases gave.
   *
   * @param outcomes one a case, in the order of the file
   * @param untested rules that decided no case, by what people call them, in the order of the table
   */
  public record Report(List<Outcome> outcomes, List<String> untested) {

    public Report {
      outcomes = List.copyOf(outcomes);
      untested = List.copyOf(untested);
    }

    /** An error at every case that got another label. */
    public List<Problem> problems() {
      return outcomes.stream().filter(outcome -> !outcome.passes()).map(Report::problem).toList();
    }

    private static Problem problem(Outcome outcome) {
      return Problem.error(
          "CASE",
          outcome.place(),
          "the case wants " + outcome.wanted() + " but the rules give " + outcome.found(),
          "change the case or the rules");
    }

    /** Whether every case got its label. */
    public boolean passes() {
      return outcomes.stream().allMatch(Outcome::passes);
    }
  }

  private final Classifier classifier;
  private final RuleSet rules;

  RuleCases(Classifier classifier, RuleSet rules) {
    this.classifier = classifier;
    this.rules = rules;
  }

  /** Runs every case. */
  public Report run() {
    List<Outcome> outcomes = new ArrayList<>();
    Set<String> untested = new LinkedHashSet<>();
    rules.table().forEach(rule -> untested.add(rule.id().value()));
    for (ServiceCase each : rules.cases()) {
      ServiceLabel label = classifier.classify(each.input());
      outcomes.add(
          new Outcome(
              each.place(),
              each.serviceClass() + " " + each.basis(),
              label.serviceClass() + " " + label.basis()));
      untested.remove(label.rule());
    }
    return new Report(outcomes, List.copyOf(untested));
  }
}
