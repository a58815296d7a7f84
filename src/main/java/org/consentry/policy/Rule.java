package org.consentry.policy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.ColumnRule;
import org.consentry.config.DeriveRule;
import org.consentry.config.Mapping;
import org.consentry.config.Node;
import org.consentry.config.OutputRule;
import org.consentry.config.Role;
import org.consentry.config.TableRule;
import org.consentry.config.WithPlace;
import org.consentry.data.FieldType;
import org.consentry.data.ValueList;
import org.consentry.problem.Place;

/**
 * One rule of a mapping as policies see it: a source column, what the mapping and its name tell of
 * it, and what happens to it; or a derived column and what it is made of.
 *
 * @param column name of the source column, or of the derived one
 * @param place where the operator's word stands
 * @param kind what the column seems to hold; what the mapping says of it counts more than its name
 * @param uses what the mapping needs the column for
 * @param inputs the columns a derived column is made of; empty for a source column
 * @param listing the list by which its operator replaces values; empty when it has none, or none
 *     that could be read
 */
record Rule(
    String table,
    String column,
    Place place,
    OutputRule output,
    ColumnKind kind,
    Set<Use> uses,
    List<Input> inputs,
    Optional<ValueList> listing) {

  /** The operator that gives the time between two dates, and no date. */
  static final String INTERVAL = "interval";

  /** Operators that read their column as a date. */
  private static final Set<String> READ_DATES = Set.of("age", "birth-year", "dateShift");

  private static final Set<String> PERIODS = Set.of("year", "quarter", "month", "week");

  /**
   * A column that a derived one is made of.
   *
   * @param table name of its table: the subjects table for what is known of the subject
   * @param column its name
   * @param kind what it seems to hold
   * @param uses what the mapping needs it for
   * @param roles why it matters, by all its rules
   */
  record Input(String table, String column, ColumnKind kind, Set<Use> uses, Set<Role> roles) {

    /** Whether role or name say that it identifies a person or a record by itself. */
    boolean isDirect() {
      return kind.isDirect() || roles.contains(Role.DIRECT_IDENTIFIER) || joins();
    }

    /** Whether role or name say that people write what they like into it. */
    boolean isFreeText() {
      return kind == ColumnKind.FREE_TEXT || roles.contains(Role.FREE_TEXT);
    }

    private boolean joins() {
      return roles.contains(Role.LINKAGE_KEY)
          || uses.contains(Use.PERSON)
          || uses.contains(Use.KEY)
          || uses.contains(Use.REFERENCE);
    }
  }

  /** What a mapping needs a column for. */
  enum Use {
    /** It holds numbers of persons: of the row's subject, or of others by the same numbers. */
    PERSON,
    KEY,
    REFERENCE,
    RECORD_DATE
  }

  Rule {
    uses = Set.copyOf(uses);
    inputs = List.copyOf(inputs);
  }

  /** Every rule of the released tables, in the order of the file. */
  static List<Rule> of(PolicyInput input) {
    List<Rule> rules = new ArrayList<>();
    input
        .mapping()
        .tables()
        .forEach(
            (name, table) -> {
              if (input.tables().isEmpty() || input.tables().contains(name)) {
                table.columns().forEach((column, rule) -> add(input, name, column, rule, rules));
                table.derive().forEach(rule -> derive(input.mapping(), name, table, rule, rules));
              }
            });
    return rules;
  }

  private static void add(
      PolicyInput input, String name, String column, ColumnRule columnRule, List<Rule> rules) {
    Mapping mapping = input.mapping();
    TableRule table = mapping.tables().get(name);
    if (table == null) {
      return;
    }
    ColumnKind kind = kind(mapping, name, column, table);
    Set<Use> uses = uses(mapping, table, column);
    for (OutputRule output : columnRule.outputs()) {
      Place place = output.operator().place();
      Optional<ValueList> listing = Optional.ofNullable(input.listings().get(place));
      rules.add(new Rule(name, column, place, output, kind, uses, List.of(), listing));
    }
  }

  private static void derive(
      Mapping mapping, String name, TableRule table, DeriveRule rule, List<Rule> rules) {
    List<Input> inputs = new ArrayList<>();
    for (WithPlace<String> word : rule.inputs()) {
      input(mapping, name, table, word.value())
          .filter(input -> !inputs.contains(input))
          .ifPresent(inputs::add);
    }
    for (OutputRule output : rule.outputs()) {
      String released = output.as().map(WithPlace::value).orElse("");
      rules.add(
          new Rule(
              name,
              released,
              output.place(),
              output,
              derived(released),
              Set.of(),
              inputs,
              Optional.empty()));
    }
  }

  /** The name of what is made of dates says dates, though it may be a number of days. */
  private static ColumnKind derived(String name) {
    ColumnKind byName = ColumnNames.kindOf(name);
    return byName == ColumnKind.DATE ? ColumnKind.NOTHING_KNOWN : byName;
  }

  private static Optional<Input> input(Mapping mapping, String name, TableRule table, String word) {
    if (!DeriveRule.isOfSubject(word)) {
      return Optional.of(input(mapping, name, word, table));
    }
    String subjects = mapping.subjects().table().value();
    TableRule people = mapping.tables().get(subjects);
    Optional<WithPlace<String>> column =
        word.endsWith("birthDate")
            ? mapping.subjects().birthDate()
            : mapping.subjects().deathDate();
    return column
        .filter(known -> people != null)
        .map(known -> input(mapping, subjects, known.value(), Objects.requireNonNull(people)));
  }

  private static Input input(Mapping mapping, String name, String column, TableRule table) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    ColumnRule rule = table.columns().get(column);
    if (rule != null) {
      rule.outputs().forEach(output -> roles.add(output.role().value()));
    }
    return new Input(
        name,
        column,
        kind(mapping, name, column, table),
        uses(mapping, table, column),
        Set.copyOf(roles));
  }

  /** Whether the column says when a subject died. */
  static boolean isDeathDate(Mapping mapping, String name, String column) {
    return mapping.subjects().table().value().equals(name)
        && names(mapping.subjects().deathDate(), column);
  }

  /** What a column of a table seems to hold; what the mapping says of it counts most. */
  static ColumnKind kind(Mapping mapping, String name, String column, TableRule table) {
    boolean subjects = mapping.subjects().table().value().equals(name);
    if (subjects && names(mapping.subjects().birthDate(), column)) {
      return ColumnKind.BIRTH;
    }
    if (isDeathDate(mapping, name, column)) {
      return ColumnKind.DATE;
    }
    ColumnKind byName = ColumnNames.kindOf(column);
    boolean otherwise = byName.isDirect() || byName == ColumnKind.FREE_TEXT;
    boolean dates =
        names(table.recordDate(), column) || (!otherwise && isReadAsDate(table, column));
    return dates && byName != ColumnKind.BIRTH ? ColumnKind.DATE : byName;
  }

  /**
   * Whether any rule of the table takes the column for a date. One that is an identifier by its
   * name stays one: a limited data set may have dates, but no identifiers.
   */
  private static boolean isReadAsDate(TableRule table, String column) {
    ColumnRule own = table.columns().get(column);
    boolean read = own != null && own.outputs().stream().anyMatch(Rule::readsDate);
    return read
        || table.derive().stream()
            .filter(rule -> rule.operator().value().equals(INTERVAL))
            .anyMatch(rule -> names(rule.inputs(), column));
  }

  private static boolean readsDate(OutputRule output) {
    String operator = output.operator().value();
    boolean period =
        operator.equals("generalize")
            && setting(output, "to").filter(PERIODS::contains).isPresent();
    return READ_DATES.contains(operator) || period || givesDays(output);
  }

  private static boolean names(Optional<WithPlace<String>> named, String column) {
    return named.isPresent() && named.get().value().equals(column);
  }

  private static boolean names(List<WithPlace<String>> named, String column) {
    return named.stream().anyMatch(each -> each.value().equals(column));
  }

  private static Set<Use> uses(Mapping mapping, TableRule table, String column) {
    Set<Use> uses = EnumSet.noneOf(Use.class);
    if (Persons.of(mapping).areNumberedBy(table, column)) {
      uses.add(Use.PERSON);
    }
    if (names(table.key(), column) && table.key().size() == 1) {
      uses.add(Use.KEY);
    }
    if (table.references().containsKey(column)) {
      uses.add(Use.REFERENCE);
    }
    if (names(table.recordDate(), column)) {
      uses.add(Use.RECORD_DATE);
    }
    return uses;
  }

  String operator() {
    return output.operator().value();
  }

  Role role() {
    return output.role().value();
  }

  boolean isReleased() {
    return output.isReleased();
  }

  /** Whether it is made of several columns. */
  boolean isDerived() {
    return !inputs.isEmpty();
  }

  /** Whether the column joins rows of one table to rows of another, or to persons. */
  boolean joins() {
    return uses.contains(Use.PERSON) || uses.contains(Use.KEY) || uses.contains(Use.REFERENCE);
  }

  /** Whether the operator is this one. */
  boolean does(String operator) {
    return operator().equals(operator);
  }

  /** Whether the operator is this one and a setting of it is this word. */
  boolean does(String operator, String key, String word) {
    return does(operator) && setting(key).equals(Optional.of(word));
  }

  /** Whether nothing of a value survives. */
  boolean removesAll() {
    return !isReleased() || does("redact") || does("substitute");
  }

  /** Whether the released values are days or times. */
  boolean givesDays() {
    return givesDays(output);
  }

  private static boolean givesDays(OutputRule output) {
    Optional<FieldType.Kind> kind = output.type().map(type -> type.value().type().kind());
    return kind.equals(Optional.of(FieldType.Kind.DATE))
        || kind.equals(Optional.of(FieldType.Kind.TIMESTAMP));
  }

  /** Whether the released values are of that kind. */
  boolean gives(FieldType.Kind kind) {
    return output.type().map(type -> type.value().type().kind()).equals(Optional.of(kind));
  }

  /** A setting of the operator that is a single word. */
  Optional<String> setting(String key) {
    return setting(output, key);
  }

  /** A setting of an operator that is a single word. */
  static Optional<String> setting(OutputRule output, String key) {
    return output
        .settings()
        .entry(key)
        .map(Node.Entry::value)
        .filter(Node.Scalar.class::isInstance)
        .map(node -> ((Node.Scalar) node).text());
  }

  /** A setting of the operator that is a list of words. */
  List<String> list(String key) {
    return output
        .settings()
        .entry(key)
        .map(Node.Entry::value)
        .filter(Node.Sequence.class::isInstance)
        .map(node -> words((Node.Sequence) node))
        .orElse(List.of());
  }

  private static List<String> words(Node.Sequence list) {
    return list.items().stream()
        .filter(Node.Scalar.class::isInstance)
        .map(node -> ((Node.Scalar) node).text())
        .toList();
  }

  /** The operator and the word that says how. */
  String done() {
    return setting("to")
        .map(to -> operator() + " to " + to)
        .or(() -> setting("code").map(code -> operator() + ", " + code))
        .or(() -> setting("topCode").map(top -> operator() + ", top code " + top))
        .orElse(operator());
  }

  /** Table and column as messages name them. */
  String named() {
    return "column '" + column + "' of table '" + table + "'";
  }
}
