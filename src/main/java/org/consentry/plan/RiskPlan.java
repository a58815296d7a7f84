package org.consentry.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.consentry.config.RiskRule;
import org.consentry.config.RiskRule.OnViolation;
import org.consentry.config.SensitiveRule;
import org.consentry.config.WithPlace;
import org.consentry.data.Effect;
import org.consentry.data.PlannedColumn;
import org.consentry.problem.Place;

/**
 * What an adversary may know, bound to the released columns.
 *
 * @param identity columns known of anyone, at least one, by table
 * @param events columns known of single events; empty when none are
 * @param known of how many events of a subject: 0, 1 or 2
 * @param k how many subjects must share what is known
 * @param sensitive how well values of sensitive columns hide in groups of the same identity
 * @param population what the released people are a part of; empty when it is not known
 * @param onViolation what happens when fewer do, or values do not hide well enough
 */
public record RiskPlan(
    List<Columns> identity,
    Optional<Columns> events,
    int known,
    int k,
    List<Sensitive> sensitive,
    Optional<Population> population,
    OnViolation onViolation) {

  public RiskPlan {
    identity = List.copyOf(identity);
    sensitive = List.copyOf(sensitive);
  }

  /**
   * A population.
   *
   * @param place where the job names it
   * @param region which one, in words
   * @param size how many people
   * @param groups how many have each identity; empty when that is not known
   */
  public record Population(Place place, Optional<String> region, long size, List<Group> groups) {
    public Population {
      groups = List.copyOf(groups);
    }

    /**
     * People of one identity.
     *
     * @param values of the identity columns in their order, as text; empty for a missing one
     * @param count how many people, at least 1
     */
    public record Group(List<Optional<String>> values, long count) {
      public Group {
        values = List.copyOf(values);
      }
    }
  }

  /**
   * A sensitive column.
   *
   * @param table its table
   * @param position in the schema of its released columns
   * @param rule what is measured
   * @param levels the values of the hierarchy, each with its coarser levels; all have equally many
   *     and share the last; empty without one
   */
  public record Sensitive(
      String table, int position, SensitiveRule rule, Map<String, List<String>> levels) {
    public Sensitive {
      levels = Map.copyOf(levels);
    }
  }

  /**
   * Some columns of a table.
   *
   * @param table its name
   * @param positions in the schema of its released columns, at least one
   */
  public record Columns(String table, List<Integer> positions) {
    public Columns {
      positions = List.copyOf(positions);
    }
  }

  /** Binds a rule that {@link RiskBinder} accepted. */
  static RiskPlan of(
      RiskRule rule,
      List<TableExtract> tables,
      List<Sensitive> sensitive,
      Optional<Population> population) {
    return new RiskPlan(
        columns(rule.identity(), tables),
        rule.events().flatMap(events -> columns(events.columns(), tables).stream().findFirst()),
        rule.events().map(RiskRule.EventsRule::known).orElse(0),
        rule.k(),
        sensitive,
        population,
        rule.onViolation());
  }

  static List<Columns> columns(List<WithPlace<String>> names, List<TableExtract> tables) {
    return tables.stream()
        .map(table -> new Columns(table.name(), positions(table, names)))
        .filter(columns -> !columns.positions().isEmpty())
        .toList();
  }

  private static List<Integer> positions(TableExtract table, List<WithPlace<String>> names) {
    List<String> released = RiskBinder.names(table);
    return names.stream()
        .map(name -> released.indexOf(name.value()))
        .filter(position -> position >= 0)
        .toList();
  }

  /** The same, but of a table nothing is known of anyone. */
  public RiskPlan withoutIdentityOf(TableExtract table) {
    return new RiskPlan(
        identity.stream().filter(columns -> !columns.table().equals(table.name())).toList(),
        events,
        known,
        k,
        sensitive,
        population,
        onViolation);
  }

  /** The columns of a table that are known of anyone. */
  public List<Integer> identityOf(TableExtract table) {
    return identity.stream()
        .filter(columns -> columns.table().equals(table.name()))
        .findFirst()
        .map(Columns::positions)
        .orElse(List.of());
  }

  /** The columns of a table that are known of single events. */
  public List<Integer> eventsOf(TableExtract table) {
    return events
        .filter(columns -> columns.table().equals(table.name()))
        .map(Columns::positions)
        .orElse(List.of());
  }

  /** The sensitive columns of a table, by position, each once. */
  public List<Integer> sensitiveOf(TableExtract table) {
    return sensitive.stream()
        .filter(column -> column.table().equals(table.name()))
        .map(Sensitive::position)
        .distinct()
        .toList();
  }

  /**
   * Whether a reader can count in the released files how many subjects share what is known: every
   * table has the same code of its subjects, or all of it is in the subjects table, which has one
   * row a subject.
   *
   * @param tables all released tables
   */
  public boolean isCountable(List<TableExtract> tables) {
    boolean isOfSubjectsTable =
        tables.stream()
            .filter(
                table ->
                    !identityOf(table).isEmpty()
                        || !eventsOf(table).isEmpty()
                        || !sensitiveOf(table).isEmpty())
            .allMatch(TableExtract::isSubjects);
    List<Set<Effect>> codes = tables.stream().map(RiskPlan::subjectCodes).toList();
    return isOfSubjectsTable
        || codes.get(0).stream()
            .anyMatch(code -> codes.stream().allMatch(ofTable -> ofTable.contains(code)));
  }

  /** The codes of its subjects that all rows of a table have. */
  private static Set<Effect> subjectCodes(TableExtract table) {
    Set<String> withheld = table.ownCategories().keySet();
    return table.released().stream()
        .filter(made -> made.isOfColumn() && made.sourceColumn() == table.subject())
        .flatMap(made -> made.columns().stream())
        .filter(column -> !withheld.contains(column.field().name()))
        .map(PlannedColumn::effect)
        .filter(Effect.Code.class::isInstance)
        .collect(Collectors.toSet());
  }
}
