package org.consentry.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Node;
import org.consentry.config.OutputRule;
import org.consentry.config.OutputRule.Role;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.ValueList;
import org.consentry.problem.Place;

/**
 * One rule of a mapping as policies see it: a source column and what its released values still
 * reveal; or a derived column and the columns it is made of.
 *
 * @param column name of the source column, or of the derived one
 * @param place where the operator's word is
 * @param effect what the released values still reveal
 * @param kind what the column seems to contain; the mapping counts more than the column's name
 * @param uses what the mapping needs the column for
 * @param inputs the columns a derived column is made of; empty for a source column
 * @param listing the list by which its operator replaces values; empty when it has none, or none
 *     that could be read
 */
record MappingRule(
    String table,
    String column,
    Place place,
    OutputRule output,
    Effect effect,
    ColumnKind kind,
    Set<Use> uses,
    List<Input> inputs,
    Optional<ValueList> listing) {

  /**
   * A column that a derived one is made of.
   *
   * @param table name of its table: the subjects table for attributes of the subject
   * @param column its name
   * @param kind what it seems to contain
   * @param uses what the mapping needs it for
   * @param roles why it matters, by all its rules
   */
  record Input(String table, String column, ColumnKind kind, Set<Use> uses, Set<Role> roles) {

    /** Whether it identifies a person or a record by itself, by its role or its name. */
    boolean isDirect() {
      return kind.isDirect()
          || roles.contains(Role.DIRECT_IDENTIFIER)
          || roles.contains(Role.LINKAGE_KEY)
          || Use.join(uses);
    }

    /** Whether people write freely into it, by its role or its name. */
    boolean isFreeText() {
      return kind == ColumnKind.FREE_TEXT || roles.contains(Role.FREE_TEXT);
    }
  }

  /** What a mapping needs a column for. */
  enum Use {
    /** It has numbers of persons: of the row's subject, or of others by the same numbers. */
    PERSON,
    KEY,
    REFERENCE;

    private static boolean join(Set<Use> uses) {
      return uses.contains(PERSON) || uses.contains(KEY) || uses.contains(REFERENCE);
    }
  }

  MappingRule {
    uses = Set.copyOf(uses);
    inputs = List.copyOf(inputs);
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
    return Use.join(uses);
  }

  /** Whether it identifies a person by itself, by its role or its name. */
  boolean isDirect() {
    return role() == Role.DIRECT_IDENTIFIER || kind.isDirect();
  }

  /** Whether people write freely into it, by its role or its name. */
  boolean isFreeText() {
    return role() == Role.FREE_TEXT || kind == ColumnKind.FREE_TEXT;
  }

  /** The effect, when it is of that kind. */
  <E extends Effect> Optional<E> effect(Class<E> wanted) {
    return Optional.of(effect).filter(wanted::isInstance).map(wanted::cast);
  }

  /** Whether the effect is of that kind. */
  boolean has(Class<? extends Effect> wanted) {
    return wanted.isInstance(effect);
  }

  /** Whether one of these periods of a date is released. */
  boolean hasPeriod(Effect.PeriodUnit... units) {
    return effect(Effect.Period.class)
        .filter(period -> Arrays.asList(units).contains(period.unit()))
        .isPresent();
  }

  /** Whether it is a code of that kind. */
  boolean hasCode(Effect.CodeKind wanted) {
    return effect(Effect.Code.class).filter(code -> code.kind() == wanted).isPresent();
  }

  /** The beginning of a finding about an identifier. */
  String identifies() {
    return kind.isDirect()
        ? "by its name has " + kind.identifier().orElseThrow().title()
        : "is a direct identifier";
  }

  /** Whether it is released and the mapping gives no reason for it. */
  boolean hasNoReason() {
    return isReleased() && output.why().isEmpty();
  }

  /** Whether nothing of a direct identifier survives, except a code. */
  boolean isHandled() {
    return removesAll() || has(Effect.Code.class);
  }

  /** Whether nothing of a value survives. */
  boolean removesAll() {
    return !isReleased() || has(Effect.Removes.class);
  }

  /** Whether days between two dates are released. */
  boolean countsDays() {
    return effect(Effect.Interval.class)
        .filter(interval -> interval.unit() == Effect.IntervalUnit.DAYS)
        .isPresent();
  }

  /** Whether the released values are days or times. */
  boolean givesDays() {
    return gives(FieldType.Kind.DATE) || gives(FieldType.Kind.TIMESTAMP);
  }

  /** Whether the released values are of that kind. */
  boolean gives(FieldType.Kind wanted) {
    return MappingRules.gives(output, wanted);
  }

  /** The operator and the word that specifies it. */
  String done() {
    return setting("to")
        .map(to -> operator() + " to " + to)
        .or(() -> setting("code").map(code -> operator() + ", " + code))
        .or(() -> setting("topCode").map(top -> operator() + ", top code " + top))
        .orElse(operator());
  }

  private Optional<String> setting(String key) {
    return output
        .settings()
        .entry(key)
        .map(Node.Entry::value)
        .filter(Node.Scalar.class::isInstance)
        .map(node -> ((Node.Scalar) node).text());
  }

  /** Table and column as messages name them. */
  String named() {
    return "column '" + column + "' of table '" + table + "'";
  }
}
