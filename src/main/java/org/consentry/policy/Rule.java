package org.consentry.policy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.component.Node;
import org.consentry.component.Placed;
import org.consentry.data.FieldType;
import org.consentry.mapping.ColumnRule;
import org.consentry.mapping.Mapping;
import org.consentry.mapping.OutputRule;
import org.consentry.mapping.Role;
import org.consentry.mapping.TableRule;
import org.consentry.problem.Place;

/**
 * One rule of a mapping as policies see it: a source column, what the mapping and its name tell of
 * it, and what happens to it.
 *
 * @param place where the operator's word stands
 * @param kind what the column seems to hold; what the mapping says of it counts more than its name
 * @param uses what the mapping needs the column for
 */
record Rule(
    String table, String column, Place place, OutputRule output, ColumnKind kind, Set<Use> uses) {

  /** What a mapping needs a column for. */
  enum Use {
    SUBJECT,
    KEY,
    REFERENCE,
    RECORD_DATE
  }

  Rule {
    uses = Set.copyOf(uses);
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
                table
                    .columns()
                    .forEach((column, rule) -> add(input.mapping(), name, column, rule, rules));
              }
            });
    return rules;
  }

  private static void add(
      Mapping mapping, String name, String column, ColumnRule columnRule, List<Rule> rules) {
    TableRule table = mapping.tables().get(name);
    if (table == null) {
      return;
    }
    ColumnKind kind = kind(mapping, name, column, table);
    Set<Use> uses = uses(table, column);
    for (OutputRule output : columnRule.outputs()) {
      rules.add(new Rule(name, column, output.operator().place(), output, kind, uses));
    }
  }

  private static ColumnKind kind(Mapping mapping, String name, String column, TableRule table) {
    boolean subjects = mapping.subjects().table().value().equals(name);
    if (subjects && names(mapping.subjects().birthDate(), column)) {
      return ColumnKind.BIRTH;
    }
    if (subjects && names(mapping.subjects().deathDate(), column)) {
      return ColumnKind.DATE;
    }
    ColumnKind byName = ColumnNames.kindOf(column);
    boolean dates = names(table.recordDate(), column) && byName != ColumnKind.BIRTH;
    return dates ? ColumnKind.DATE : byName;
  }

  private static boolean names(Optional<Placed<String>> named, String column) {
    return named.isPresent() && named.get().value().equals(column);
  }

  private static boolean names(List<Placed<String>> named, String column) {
    return named.stream().anyMatch(each -> each.value().equals(column));
  }

  private static Set<Use> uses(TableRule table, String column) {
    Set<Use> uses = EnumSet.noneOf(Use.class);
    if (table.subject().value().equals(column)) {
      uses.add(Use.SUBJECT);
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

  /** Whether the column joins rows of one table to rows of another, or to persons. */
  boolean joins() {
    return uses.contains(Use.SUBJECT) || uses.contains(Use.KEY) || uses.contains(Use.REFERENCE);
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
