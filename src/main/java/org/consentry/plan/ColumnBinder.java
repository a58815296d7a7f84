package org.consentry.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.config.Binder;
import org.consentry.config.ColumnRule;
import org.consentry.config.KeyComparison;
import org.consentry.config.Mapping;
import org.consentry.config.OutputRule;
import org.consentry.config.SafeWord;
import org.consentry.config.Suggestion;
import org.consentry.config.TableRule;
import org.consentry.config.WithPlace;
import org.consentry.data.ClinicDates;
import org.consentry.data.Effect;
import org.consentry.data.ValueList;
import org.consentry.operator.Attachments;
import org.consentry.operator.ColumnContext;
import org.consentry.operator.Operator;
import org.consentry.operator.OperatorFactory;
import org.consentry.operator.Operators;
import org.consentry.operator.SubjectAttribute;
import org.consentry.operator.SubjectSlots;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/** Binds the operators of a mapping's rules. */
final class ColumnBinder {

  private final Mapping mapping;
  private final ClinicDates dates;
  private final LocalDate referenceDate;
  private final Attachments lists;
  private final Problems problems;
  private final String subjectDomain;
  private final Set<String> foldedDomains;
  private final Set<SubjectAttribute> attributes;
  private final Map<Place, Effect> effects;
  private final Map<Place, ValueList> listings = new HashMap<>();

  ColumnBinder(
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
    this.effects = Operators.effects(mapping);
    this.subjectDomain = subjectDomain(mapping);
    this.foldedDomains = foldedDomains(mapping);
    this.attributes = attributes(mapping);
  }

  private static Set<SubjectAttribute> attributes(Mapping mapping) {
    Set<SubjectAttribute> attributes = EnumSet.noneOf(SubjectAttribute.class);
    mapping.subjects().birthDate().ifPresent(c -> attributes.add(SubjectAttribute.BIRTH_DATE));
    mapping.subjects().deathDate().ifPresent(c -> attributes.add(SubjectAttribute.DEATH_DATE));
    return attributes;
  }

  private String subjectDomain(Mapping mapping) {
    TableRule subjects = mapping.tables().get(mapping.subjects().table().value());
    return subjects == null
        ? ""
        : domains(subjects, mapping.subjects().key().value()).findFirst().orElse("");
  }

  private Set<String> foldedDomains(Mapping mapping) {
    return mapping.tables().values().stream()
        .filter(table -> table.compareKeys().value() == KeyComparison.FOLDED)
        .flatMap(table -> table.key().stream().flatMap(key -> domains(table, key.value())))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The domains under which a column is pseudonymized. */
  private Stream<String> domains(TableRule table, String column) {
    ColumnRule key = table.columns().get(column);
    if (key == null) {
      return Stream.empty();
    }
    return key.outputs().stream()
        .map(output -> effect(output.operator().place()))
        .filter(Effect.Code.class::isInstance)
        .map(effect -> ((Effect.Code) effect).domain());
  }

  /**
   * Binds the operator of one rule.
   *
   * @return the operator; empty when the column ends here, or after a problem was added
   */
  Optional<Operator> bind(String table, String column, OutputRule output, SubjectSlots slots) {
    WithPlace<String> word = output.operator();
    Optional<OperatorFactory<?>> factory = Operators.named(word.value());
    if (factory.isEmpty()) {
      unknown(word);
      return Optional.empty();
    }
    return bind(factory.get(), table, column, output, slots);
  }

  private <C extends Record> Optional<Operator> bind(
      OperatorFactory<C> factory,
      String table,
      String column,
      OutputRule output,
      SubjectSlots slots) {
    Optional<C> config =
        Binder.bind(
            output.settings(), output.place(), factory.config(), OutputRule.commonKeys(), problems);
    if (config.isEmpty()
        || factory.output() == OperatorFactory.Output.NOTHING
        || output.type().isEmpty()) {
      return Optional.empty();
    }
    TableRule rule = mapping.tables().get(table);
    boolean isSubject = rule != null && rule.subject().value().equals(column);
    ColumnContext context =
        new ColumnContext(
            table,
            column,
            isSubject,
            subjectDomain,
            foldedDomains,
            attributes,
            output.type().get().value().type(),
            dates,
            referenceDate,
            output.place(),
            slots,
            lists);
    Optional<Operator> bound = factory.bind(config.get(), context, problems);
    bound
        .flatMap(Operator::listing)
        .ifPresent(list -> listings.put(output.operator().place(), list));
    return bound;
  }

  /**
   * What the rule still reveals; the value itself where no settings could be read, which is a
   * problem by then.
   *
   * @param word the place of the operator's word
   */
  Effect effect(Place word) {
    return effects.getOrDefault(word, new Effect.TrueValue());
  }

  /** What the rules still reveal, by the place of the operator's word. */
  Map<Place, Effect> effects() {
    return effects;
  }

  /** The lists of the operators that were bound, by the place of the operator's word. */
  Map<Place, ValueList> listings() {
    return Map.copyOf(listings);
  }

  private void unknown(WithPlace<String> word) {
    String instead = Operators.reserved().get(word.value());
    if (instead != null) {
      problems.error("NOT_IMPLEMENTED", word.place(), instead, "");
      return;
    }
    if (Operators.ofRowsNamed(word.value()).isPresent()) {
      problems.error(
          "UNKNOWN_WORD",
          word.place(),
          "'" + word.value() + "' makes a column of several",
          "write it under derive: of the table");
      return;
    }
    List<String> known = new ArrayList<>();
    Operators.all().forEach(factory -> known.add(factory.name()));
    problems.error(
        "UNKNOWN_WORD",
        word.place(),
        "there is no operator " + SafeWord.word(word.value()),
        Suggestion.hint(word.value(), known));
  }
}
