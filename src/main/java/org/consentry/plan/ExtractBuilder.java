package org.consentry.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.consentry.config.Mapping;
import org.consentry.config.TableRule;
import org.consentry.config.TableRule.KeyComparison;
import org.consentry.config.WithPlace;
import org.consentry.connector.SourceTable;
import org.consentry.data.CellFormat;
import org.consentry.data.FieldType;
import org.consentry.data.PlannedColumn;
import org.consentry.operator.InputSource;
import org.consentry.plan.TableExtract.Dating;
import org.consentry.plan.TableExtract.ParentReference;
import org.consentry.plan.TableExtract.ParentReference.To;
import org.consentry.plan.TableExtract.ReadColumn;
import org.consentry.plan.TableExtract.RowChecks;

/**
 * Puts one table's rules and the columns of its source together. Everything was checked before:
 * every column that is named exists.
 */
final class ExtractBuilder {

  private final Mapping mapping;
  private final Set<String> released;
  private final Levels levels;
  private final SourceTime time;

  ExtractBuilder(Mapping mapping, Set<String> released, Levels levels, SourceTime time) {
    this.time = time;
    this.mapping = mapping;
    this.released = Set.copyOf(released);
    this.levels = levels;
  }

  /** A released table. */
  TableExtract released(TableRule rule, BoundTable bound, SourceTable head) {
    List<String> parents = parents(rule);
    Optional<String> key = referredKey(bound.name(), rule);
    Set<String> needed = needed(rule);
    needed.addAll(parents);
    key.ifPresent(needed::add);
    rule.key().forEach(column -> needed.add(column.value()));
    bound.rules().forEach(each -> needed.addAll(columns(each)));
    Positions at = new Positions(head, needed);
    Set<String> inputs = new TreeSet<>();
    Set<String> dates = new TreeSet<>();
    bound.rules().stream()
        .filter(ExtractBuilder::isDerived)
        .forEach(each -> (readsDates(each) ? dates : inputs).addAll(columns(each)));
    return new TableExtract(
        head,
        levels.of(bound.name()),
        at.inSource(),
        at.of(rule.subject().value()),
        dating(rule, at),
        rule.category().value(),
        parents.stream().map(column -> parent(rule, column, at)).toList(),
        key.map(at::of),
        bound.rules().stream().map(each -> released(each, at)).toList(),
        isSubjects(bound.name()),
        time.dates(),
        new RowChecks(
            rule.key().stream().map(column -> at.of(column.value())).toList(),
            read(rule, inputs, dates, at)));
  }

  private static boolean isDerived(BoundTable.Rule rule) {
    return rule.columns().stream()
        .anyMatch(column -> column.origin() == PlannedColumn.Origin.DERIVED);
  }

  private static boolean readsDates(BoundTable.Rule rule) {
    return rule.columns().stream().anyMatch(column -> column.effect().readsDates());
  }

  /**
   * Columns whose cells are counted as readable or not, but for record dates.
   *
   * @param some columns that are read as their format states, where they have one
   * @param dates columns that are read as dates
   */
  private List<ReadColumn> read(TableRule rule, Set<String> some, Set<String> dates, Positions at) {
    Set<String> recordDates = new HashSet<>();
    if (dating(rule, at) instanceof Dating.ByDates) {
      rule.recordDate().forEach(column -> recordDates.add(column.value()));
    }
    List<ReadColumn> read = new ArrayList<>();
    for (String column : new TreeSet<>(union(some, dates))) {
      ReadColumn.As as = dates.contains(column) ? ReadColumn.As.DATES : ReadColumn.As.WRITTEN;
      boolean isRead = as == ReadColumn.As.DATES || !at.format(column).namesNullsAlone();
      if (isRead && !recordDates.contains(column)) {
        read.add(new ReadColumn(at.of(column), as));
      }
    }
    return read;
  }

  /**
   * A table as far as a cohort looks at it: which rows consent lets it see, and some columns. It
   * has no parents and releases nothing.
   *
   * @param columns what the cohort's condition compares
   * @param dates what it reads as dates
   */
  TableExtract seen(TableRule rule, SourceTable head, Set<String> columns, Set<String> dates) {
    Set<String> needed = needed(rule);
    needed.addAll(columns);
    needed.addAll(dates);
    Positions at = new Positions(head, needed);
    return new TableExtract(
        head,
        0,
        at.inSource(),
        at.of(rule.subject().value()),
        dating(rule, at),
        rule.category().value(),
        List.of(),
        Optional.empty(),
        List.of(),
        isSubjects(head.name()),
        time.dates(),
        new RowChecks(List.of(), read(rule, columns, dates, at)));
  }

  /** The table as far as its dates show how old people became; empty when it releases none. */
  Optional<Births.Dated> dated(TableRule rule, BoundTable bound, SourceTable head) {
    Set<String> dates = new TreeSet<>();
    bound.rules().stream()
        .filter(each -> each.columns().stream().anyMatch(ExtractBuilder::isDated))
        .forEach(each -> dates.addAll(columns(each)));
    if (isSubjects(bound.name())) {
      mapping.subjects().birthDate().ifPresent(column -> dates.remove(column.value()));
      mapping.subjects().birthYear().ifPresent(column -> dates.remove(column.value()));
    }
    if (dates.isEmpty()) {
      return Optional.empty();
    }
    TableExtract seen = seen(rule, head, dates, Set.of());
    Positions at = new Positions(head, union(needed(rule), dates));
    return Optional.of(new Births.Dated(seen, dates.stream().map(at::of).toList()));
  }

  private static boolean isDated(PlannedColumn column) {
    FieldType.Kind kind = column.field().type().kind();
    return column.effect().readsDates()
        || kind == FieldType.Kind.DATE
        || kind == FieldType.Kind.TIMESTAMP;
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }

  private boolean isSubjects(String table) {
    return table.equals(mapping.subjects().table().value());
  }

  private static Set<String> needed(TableRule rule) {
    Set<String> needed = new HashSet<>();
    needed.add(rule.subject().value());
    rule.recordDate().forEach(column -> needed.add(column.value()));
    return needed;
  }

  /** Dates of a moved calendar are none that consent could be asked about. */
  private Dating dating(TableRule rule, Positions at) {
    if (rule.timeless().isPresent()) {
      return new Dating.Timeless();
    }
    return rule.recordDate().isEmpty() || time.calendar().isMoved()
        ? new Dating.Undated()
        : new Dating.ByDates(rule.recordDate().stream().map(c -> at.of(c.value())).toList());
  }

  /**
   * Columns that refer to other released tables or to other persons; the subject's own row is
   * implied. Another person is named only if that person's own row is released.
   */
  private List<String> parents(TableRule rule) {
    List<String> columns = new ArrayList<>();
    rule.references()
        .forEach(
            (column, reference) -> {
              String parent = reference.value().table();
              boolean implied = isSubjects(parent) && rule.subject().value().equals(column);
              if ((isSubjects(parent) || released.contains(parent)) && !implied) {
                columns.add(column);
              }
            });
    return columns;
  }

  private ParentReference parent(TableRule rule, String column, Positions at) {
    String table = Objects.requireNonNull(rule.references().get(column)).value().table();
    return new ParentReference(at.of(column), table, isSubjects(table) ? To.PERSON : To.ROW);
  }

  private Optional<String> referredKey(String table, TableRule rule) {
    boolean referred =
        !isSubjects(table)
            && mapping.tables().entrySet().stream()
                .filter(other -> released.contains(other.getKey()))
                .flatMap(other -> other.getValue().references().values().stream())
                .anyMatch(reference -> reference.value().table().equals(table));
    boolean folded = rule.compareKeys().value() == KeyComparison.FOLDED;
    return referred || folded
        ? rule.key().stream().map(WithPlace::value).findFirst()
        : Optional.empty();
  }

  private static List<String> columns(BoundTable.Rule rule) {
    return rule.reads().stream()
        .filter(InputSource.OfRow.class::isInstance)
        .map(InputSource::word)
        .toList();
  }

  private static ReleasedColumns released(BoundTable.Rule rule, Positions at) {
    return new ReleasedColumns(
        rule.operator(),
        rule.reads().stream().map(read -> input(read, at)).toList(),
        rule.columns());
  }

  private static ReleasedColumns.Input input(InputSource source, Positions at) {
    return source instanceof InputSource.OfSubject subject
        ? new ReleasedColumns.Input.OfSubject(subject.word(), subject.attribute())
        : new ReleasedColumns.Input.OfRow(source.word(), at.of(source.word()));
  }

  /** Positions of needed columns in the source and in batches. */
  static final class Positions {
    private final SourceTable head;
    private final List<Integer> inSource;

    Positions(SourceTable head, Set<String> needed) {
      this.head = head;
      Set<Integer> positions = new TreeSet<>();
      needed.forEach(column -> positions.add(head.columns().indexOf(column)));
      this.inSource = List.copyOf(positions);
    }

    CellFormat format(String column) {
      return head.format(head.columns().indexOf(column));
    }

    List<Integer> inSource() {
      return inSource;
    }

    int of(String column) {
      int position = inSource.indexOf(head.columns().indexOf(column));
      if (position < 0) {
        throw new IllegalStateException("a column was not checked");
      }
      return position;
    }
  }
}
