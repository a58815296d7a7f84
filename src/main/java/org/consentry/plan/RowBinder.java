package org.consentry.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Binder;
import org.consentry.config.DeriveRule;
import org.consentry.config.DerivedColumn;
import org.consentry.config.Mapping;
import org.consentry.config.SafeWord;
import org.consentry.config.SubjectsTable;
import org.consentry.config.Suggestion;
import org.consentry.config.TableRule;
import org.consentry.config.WithPlace;
import org.consentry.data.ClinicDates;
import org.consentry.data.RecordCategory;
import org.consentry.operator.Attachments;
import org.consentry.operator.InputSource;
import org.consentry.operator.Operators;
import org.consentry.operator.RowContext;
import org.consentry.operator.RowOperator;
import org.consentry.operator.RowOperatorFactory;
import org.consentry.operator.RowOperatorFactory.Input;
import org.consentry.operator.RowOperatorFactory.Takes;
import org.consentry.operator.SubjectAttribute;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/** Binds the operators of derived columns: their inputs, outputs and settings. */
final class RowBinder {

  private final Mapping mapping;
  private final ClinicDates dates;
  private final LocalDate referenceDate;
  private final Attachments lists;
  private final Problems problems;

  RowBinder(
      Mapping mapping,
      ClinicDates dates,
      LocalDate referenceDate,
      Attachments lists,
      Problems problems) {
    this.mapping = mapping;
    this.dates = dates;
    this.referenceDate = referenceDate;
    this.lists = lists;
    this.problems = problems;
  }

  /**
   * A bound operator.
   *
   * @param reads its inputs, in its order
   */
  record Bound(RowOperator operator, List<InputSource> reads) {}

  /**
   * Binds one rule.
   *
   * @return empty after a problem was added
   */
  Optional<Bound> bind(String name, TableRule table, DeriveRule rule) {
    WithPlace<String> word = rule.operator();
    Optional<RowOperatorFactory<?>> factory = Operators.ofRowsNamed(word.value());
    if (factory.isEmpty()) {
      unknown(word);
      return Optional.empty();
    }
    return bind(factory.get(), name, table, rule);
  }

  private <C extends Record> Optional<Bound> bind(
      RowOperatorFactory<C> factory, String name, TableRule table, DeriveRule rule) {
    Optional<C> config =
        Binder.bind(
            rule.settings(), rule.place(), factory.config(), DeriveRule.commonKeys(), problems);
    Optional<List<RowContext.Bound>> inputs = inputs(factory, table, rule);
    Optional<List<RowContext.Output>> outputs = outputs(factory, rule);
    if (config.isEmpty() || inputs.isEmpty() || outputs.isEmpty()) {
      return Optional.empty();
    }
    RowContext context =
        new RowContext(
            name,
            inputs.get(),
            outputs.get(),
            dates,
            referenceDate,
            rule.operator().place(),
            lists);
    return factory
        .bind(config.get(), context, problems)
        .map(operator -> new Bound(operator, context.reads()));
  }

  /**
   * Every consent category that must cover a derived cell: its own, and those of all its inputs,
   * whether these are released or not.
   */
  Set<RecordCategory> categories(TableRule table, DeriveRule rule, DerivedColumn column) {
    Set<RecordCategory> categories = EnumSet.noneOf(RecordCategory.class);
    column.category().ifPresent(own -> categories.add(own.value()));
    for (WithPlace<String> input : rule.inputs()) {
      categories.addAll(
          attribute(input.value())
              .map(this::categories)
              .orElseGet(() -> table.categories(input.value())));
    }
    return categories;
  }

  /** The consent categories of the column that holds an attribute of the subject. */
  Set<RecordCategory> categories(SubjectAttribute attribute) {
    SubjectsTable subjects = mapping.subjects();
    Optional<WithPlace<String>> column =
        switch (attribute) {
          case BIRTH_DATE -> subjects.birthDate();
          case DEATH_DATE -> subjects.deathDate();
        };
    TableRule table = mapping.tables().get(subjects.table().value());
    return table == null || column.isEmpty()
        ? EnumSet.of(RecordCategory.DEMOGRAPHIC)
        : table.categories(column.get().value());
  }

  private Optional<List<RowContext.Bound>> inputs(
      RowOperatorFactory<?> factory, TableRule table, DeriveRule rule) {
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
    List<RowContext.Bound> bound = new ArrayList<>();
    for (Input input : factory.inputs()) {
      List<WithPlace<String>> words = rule.from().getOrDefault(input.name(), List.of());
      fits &= takes(factory, input, words, rule.place());
      List<InputSource> sources = new ArrayList<>();
      for (WithPlace<String> word : words) {
        source(table, word.value()).ifPresent(sources::add);
      }
      fits &= sources.size() == words.size();
      bound.add(new RowContext.Bound(input.name(), sources));
    }
    return fits ? Optional.of(bound) : Optional.empty();
  }

  private boolean takes(
      RowOperatorFactory<?> factory, Input input, List<WithPlace<String>> words, Place place) {
    boolean needed = input.takes() == Takes.ONE || input.takes() == Takes.MANY;
    boolean single = input.takes() == Takes.ONE || input.takes() == Takes.ONE_OR_NONE;
    if (needed && words.isEmpty()) {
      problems.error(
          "MISSING_INPUT",
          place,
          "'" + factory.name() + "' needs the input '" + input.name() + "'",
          "name a column for it under from:");
      return false;
    }
    if (single && words.size() > 1) {
      problems.error(
          "TOO_MANY_INPUTS",
          words.get(1).place(),
          "'" + factory.name() + "' takes one column for '" + input.name() + "'",
          "name one");
      return false;
    }
    return true;
  }

  /** Empty for a word the mapping's own checks told of. */
  private static Optional<InputSource> source(TableRule table, String word) {
    if (DeriveRule.isOfSubject(word)) {
      return attribute(word).map(InputSource.OfSubject::new);
    }
    return table.columns().containsKey(word)
        ? Optional.of(new InputSource.OfRow(word))
        : Optional.empty();
  }

  private static Optional<SubjectAttribute> attribute(String word) {
    for (SubjectAttribute attribute : SubjectAttribute.values()) {
      if (word.equals(DeriveRule.SUBJECT + attribute.word())) {
        return Optional.of(attribute);
      }
    }
    return Optional.empty();
  }

  private Optional<List<RowContext.Output>> outputs(
      RowOperatorFactory<?> factory, DeriveRule rule) {
    List<RowContext.Output> outputs = new ArrayList<>();
    Map<String, Place> seen = new HashMap<>();
    for (DerivedColumn column : rule.release()) {
      output(factory, column)
          .filter(of -> isFirst(of, column.place(), seen))
          .ifPresent(
              of ->
                  outputs.add(
                      new RowContext.Output(
                          of,
                          column.as().value(),
                          column.type().value().type(),
                          column.type().place())));
    }
    return outputs.size() == rule.release().size() ? Optional.of(outputs) : Optional.empty();
  }

  private Optional<String> output(RowOperatorFactory<?> factory, DerivedColumn column) {
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

  private void unknown(WithPlace<String> word) {
    List<String> known = new ArrayList<>();
    Operators.ofRows().forEach(factory -> known.add(factory.name()));
    boolean ofColumn = Operators.named(word.value()).isPresent();
    String instead = Operators.reserved().get(word.value());
    if (instead != null) {
      problems.error("NOT_IMPLEMENTED", word.place(), instead, "");
      return;
    }
    problems.error(
        "UNKNOWN_WORD",
        word.place(),
        ofColumn
            ? "'" + word.value() + "' makes one column of one"
            : "there is no operator " + SafeWord.word(word.value()) + " for derived columns",
        ofColumn
            ? "write it as the rule of its column, under columns:"
            : Suggestion.hint(word.value(), known));
  }
}
