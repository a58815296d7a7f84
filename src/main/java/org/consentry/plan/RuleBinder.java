package org.consentry.plan;

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
import org.consentry.config.DeriveRule;
import org.consentry.config.Mapping;
import org.consentry.config.OutputRule;
import org.consentry.config.SafeWord;
import org.consentry.config.Suggestion;
import org.consentry.config.TableRule;
import org.consentry.config.TableRule.ColumnRule;
import org.consentry.config.TableRule.KeyComparison;
import org.consentry.config.WithPlace;
import org.consentry.data.BirthForm;
import org.consentry.data.Effect;
import org.consentry.data.ValueList;
import org.consentry.operator.Attachments;
import org.consentry.operator.InputSource;
import org.consentry.operator.MappingContext;
import org.consentry.operator.Operator;
import org.consentry.operator.OperatorFactory;
import org.consentry.operator.Operators;
import org.consentry.operator.RuleContext;
import org.consentry.operator.SubjectAttribute;
import org.consentry.operator.SubjectSlots;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/** Binds the operators of a mapping's rules. */
final class RuleBinder {

  private static final String TYPE = "type";

  private final Operators catalogue;
  private final Mapping mapping;
  private final SourceFormats formats;
  private final SourceTime time;
  private final Attachments lists;
  private final ChosenLevels levels;
  private final Problems problems;
  private final Map<Place, Effect> effects;
  private final Map<Place, ValueList> listings = new HashMap<>();

  RuleBinder(
      Operators catalogue,
      Mapping mapping,
      SourceFormats formats,
      SourceTime time,
      Attachments lists,
      ChosenLevels levels,
      Problems problems) {
    this.catalogue = catalogue;
    this.mapping = mapping;
    this.formats = formats;
    this.time = time;
    this.lists = lists;
    this.levels = levels;
    this.problems = problems;
    this.effects = catalogue.effects(mapping);
  }

  /**
   * A bound operator.
   *
   * @param reads its inputs, in its order
   */
  record Bound(Operator operator, List<InputSource> reads) {}

  /**
   * Binds the rule of a source column.
   *
   * @return empty when the column ends here, or after a problem was added
   */
  Optional<Bound> bind(
      String table, TableRule rules, String column, OutputRule rule, SubjectSlots slots) {
    return factory(rule.operator(), Section.COLUMNS)
        .flatMap(factory -> bind(factory, table, rules, column, rule, slots));
  }

  private <C extends Record> Optional<Bound> bind(
      OperatorFactory<C> factory,
      String table,
      TableRule rules,
      String column,
      OutputRule rule,
      SubjectSlots slots) {
    Optional<C> config =
        Binder.bind(
            rule.settings(), rule.place(), factory.config(), OutputRule.commonKeys(), problems);
    boolean typed = factory.outputs().isEmpty() || isTyped(column, rule);
    typed &= rule.type().filter(type -> Binder.isFiller(type.place())).isEmpty();
    if (config.isEmpty() || factory.outputs().isEmpty() || !typed) {
      return Optional.empty();
    }
    RuleContext.Output output =
        new RuleContext.Output(
            factory.outputs().get(0),
            rule.as().map(WithPlace::value).orElse(column),
            rule.type().orElseThrow().value().type(),
            rule.place());
    RuleContext context =
        new RuleContext(
            context(slots),
            table,
            rules.subject().value(),
            List.of(
                new RuleContext.Bound(
                    OperatorFactory.Input.COLUMN.name(), List.of(new InputSource.OfRow(column)))),
            List.of(output),
            rule.place());
    return bind(factory, config.get(), context, rule.operator().place());
  }

  /** Whether the rule has a type; a key that is nearly one is reported with the settings. */
  private boolean isTyped(String column, OutputRule rule) {
    boolean misspelt =
        rule.settings().entries().stream()
            .anyMatch(entry -> Suggestion.nearest(entry.key(), List.of(TYPE)).isPresent());
    if (rule.type().isEmpty() && !misspelt) {
      problems.error(
          "MISSING_KEY",
          rule.place(),
          "the key 'type' is missing for column " + SafeWord.word(column),
          "type: text, code, integer, decimal(p,s), date or timestamp");
    }
    return rule.type().isPresent();
  }

  /**
   * Binds a rule that makes columns of several.
   *
   * @return empty after a problem was added
   */
  Optional<Bound> bind(String table, TableRule rules, DeriveRule rule, SubjectSlots slots) {
    return factory(rule.operator(), Section.DERIVE)
        .flatMap(factory -> bind(factory, table, rules, rule, slots));
  }

  private <C extends Record> Optional<Bound> bind(
      OperatorFactory<C> factory,
      String table,
      TableRule rules,
      DeriveRule rule,
      SubjectSlots slots) {
    Optional<C> config =
        Binder.bind(
            rule.settings(), rule.place(), factory.config(), DeriveRule.commonKeys(), problems);
    DerivedParts parts = new DerivedParts(factory, rules, rule, problems);
    Optional<List<RuleContext.Bound>> inputs = parts.inputs();
    Optional<List<RuleContext.Output>> outputs = parts.outputs();
    if (config.isEmpty() || inputs.isEmpty() || outputs.isEmpty()) {
      return Optional.empty();
    }
    Place word = rule.operator().place();
    RuleContext context =
        new RuleContext(
            context(slots), table, rules.subject().value(), inputs.get(), outputs.get(), word);
    return bind(factory, config.get(), context, word);
  }

  private <C extends Record> Optional<Bound> bind(
      OperatorFactory<C> factory, C config, RuleContext context, Place word) {
    Optional<Operator> operator = factory.bind(config, context, problems);
    operator.flatMap(Operator::listing).ifPresent(list -> listings.put(word, list));
    return operator
        .map(bound -> levels.over(bound, context))
        .map(bound -> new Bound(bound, context.reads()));
  }

  private MappingContext context(SubjectSlots slots) {
    return new MappingContext(
        subjectDomain(),
        foldedDomains(),
        mapping::codeForm,
        attributes(),
        mapping.subjects().birthForm(),
        formats.dates(),
        time.referenceDate(),
        time.calendar(),
        slots,
        lists,
        formats);
  }

  private Set<SubjectAttribute> attributes() {
    Set<SubjectAttribute> attributes = EnumSet.noneOf(SubjectAttribute.class);
    if (mapping.subjects().birthForm() != BirthForm.NONE) {
      attributes.add(SubjectAttribute.BIRTH_DATE);
    }
    mapping.subjects().deathDate().ifPresent(c -> attributes.add(SubjectAttribute.DEATH_DATE));
    return attributes;
  }

  private String subjectDomain() {
    TableRule subjects = mapping.tables().get(mapping.subjects().table().value());
    return subjects == null
        ? ""
        : domains(subjects, mapping.subjects().key().value()).findFirst().orElse("");
  }

  private Set<String> foldedDomains() {
    return mapping.tables().values().stream()
        .filter(table -> table.compareKeys().value() == KeyComparison.FOLDED)
        .flatMap(table -> table.key().stream().flatMap(key -> domains(table, key.value())))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The domains of a column's codes. */
  private Stream<String> domains(TableRule table, String column) {
    ColumnRule key = table.columns().get(column);
    if (key == null) {
      return Stream.empty();
    }
    return key.outputs().stream()
        .map(rule -> effect(rule.operator().place()))
        .filter(Effect.Code.class::isInstance)
        .map(effect -> ((Effect.Code) effect).domain());
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

  /** Where a mapping writes rules. */
  private enum Section {
    COLUMNS("' makes a column of several", "write it under derive: of the table", ""),
    DERIVE(
        "' makes one column of one",
        "write it as the rule of its column, under columns:",
        " for derived columns");

    private final String other;
    private final String remedy;
    private final String qualifier;

    Section(String other, String remedy, String qualifier) {
      this.other = other;
      this.remedy = remedy;
      this.qualifier = qualifier;
    }

    boolean has(OperatorFactory<?> factory) {
      return factory.isOfColumn() == (this == COLUMNS);
    }
  }

  /** The operator of that word, if it may be written in that section. */
  private Optional<OperatorFactory<?>> factory(WithPlace<String> word, Section section) {
    Optional<OperatorFactory<?>> factory = catalogue.named(word.value());
    if (factory.filter(section::has).isPresent()) {
      return factory;
    }
    String instead = Operators.reserved().get(word.value());
    if (instead != null) {
      problems.error("NOT_IMPLEMENTED", word.place(), instead, "");
    } else if (factory.isPresent()) {
      problems.error(
          "UNKNOWN_WORD", word.place(), "'" + word.value() + section.other, section.remedy);
    } else {
      List<String> known = new ArrayList<>();
      catalogue.all().stream().filter(section::has).forEach(each -> known.add(each.name()));
      problems.error(
          "UNKNOWN_WORD",
          word.place(),
          "there is no operator " + SafeWord.word(word.value()) + section.qualifier,
          Suggestion.hint(word.value(), known));
    }
    return Optional.empty();
  }
}
