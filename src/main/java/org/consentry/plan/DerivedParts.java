package org.consentry.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.DeriveRule;
import org.consentry.config.DeriveRule.DerivedColumn;
import org.consentry.config.SafeWord;
import org.consentry.config.Suggestion;
import org.consentry.config.TableRule;
import org.consentry.config.WithPlace;
import org.consentry.operator.InputSource;
import org.consentry.operator.OperatorFactory;
import org.consentry.operator.OperatorFactory.Input;
import org.consentry.operator.OperatorFactory.Takes;
import org.consentry.operator.RuleContext;
import org.consentry.operator.SubjectAttribute;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/** Reads the inputs and outputs that a rule under {@code derive:} names for its operator. */
final class DerivedParts {

  private final OperatorFactory<?> factory;
  private final TableRule table;
  private final DeriveRule rule;
  private final Problems problems;

  DerivedParts(OperatorFactory<?> factory, TableRule table, DeriveRule rule, Problems problems) {
    this.factory = factory;
    this.table = table;
    this.rule = rule;
    this.problems = problems;
  }

  /** The attribute of the subject that an input names; empty when it names a column of the row. */
  static Optional<SubjectAttribute> attribute(String word) {
    for (SubjectAttribute attribute : SubjectAttribute.values()) {
      if (word.equals(DeriveRule.SUBJECT + attribute.word())) {
        return Optional.of(attribute);
      }
    }
    return Optional.empty();
  }

  /** The sources of every input, in the operator's order; empty after a problem was added. */
  Optional<List<RuleContext.Bound>> inputs() {
    List<String> known = factory.inputs().stream().map(Input::name).toList();
    boolean fits = true;
    for (String word : rule.from().keySet()) {
      if (!known.contains(word)) {
        problems.error(
            "UNKNOWN_INPUT",
            rule.place(),
            "'" + factory.name() + "' takes no input " + SafeWord.word(word),
            Suggestion.hint(word, known));
        fits = false;
      }
    }
    List<RuleContext.Bound> bound = new ArrayList<>();
    for (Input input : factory.inputs()) {
      List<WithPlace<String>> words = rule.from().getOrDefault(input.name(), List.of());
      fits &= takes(input, words);
      List<InputSource> sources = new ArrayList<>();
      words.forEach(word -> source(word.value()).ifPresent(sources::add));
      fits &= sources.size() == words.size();
      bound.add(new RuleContext.Bound(input.name(), sources));
    }
    return fits ? Optional.of(bound) : Optional.empty();
  }

  private boolean takes(Input input, List<WithPlace<String>> words) {
    boolean isNeeded = input.takes() == Takes.ONE || input.takes() == Takes.MANY;
    if (isNeeded && words.isEmpty()) {
      problems.error(
          "MISSING_INPUT",
          rule.place(),
          "'" + factory.name() + "' needs the input '" + input.name() + "'",
          "name a column for it under from:");
      return false;
    }
    boolean isOne = input.takes() == Takes.ONE || input.takes() == Takes.ONE_OR_NONE;
    if (isOne && words.size() > 1) {
      problems.error(
          "TOO_MANY_INPUTS",
          words.get(1).place(),
          "'" + factory.name() + "' takes one column for '" + input.name() + "'",
          "name one");
      return false;
    }
    return true;
  }

  /** Empty for a word that the mapping's own checks reported. */
  private Optional<InputSource> source(String word) {
    if (DeriveRule.isOfSubject(word)) {
      return attribute(word).map(InputSource.OfSubject::new);
    }
    return table.columns().containsKey(word)
        ? Optional.of(new InputSource.OfRow(word))
        : Optional.empty();
  }

  /** The released columns, in the order of the mapping; empty after a problem was added. */
  Optional<List<RuleContext.Output>> outputs() {
    List<RuleContext.Output> outputs = new ArrayList<>();
    Map<String, Place> seen = new HashMap<>();
    for (DerivedColumn column : rule.release()) {
      output(column)
          .filter(of -> isFirst(of, column.place(), seen))
          .ifPresent(
              of ->
                  outputs.add(
                      new RuleContext.Output(
                          of,
                          column.as().value(),
                          column.type().value().type(),
                          column.type().place())));
    }
    return outputs.size() == rule.release().size() ? Optional.of(outputs) : Optional.empty();
  }

  private Optional<String> output(DerivedColumn column) {
    List<String> known = factory.outputs();
    if (column.of().isEmpty()) {
      if (known.size() == 1) {
        return Optional.of(known.get(0));
      }
      problems.error(
          "MISSING_KEY",
          column.place(),
          "the key 'of' is missing: '" + factory.name() + "' gives several columns",
          "one of: " + String.join(", ", known));
      return Optional.empty();
    }
    WithPlace<String> of = column.of().get();
    if (!known.contains(of.value())) {
      problems.error(
          "UNKNOWN_OUTPUT",
          of.place(),
          "'" + factory.name() + "' gives no column " + SafeWord.word(of.value()),
          Suggestion.hint(of.value(), known));
      return Optional.empty();
    }
    return Optional.of(of.value());
  }

  private boolean isFirst(String of, Place place, Map<String, Place> seen) {
    Place before = seen.putIfAbsent(of, place);
    if (before != null) {
      problems.error(
          "DUPLICATE_OUTPUT",
          place,
          "'" + of + "' is released by the rule in line " + before.line() + " already",
          "remove one of the two");
    }
    return before == null;
  }
}
