package org.consentry.operator.rules;

import java.util.ArrayList;
import java.util.List;
import org.consentry.operator.Answer;
import org.consentry.operator.ServiceClass;
import org.consentry.operator.ServiceLabel;

/**
 * The decision table, compiled. The first rule that holds decides. Where an earlier rule may hold,
 * because an input of the row is not known, the decision stands only if every such rule gives the
 * same class; otherwise the row is INDETERMINATE and the input is to blame. So what is not known
 * never counts as no. Immutable; safe for any number of threads.
 */
public final class DecisionTable {

  private static final List<Reason> REASONS = List.of(Reason.values());

  /**
   * One rule.
   *
   * @param rule as written
   * @param alternatives lists of checks, one of which must hold whole
   */
  public record Compiled(Rule rule, List<List<Check>> alternatives) {

    public Answer holds(Facts facts) {
      Answer any = Answer.NO;
      for (int i = 0; i < alternatives.size() && any != Answer.YES; i++) {
        any = any.or(all(alternatives.get(i), facts));
      }
      return any;
    }

    /** Why it is not known whether the rule holds. */
    Reason blame(Facts facts) {
      for (List<Check> checks : alternatives) {
        if (all(checks, facts) == Answer.UNKNOWN) {
          for (Check check : checks) {
            if (check.ask().apply(facts) == Answer.UNKNOWN) {
              return check.blame().apply(facts);
            }
          }
        }
      }
      return Reason.BY_RULE;
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

  public DecisionTable(RuleSet rules, CheckCompiler compiler) {
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

  public List<Compiled> rules() {
    return rules;
  }

  /** Every label there can be; {@link #decide} gives a number in this list. */
  public List<ServiceLabel> labels() {
    return labels;
  }

  /** The number of the label of a row. */
  public int decide(Facts facts) {
    int maybe = -1;
    for (int i = 0; i < rules.size(); i++) {
      Answer holds = rules.get(i).holds(facts);
      if (holds == Answer.YES) {
        return maybe >= 0 && differs(maybe, i, facts) ? unknown(maybe, facts) : label(i, facts);
      }
      if (holds == Answer.UNKNOWN && maybe < 0) {
        maybe = i;
      }
    }
    throw new IllegalStateException("the last rule always holds");
  }

  private boolean differs(int first, int decided, Facts facts) {
    ServiceClass wanted = rules.get(decided).rule().serviceClass();
    for (int i = first; i < decided; i++) {
      Compiled earlier = rules.get(i);
      if (earlier.rule().serviceClass() != wanted && earlier.holds(facts) == Answer.UNKNOWN) {
        return true;
      }
    }
    return false;
  }

  private int label(int rule, Facts facts) {
    Reason reason = Reason.BY_RULE;
    if (rules.get(rule).rule().serviceClass() == ServiceClass.INDETERMINATE) {
      boolean codeless =
          facts.diagnoses == Facts.Diagnoses.MISSING
              || facts.diagnoses == Facts.Diagnoses.UNREADABLE;
      reason =
          facts.procedure != Facts.Procedure.KNOWN
              ? facts.procedureReason()
              : codeless ? facts.diagnosisReason() : Reason.BY_RULE;
    }
    return rule * REASONS.size() + REASONS.indexOf(reason);
  }

  private int unknown(int rule, Facts facts) {
    return rules.size() * REASONS.size() + REASONS.indexOf(rules.get(rule).blame(facts));
  }
}
