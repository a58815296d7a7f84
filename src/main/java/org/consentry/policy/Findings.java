package org.consentry.policy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Role;

/** Collects what one policy finds. Not thread-safe. */
final class Findings {

  private final List<PolicyReport.Finding> found = new ArrayList<>();

  /** Adds one finding about a rule. */
  void add(Rule rule, FindingCode code, String citation, String message, String remedy) {
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

  /** The report of a policy over these rules. */
  PolicyReport report(Policy policy, List<Rule> rules) {
    return new PolicyReport(policy, found, identifiers(rules), List.of());
  }

  private static List<PolicyReport.Handling> identifiers(List<Rule> rules) {
    Map<Identifier, List<PolicyReport.HandledColumn>> handled = new EnumMap<>(Identifier.class);
    for (Identifier identifier : Identifier.values()) {
      handled.put(identifier, new ArrayList<>());
    }
    for (Rule rule : rules) {
      for (Rule.Input input : rule.inputs()) {
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

  private static Optional<Identifier> identifier(Rule.Input input) {
    return input
        .kind()
        .identifier()
        .or(() -> input.isDirect() ? Optional.of(Identifier.OTHER) : Optional.empty());
  }

  private static Optional<Identifier> identifier(Rule rule) {
    boolean other = rule.role() == Role.DIRECT_IDENTIFIER || rule.joins();
    return rule.kind()
        .identifier()
        .or(() -> other ? Optional.of(Identifier.OTHER) : Optional.empty());
  }
}
