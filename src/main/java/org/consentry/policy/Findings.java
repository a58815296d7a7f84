package org.consentry.policy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.OutputRule.Role;

/** Collects what one policy finds. Not thread-safe. */
final class Findings {

  private final Policy policy;
  private final List<PolicyReport.Finding> found = new ArrayList<>();

  Findings(Policy policy) {
    this.policy = policy;
  }

  /**
   * Adds one finding of the target's own about a rule, under the paragraph that the target
   * enforces.
   *
   * @param word of the code, without the short word of the target
   */
  void own(MappingRule rule, String word, String message, String remedy) {
    own(rule, word, policy.citation(), message, remedy);
  }

  /**
   * Adds one finding of the target's own about a rule.
   *
   * @param word of the code, without the short word of the target
   */
  void own(MappingRule rule, String word, String citation, String message, String remedy) {
    String name = policy.shortWord() + "_" + word;
    FindingCode code =
        policy.codes().stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no code is named " + name));
    add(rule, code, citation, message, remedy);
  }

  /** Adds one finding about a rule. */
  void add(MappingRule rule, FindingCode code, String citation, String message, String remedy) {
    found.add(
        new PolicyReport.Finding(
            code.severity(),
            code.name(),
            rule.place(),
            rule.table(),
            rule.column(),
            citation,
            rule.named() + " " + message,
            remedy));
  }

  /** The report over these rules. */
  PolicyReport report(List<MappingRule> rules) {
    return new PolicyReport(policy, found, identifiers(rules), List.of());
  }

  private static List<PolicyReport.Handling> identifiers(List<MappingRule> rules) {
    Map<Identifier, List<PolicyReport.HandledColumn>> handled = new EnumMap<>(Identifier.class);
    for (Identifier identifier : Identifier.values()) {
      handled.put(identifier, new ArrayList<>());
    }
    for (MappingRule rule : rules) {
      for (MappingRule.Input input : rule.inputs()) {
        identifier(input)
            .ifPresent(
                identifier ->
                    handled
                        .getOrDefault(identifier, new ArrayList<>())
                        .add(
                            new PolicyReport.HandledColumn(
                                input.table(),
                                input.column(),
                                rule.operator() + " into " + rule.column())));
      }
      identifier(rule)
          .ifPresent(
              identifier ->
                  handled
                      .getOrDefault(identifier, new ArrayList<>())
                      .add(
                          new PolicyReport.HandledColumn(
                              rule.table(), rule.column(), rule.done())));
    }
    return handled.entrySet().stream()
        .map(each -> new PolicyReport.Handling(each.getKey(), each.getValue()))
        .toList();
  }

  private static Optional<Identifier> identifier(MappingRule.Input input) {
    return input
        .kind()
        .identifier()
        .or(() -> input.isDirect() ? Optional.of(Identifier.OTHER) : Optional.empty());
  }

  private static Optional<Identifier> identifier(MappingRule rule) {
    boolean other = rule.role() == Role.DIRECT_IDENTIFIER || rule.joins();
    return rule.kind()
        .identifier()
        .or(() -> other ? Optional.of(Identifier.OTHER) : Optional.empty());
  }
}
