package org.consentry.operator;

import java.util.List;

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
}
