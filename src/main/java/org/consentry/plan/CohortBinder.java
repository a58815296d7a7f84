package org.consentry.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.consentry.config.CohortRule;
import org.consentry.config.CohortRule.CohortRecord;
import org.consentry.config.Mapping;
import org.consentry.config.SafeWord;
import org.consentry.config.Suggestion;
import org.consentry.config.TableRule;
import org.consentry.config.WithPlace;
import org.consentry.connector.SourceTable;
import org.consentry.data.RecordCategory;
import org.consentry.plan.CohortCondition.ColumnIn;
import org.consentry.plan.DecidePlan.Cohort;
import org.consentry.plan.DecidePlan.Match;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/** Binds the cohort of a job to the tables of mapping and source. */
final class CohortBinder {

  private final Mapping mapping;
  private final SourceHeads heads;
  private final ExtractBuilder extracts;
  private final HeadCheck columns;
  private final Problems problems;

  CohortBinder(Mapping mapping, SourceHeads heads, ExtractBuilder extracts, Problems problems) {
    this.mapping = mapping;
    this.heads = heads;
    this.extracts = extracts;
    this.columns = new HeadCheck(mapping, problems);
    this.problems = problems;
  }

  /** The bound cohort; empty when it could not be bound, which then is a problem. */
  Optional<Cohort> bind(CohortRule rule) {
    boolean any = !rule.any().isEmpty();
    List<CohortRecord> records = any ? rule.any() : rule.all();
    List<CohortCondition> bound = new ArrayList<>();
    records.forEach(record -> condition(record).ifPresent(bound::add));
    return bound.size() == records.size()
        ? Optional.of(new Cohort(any ? Match.ANY : Match.ALL, bound))
        : Optional.empty();
  }

  private Optional<CohortCondition> condition(CohortRecord record) {
    TableRule table = mapping.tables().get(record.table().value());
    if (table == null) {
      problems.error(
          "UNKNOWN_TABLE",
          record.table().place(),
          "the mapping has no table " + SafeWord.word(record.table().value()),
          Suggestion.hint(record.table().value(), mapping.tables().keySet()));
      return Optional.empty();
    }
    Optional<SourceTable> head = heads.table(record.table().value(), record.table().place());
    Optional<WithPlace<String>> date = date(record, table);
    boolean dated = (record.from().isEmpty() && record.to().isEmpty()) || date.isPresent();
    if (head.isEmpty() || !dated || !exist(record, table, date, head.get())) {
      return Optional.empty();
    }
    return Optional.of(condition(record, table, date.map(WithPlace::value), head.get()));
  }

  /** The date a window is about, or empty, after a problem when there is a window. */
  private Optional<WithPlace<String>> date(CohortRecord record, TableRule table) {
    if (record.from().isEmpty() && record.to().isEmpty()) {
      return Optional.empty();
    }
    if (record.dateColumn().isPresent()) {
      return record.dateColumn();
    }
    if (table.recordDate().size() == 1) {
      return Optional.of(table.recordDate().get(0));
    }
    problems.error(
        "COHORT_DATE",
        record.place(),
        "table '"
            + record.table().value()
            + "' has "
            + table.recordDate().size()
            + " columns under recordDate, so the window needs one",
        "add dateColumn");
    return Optional.empty();
  }

  private boolean exist(
      CohortRecord record, TableRule table, Optional<WithPlace<String>> date, SourceTable head) {
    int before = problems.list().size();
    record.where().forEach((column, values) -> require(column, values.place(), head));
    date.ifPresent(column -> require(column.value(), column.place(), head));
    List<WithPlace<String>> own = new ArrayList<>(table.recordDate());
    own.add(table.subject());
    boolean complete = own.stream().allMatch(c -> head.columns().contains(c.value()));
    return complete && problems.list().size() == before;
  }

  private void require(String column, Place place, SourceTable head) {
    columns.require(column, place, head);
    columns.requireReadable(column, place, head);
  }

  private CohortCondition condition(
      CohortRecord record, TableRule table, Optional<String> date, SourceTable head) {
    Set<String> dates = date.map(Set::of).orElse(Set.of());
    Set<String> needed = new HashSet<>(record.where().keySet());
    TableExtract seen = extracts.seen(table, head, needed, dates);
    needed.addAll(dates);
    List<ColumnIn> where = new ArrayList<>();
    for (Map.Entry<String, WithPlace<List<String>>> entry : record.where().entrySet()) {
      where.add(new ColumnIn(position(seen, entry.getKey()), Set.copyOf(entry.getValue().value())));
    }
    return new CohortCondition(
        seen,
        where,
        date.map(column -> position(seen, column)),
        day(record.from()),
        day(record.to()),
        categories(table, needed));
  }

  /** What the named columns are about, where it is not what the table is about. */
  private static Set<RecordCategory> categories(TableRule table, Set<String> columns) {
    return columns.stream()
        .flatMap(column -> Optional.ofNullable(table.columns().get(column)).stream())
        .flatMap(rule -> rule.outputs().stream())
        .flatMap(output -> output.category().stream())
        .map(WithPlace::value)
        .filter(category -> category != table.category().value())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static int position(TableExtract seen, String column) {
    return seen.sourceColumns().indexOf(seen.source().columns().indexOf(column));
  }

  private static OptionalInt day(Optional<WithPlace<LocalDate>> date) {
    return date.isPresent()
        ? OptionalInt.of(Math.toIntExact(date.get().value().toEpochDay()))
        : OptionalInt.empty();
  }
}
