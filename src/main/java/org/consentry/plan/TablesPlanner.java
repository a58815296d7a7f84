package org.consentry.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.consentry.config.CohortRule;
import org.consentry.config.Mapping;
import org.consentry.config.Mapping.SubjectsTable;
import org.consentry.config.OutputRule;
import org.consentry.config.SpansRule;
import org.consentry.config.TableRule;
import org.consentry.config.WithPlace;
import org.consentry.connector.SourceTable;
import org.consentry.data.Effect;
import org.consentry.data.PlannedColumn;
import org.consentry.plan.DecidePlan.Cohort;
import org.consentry.policy.TimelessTables;
import org.consentry.problem.Problems;

/** Plans all tables: binds every rule, compares it with the source, and puts both together. */
final class TablesPlanner {

  private final Mapping mapping;
  private final Set<String> released;
  private final Map<String, SpansRule> spans;
  private final Map<String, TableRule> cohort;
  private final SourceHeads heads;
  private final SourceTime time;
  private final Problems problems;
  private final Slots slots;
  private final Map<String, BoundTable> bound = new HashMap<>();
  private final Map<String, List<String>> unmapped = new HashMap<>();

  /**
   * Prepares planning.
   *
   * @param released names of the tables to release, all of the mapping
   * @param spans the computed tables to release
   * @param cohort the tables the cohort looks at
   * @param time what is known of the source's dates and of its ages
   */
  TablesPlanner(
      Mapping mapping,
      Set<String> released,
      Map<String, SpansRule> spans,
      Map<String, TableRule> cohort,
      SourceHeads heads,
      SourceTime time,
      Problems problems) {
    this.mapping = mapping;
    this.released = released;
    this.spans = spans;
    this.cohort = cohort;
    this.heads = heads;
    this.time = time;
    this.problems = problems;
    this.slots = new Slots(problems);
  }

  /** The plan of all tables; empty when anything has an error. */
  Optional<TablesPlan> plan(RuleBinder operators, Lists lists, Optional<CohortRule> rule) {
    mapping.tables().forEach((name, table) -> bind(name, table, operators));
    Map<String, SourceTable> opened = open();
    problems.addAll(
        new UnreadRules(mapping, operators.effects())
            .without(TimelessTables.check(mapping, operators.effects(), unmapped)));
    new JoinCheck(mapping, released, bound, problems).run();
    List<SpanTable> computed = computed();
    ExtractBuilder extracts =
        new ExtractBuilder(mapping, released, new Levels(mapping, released), time);
    Optional<Cohort> people =
        rule.flatMap(wanted -> new CohortBinder(mapping, heads, extracts, problems).bind(wanted));
    if (problems.hasErrors() || opened.size() < needed().size()) {
      return Optional.empty();
    }
    List<TableExtract> tables = new ArrayList<>();
    List<PlannedColumn> columns = new ArrayList<>();
    for (String name : new Levels(mapping, released).order()) {
      TableRule table = rule(name);
      BoundTable rules = Objects.requireNonNull(bound.get(name));
      tables.add(extracts.released(table, rules, head(opened, name)));
      columns.addAll(rules.columns());
      unmapped.getOrDefault(name, List.of()).stream()
          .map(column -> dropped(name, column, table))
          .forEach(columns::add);
    }
    computed.forEach(table -> columns.addAll(table.columns()));
    return Optional.of(
        new TablesPlan(
            decide(opened, people, dated(opened, extracts)),
            tables,
            computed,
            columns,
            columns(opened),
            lists.digests()));
  }

  private List<SpanTable> computed() {
    SpanBinder binder = new SpanBinder(mapping, bound, problems);
    return spans.entrySet().stream()
        .flatMap(table -> binder.bind(table.getKey(), table.getValue()).stream())
        .toList();
  }

  /** Rules of tables that are not released are checked too, but take no slot. */
  private void bind(String name, TableRule table, RuleBinder operators) {
    if (released.contains(name)) {
      bound.put(
          name,
          new TableBinder(
                  operators,
                  new CellCategories(mapping),
                  slots,
                  mapping.subjects().table().value(),
                  problems)
              .bind(name, table));
    } else {
      MappingOnly.bind(name, table, operators, new Slots(problems));
    }
  }

  private Map<String, TableRule> needed() {
    Map<String, TableRule> needed = new LinkedHashMap<>();
    mapping
        .tables()
        .forEach(
            (name, table) -> {
              boolean isSubjects = name.equals(mapping.subjects().table().value());
              if (isSubjects || released.contains(name) || cohort.containsKey(name)) {
                needed.put(name, table);
              }
            });
    return needed;
  }

  private Map<String, SourceTable> open() {
    Map<String, SourceTable> opened = new LinkedHashMap<>();
    HeadCheck check = new HeadCheck(mapping, problems);
    needed()
        .forEach(
            (name, table) ->
                heads
                    .table(name, table.place())
                    .ifPresent(
                        head -> {
                          opened.put(name, head);
                          unmapped.put(name, check.check(table, head));
                        }));
    return opened;
  }

  /** In a moved calendar people are old at an event, not on the day of the release. */
  private List<Births.Dated> dated(Map<String, SourceTable> opened, ExtractBuilder extracts) {
    boolean hides =
        bound.values().stream()
            .flatMap(table -> table.columns().stream())
            .anyMatch(
                column -> column.effect() instanceof Effect.Age age && age.topCode().isPresent());
    return hides && time.calendar().isMoved()
        ? bound.values().stream()
            .flatMap(
                table ->
                    extracts.dated(rule(table.name()), table, head(opened, table.name())).stream())
            .toList()
        : List.of();
  }

  private DecidePlan decide(
      Map<String, SourceTable> opened, Optional<Cohort> people, List<Births.Dated> dated) {
    SubjectsTable subjects = mapping.subjects();
    SourceTable head = head(opened, subjects.table().value());
    return new DecidePlan(
        head,
        position(head, subjects.key()),
        births(head, dated),
        subjects.deathDate().map(column -> position(head, column)),
        people,
        timeless(opened),
        slots.codes(),
        slots.shifts(),
        time.dates(),
        heads.formats().consents());
  }

  private Births births(SourceTable head, List<Births.Dated> dated) {
    SubjectsTable subjects = mapping.subjects();
    return new Births(
        subjects.birthForm(),
        subjects.birthColumns().stream().map(column -> position(head, column)).toList(),
        time.calendar(),
        time.adultsOnly(),
        dated);
  }

  private List<DecidePlan.Timeless> timeless(Map<String, SourceTable> opened) {
    List<DecidePlan.Timeless> timeless = new ArrayList<>();
    needed()
        .forEach(
            (name, table) -> {
              if (table.timeless().isPresent()
                  && !name.equals(mapping.subjects().table().value())) {
                SourceTable head = head(opened, name);
                timeless.add(new DecidePlan.Timeless(head, position(head, table.subject())));
              }
            });
    return timeless;
  }

  private static int position(SourceTable head, WithPlace<String> column) {
    return head.columns().indexOf(column.value());
  }

  private TableRule rule(String name) {
    return Objects.requireNonNull(mapping.tables().get(name));
  }

  private static SourceTable head(Map<String, SourceTable> opened, String name) {
    return Objects.requireNonNull(opened.get(name));
  }

  private static PlannedColumn dropped(String table, String column, TableRule rule) {
    return new PlannedColumn(
        table,
        PlannedColumn.Origin.SOURCE_COLUMN,
        column,
        "no rule",
        OutputRule.DROP,
        new Effect.Removes(),
        PlannedColumn.NOT_RELEASED,
        Set.of(rule.category().value()),
        PlannedColumn.Texts.reason("the mapping has no rule for it and has unmapped: drop"),
        Optional.empty());
  }

  private static SortedMap<String, List<String>> columns(Map<String, SourceTable> opened) {
    SortedMap<String, List<String>> columns = new TreeMap<>();
    opened.forEach((name, head) -> columns.put(name, head.columns()));
    return columns;
  }
}
