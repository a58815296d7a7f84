package org.consentry.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.config.OutputRule.Role;
import org.consentry.data.HandledIdentifier;
import org.consentry.data.HandledIdentifier.HandledColumn;

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
   * @return true: something was reported
   */
  boolean own(MappingRule rule, String word, String message, String remedy) {
    return own(rule, word, policy.target().citation(), message, remedy);
  }

  /**
   * Adds one finding of the target's own about a rule.
   *
   * @param word of the code, without the short word of the target
   * @return true: something was reported
   */
  boolean own(MappingRule rule, String word, String citation, String message, String remedy) {
    String name = policy.target().shortWord() + "_" + word;
    FindingCode code =
        policy.target().codes().stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no code is named " + name));
    add(rule, code, citation, message, remedy);
    return true;
  }

  /**
   * Adds one finding about the values of a column: under the target's own code where it has one for
   * them, and else as a warning under the rule that the target enforces.
   *
   * @param word one of {@link ContentCheck#words()}
   * @param citation paragraph of the target's own code
   */
  void ofValues(MappingRule rule, String word, String citation, String message, String remedy) {
    String own = policy.target().shortWord() + "_" + word;
    FindingCode code =
        Stream.concat(policy.target().codes().stream(), FindingCode.OF_VALUES.stream())
            .filter(known -> known.name().equals(own) || known.name().equals(word))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no code is named " + word));
    String cited = code.name().equals(own) ? citation : policy.target().citation();
    add(rule, code, cited, message, remedy);
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

  /** What was found so far. */
  PolicyReport report() {
    return new PolicyReport(policy, found, List.of(), List.of());
  }

  /** The report over these rules; the minimum necessary rule is checked last. */
  PolicyReport report(PolicyInput input, List<MappingRule> rules) {
    if (input.necessity() == PolicyInput.Necessity.REASON_FOR_EVERY_COLUMN) {
      rules.stream().filter(MappingRule::hasNoReason).forEach(this::reasonMissing);
    }
    return new PolicyReport(policy, found, identifiers(rules), List.of());
  }

  private void reasonMissing(MappingRule rule) {
    add(
        rule,
        FindingCode.WHY_MISSING,
        "45 CFR 164.502(b), 164.514(d)",
        "is released without a reason",
        "add why: what the study needs it for, or drop it");
  }

  private static List<HandledIdentifier> identifiers(List<MappingRule> rules) {
    Map<Identifier, List<HandledColumn>> handled = new EnumMap<>(Identifier.class);
    for (MappingRule rule : rules) {
      for (MappingRule.Input input : rule.inputs()) {
        String done = rule.operator() + " into " + rule.column();
        add(handled, identifier(input), input.table(), input.column(), done);
      }
      add(handled, identifier(rule), rule.table(), rule.column(), rule.done());
    }
    return Arrays.stream(Identifier.values())
        .map(
            each ->
                new HandledIdentifier(
                    each.letter(),
                    each.title(),
                    each.safeHarbor(),
                    handled.getOrDefault(each, List.of())))
        .toList();
  }

  private static void add(
      Map<Identifier, List<HandledColumn>> handled,
      Optional<Identifier> identifier,
      String table,
      String column,
      String done) {
    identifier.ifPresent(
        known ->
            handled
                .computeIfAbsent(known, none -> new ArrayList<>())
                .add(new HandledColumn(table, column, done)));
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
