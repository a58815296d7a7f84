package org.consentry.policy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.DeriveRule;
import org.consentry.config.Mapping;
import org.consentry.config.Mapping.AgeInYear;
import org.consentry.config.Mapping.SubjectsTable;
import org.consentry.config.OutputRule;
import org.consentry.config.OutputRule.Role;
import org.consentry.config.TableRule;
import org.consentry.config.TableRule.ColumnRule;
import org.consentry.config.WithPlace;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.policy.MappingRule.Input;
import org.consentry.policy.MappingRule.Use;
import org.consentry.problem.Place;

/** Reads the rules of a mapping for policies. */
final class MappingRules {

  private final Mapping mapping;
  private final Map<Place, Effect> effects;
  private final Persons persons;

  /**
   * The rules of a mapping.
   *
   * @param effects what they still reveal, by the place of the operator's word
   */
  MappingRules(Mapping mapping, Map<Place, Effect> effects) {
    this.mapping = mapping;
    this.effects = effects;
    this.persons = Persons.of(mapping, effects);
  }

  /** Every rule of the released tables, in the order of the file. */
  static List<MappingRule> of(PolicyInput input) {
    MappingRules reader = new MappingRules(input.mapping(), input.effects());
    List<MappingRule> rules = new ArrayList<>();
    input
        .mapping()
        .tables()
        .forEach(
            (name, table) -> {
              if (input.tables().isEmpty() || input.tables().contains(name)) {
                table
                    .columns()
                    .forEach((column, rule) -> reader.add(input, name, table, column, rules));
                table.derive().forEach(rule -> reader.derive(name, table, rule, rules));
              }
            });
    return rules;
  }

  private void add(
      PolicyInput input, String name, TableRule table, String column, List<MappingRule> rules) {
    ColumnKind kind = kind(name, table, column);
    Set<Use> uses = uses(table, column);
    for (OutputRule output : outputs(table, column)) {
      Place place = output.operator().place();
      rules.add(
          new MappingRule(
              name,
              column,
              place,
              output,
              effect(place),
              kind,
              uses,
              List.of(),
              Optional.ofNullable(input.listings().get(place))));
    }
  }

  private void derive(String name, TableRule table, DeriveRule rule, List<MappingRule> rules) {
    List<Input> inputs =
        rule.inputs().stream()
            .flatMap(word -> input(name, table, word.value()).stream())
            .distinct()
            .toList();
    for (OutputRule output : rule.outputs()) {
      String released = output.as().map(WithPlace::value).orElse("");
      rules.add(
          new MappingRule(
              name,
              released,
              output.place(),
              output,
              derivedEffect(rule.operator().place()),
              derived(released),
              Set.of(),
              inputs,
              Optional.empty()));
    }
  }

  /** Where the settings of a rule cannot be read, the value itself is assumed. */
  private Effect effect(Place word) {
    return effects.getOrDefault(word, new Effect.TrueValue());
  }

  /** Where the settings of a derived column cannot be read, its inputs are checked alone. */
  private Effect derivedEffect(Place word) {
    return effects.getOrDefault(word, new Effect.Label());
  }

  /** A column made of dates may be named after them, though it has a number of days. */
  private static ColumnKind derived(String name) {
    ColumnKind byName = ColumnNames.kindOf(name);
    return byName == ColumnKind.DATE ? ColumnKind.NOTHING_KNOWN : byName;
  }

  private Optional<Input> input(String name, TableRule table, String word) {
    if (!DeriveRule.isOfSubject(word)) {
      return Optional.of(column(name, table, word));
    }
    String subjects = mapping.subjects().table().value();
    TableRule people = mapping.tables().get(subjects);
    Optional<WithPlace<String>> column =
        word.endsWith("birthDate")
            ? mapping.subjects().birthDate()
            : mapping.subjects().deathDate();
    return column
        .filter(known -> people != null)
        .map(known -> column(subjects, Objects.requireNonNull(people), known.value()));
  }

  private Input column(String name, TableRule table, String column) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    outputs(table, column).forEach(output -> roles.add(output.role().value()));
    return new Input(
        name, column, kind(name, table, column), uses(table, column), Set.copyOf(roles));
  }

  /** Whether the column has the day on which a subject died. */
  boolean isDeathDate(String table, String column) {
    return isSubjects(table) && names(mapping.subjects().deathDate(), column);
  }

  /** Whether the column has the year in which a subject had the age of another column. */
  boolean isAgeYear(String table, String column) {
    return isSubjects(table) && names(mapping.subjects().age().map(AgeInYear::at), column);
  }

  /** What a column of a table seems to contain; the mapping counts more than the name. */
  ColumnKind kind(String name, TableRule table, String column) {
    Optional<ColumnKind> born = isSubjects(name) ? birthKind(column) : Optional.empty();
    if (born.isPresent()) {
      return born.get();
    }
    if (isDeathDate(name, column)) {
      return ColumnKind.DATE;
    }
    ColumnKind byName = ColumnNames.kindOf(column);
    boolean otherwise = byName.isDirect() || byName == ColumnKind.FREE_TEXT;
    boolean dates =
        names(table.recordDate(), column) || (!otherwise && isReadAsDate(table, column));
    return dates && byName != ColumnKind.BIRTH ? ColumnKind.DATE : byName;
  }

  /** What a column shows of a birth by the mapping: the birth, an age or the year of that age. */
  private Optional<ColumnKind> birthKind(String column) {
    SubjectsTable subjects = mapping.subjects();
    if (names(subjects.birthDate(), column) || names(subjects.birthYear(), column)) {
      return Optional.of(ColumnKind.BIRTH);
    }
    if (names(subjects.age().map(AgeInYear::column), column)) {
      return Optional.of(ColumnKind.AGE);
    }
    return isAgeYear(subjects.table().value(), column)
        ? Optional.of(ColumnKind.DATE)
        : Optional.empty();
  }

  private boolean isSubjects(String table) {
    return mapping.subjects().table().value().equals(table);
  }

  /**
   * Whether any rule of the table takes the column for a date. One that is an identifier by its
   * name stays one: a limited data set may have dates, but no identifiers.
   */
  private boolean isReadAsDate(TableRule table, String column) {
    boolean read = outputs(table, column).stream().anyMatch(this::readsDate);
    return read
        || table.derive().stream()
            .filter(rule -> derivedEffect(rule.operator().place()).readsDates())
            .anyMatch(rule -> names(rule.inputs(), column));
  }

  private boolean readsDate(OutputRule output) {
    return effect(output.operator().place()).readsDates()
        || gives(output, FieldType.Kind.DATE)
        || gives(output, FieldType.Kind.TIMESTAMP);
  }

  /** Whether the released values are of that kind. */
  static boolean gives(OutputRule output, FieldType.Kind kind) {
    return output.type().filter(type -> type.value().type().kind() == kind).isPresent();
  }

  private static List<OutputRule> outputs(TableRule table, String column) {
    return Optional.ofNullable(table.columns().get(column))
        .map(ColumnRule::outputs)
        .orElse(List.of());
  }

  private static boolean names(Optional<WithPlace<String>> named, String column) {
    return named.isPresent() && named.get().value().equals(column);
  }

  private static boolean names(List<WithPlace<String>> named, String column) {
    return named.stream().anyMatch(each -> each.value().equals(column));
  }

  private Set<Use> uses(TableRule table, String column) {
    Set<Use> uses = EnumSet.noneOf(Use.class);
    if (persons.areNumberedBy(table, column)) {
      uses.add(Use.PERSON);
    }
    if (names(table.key(), column) && table.key().size() == 1) {
      uses.add(Use.KEY);
    }
    if (table.references().containsKey(column)) {
      uses.add(Use.REFERENCE);
    }
    return uses;
  }
}
