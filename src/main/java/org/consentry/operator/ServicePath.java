package org.consentry.operator;

import java.util.ArrayList;
import java.util.List;
import org.consentry.operator.rules.Check;
import org.consentry.operator.rules.DecisionTable;
import org.consentry.operator.rules.Facts;

/**
 * How a row came to its label: every rule up to the one that decided, with every test.
 *
 * @param label what came out
 * @param inputs how each input was read
 * @param steps the rules that were asked, in order
 */
public record ServicePath(ServiceLabel label, List<Input> inputs, List<Step> steps) {

  public ServicePath {
    inputs = List.copyOf(inputs);
    steps = List.copyOf(steps);
  }

  /**
   * How an input was read. Has names of sets and words, never the cell.
   *
   * @param name the input
   * @param read what was understood
   */
  public record Input(String name, String read) {}

  /**
   * A rule that was asked.
   *
   * @param rule what people call it
   * @param basis its basis
   * @param serviceClass its class
   * @param answer whether it applies
   * @param alternatives its conditions, one of which must be met; none when it always applies
   */
  public record Step(
      String rule,
      String basis,
      ServiceClass serviceClass,
      Answer answer,
      List<List<Asked>> alternatives) {

    public Step {
      alternatives = List.copyOf(alternatives);
    }
  }

  /**
   * A test that was asked.
   *
   * @param words what it asks
   * @param answer the answer
   */
  public record Asked(String words, Answer answer) {}

  static List<Step> steps(DecisionTable table, Facts facts) {
    List<Step> steps = new ArrayList<>();
    for (DecisionTable.Compiled compiled : table.rules()) {
      Answer answer = compiled.applies(facts);
      steps.add(
          new Step(
              compiled.rule().id().value(),
              compiled.rule().basis().value(),
              compiled.rule().serviceClass(),
              answer,
              compiled.alternatives().stream().map(checks -> asked(checks, facts)).toList()));
      if (answer == Answer.YES) {
        break;
      }
    }
    return steps;
  }

  private static List<Asked> asked(List<Check> checks, Facts facts) {
    return checks.stream()
        .map(check -> new Asked(check.words(), check.ask().apply(facts)))
        .toList();
  }
}
