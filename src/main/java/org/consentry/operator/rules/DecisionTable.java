package org.consentry.operator.rules;

import java.util.ArrayList;
import java.util.List;
import org.consentry.operator.Answer;
import org.consentry.operator.ServiceClass;
import org.consentry.operator.ServiceLabel;

/**
 * The decision table, compiled. The first rule that applies decides. Where an earlier rule may
 * apply, because an input of the row is not known, the decision counts only if every such rule
 * gives the same class; otherwise the row is INDETERMINATE and the input is to blame. So what is
 * not known never counts as no. Immutable; safe for any number of threads.
 */
final class DecisionTable {

  private static final List<Reason> REASONS = List.of(Reason.values());

  /**
   * One rule.
   *
   * @param rule as written
   * @param alternatives lists of checks; the rule applies when all checks of one list answer yes
   */
  public record Compiled(Rule rule, List<List<Check>> alternatives) {

    /** Whether the rule applies to a row. */
    public Answer applies(Facts facts) {
      Answer any = Answer.NO;
      for (int i = 0; i < alternatives.size() && any != Answer.YES; i++) {
        any = any.or(all(alternatives.get(i), facts));
      }
      return any;
    }

    /** Why it is not known whether the rule applies. */
    Reason blame(Facts facts) {
      return alternatives.stream()
          .filter(checks -> all(checks, facts) == Answer.UNKNOWN)
          .flatMap(List::stream)
          .filter(check -> check.ask().apply(facts) == Answer.UNKNOWN)
          .findFirst()
          .map(check -> check.blame().apply(facts))
          .orElse(Reason.BY_RULE);
    }

    private static Answer all(List<Check> checks, Facts facts) {
      Answer all = Answer.YES;
      for (int i = 0; i < checks.size() && all != Answer.NO; i++) {
        all = all.and(checks.get(i).ask().apply(facts));
      }
      return all;
    }
  }

  private final List<Compiled> rules;
  private final List<ServiceLabel> labels;

  /** Compiles the table of a rule set without findings, as rows are classified. */
  public DecisionTable(RuleSet rules, CodeSets procedures, CodeSets diagnoses) {
    this(rules, new CheckCompiler(rules, procedures, diagnoses, Answer.NO));
  }

  DecisionTable(RuleSet rules, CheckCompiler compiler) {
    this.rules =
        rules.table().stream()
            .map(rule -> new Compiled(rule, compiler.alternatives(rule)))
            .toList();
    this.labels = labels(rules.table());
  }

  private static List<ServiceLabel> labels(List<Rule> table) {
    List<ServiceLabel> labels = new ArrayList<>();
    for (Rule rule : table) {
      for (Reason reason : REASONS) {
        labels.add(
            new ServiceLabel(rule.serviceClass(), rule.basis().value(), rule.id().value(), reason));
      }
    }
    for (Reason reason : REASONS) {
      labels.add(new ServiceLabel(ServiceClass.INDETERMINATE, reason.name(), "", reason));
    }
    return List.copyOf(labels);
  }

  /** The rules in their order. */
  public List<Compiled> rules() {
    return rules;
  }

  /** Every label there can be; {@link #decide} gives a number in this list. */
  public List<ServiceLabel> labels() {
    return labels;
  }

  /** The number of the first rule that applies to a row. */
  int first(Facts facts) {
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).applies(facts) == Answer.YES) {
        return i;
      }
    }
    throw new IllegalStateException("the last rule always applies");
  }

  /** The number of the label of a row. */
  public int decide(Facts facts) {
    int maybe = -1;
    for (int i = 0; i < rules.size(); i++) {
      Answer applies = rules.get(i).applies(facts);
      if (applies == Answer.YES) {
        return maybe >= 0 && differs(maybe, i, facts) ? unknown(maybe, facts) : label(i, facts);
      }
      if (applies == Answer.UNKNOWN && maybe < 0) {
        maybe = i;
      }
    }
    throw new IllegalStateException("the last rule always applies");
  }

  private boolean differs(int from, int decided, Facts facts) {
    ServiceClass wanted = rules.get(decided).rule().serviceClass();
    return rules.subList(from, decided).stream()
        .filter(earlier -> earlier.rule().serviceClass() != wanted)
        .anyMatch(earlier -> earlier.applies(facts) == Answer.UNKNOWN);
  }

  private int label(int rule, Facts facts) {
    boolean indeterminate = rules.get(rule).rule().serviceClass() == ServiceClass.INDETERMINATE;
    return number(rule, indeterminate ? facts.missingReason() : Reason.BY_RULE);
  }

  private int unknown(int rule, Facts facts) {
    return number(rules.size(), rules.get(rule).blame(facts));
  }

  private static int number(int rule, Reason reason) {
    return rule * REASONS.size() + REASONS.indexOf(reason);
  }
}
