package org.consentry.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.consentry.config.Mapping;
import org.consentry.config.OutputRule.Role;
import org.consentry.config.SafeWord;
import org.consentry.config.SpansRule;
import org.consentry.config.SpansRule.SpanColumn;
import org.consentry.config.WithPlace;
import org.consentry.data.Effect;
import org.consentry.data.EnumWord;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.data.OnInvalid;
import org.consentry.data.OperatorNote;
import org.consentry.data.PlannedColumn;
import org.consentry.data.PlannedColumn.Origin;
import org.consentry.data.PlannedColumn.Released;
import org.consentry.data.PlannedColumn.Texts;
import org.consentry.data.RecordCategory;
import org.consentry.plan.SpanTable.SpanCell;
import org.consentry.plan.SpanTable.Spanned;
import org.consentry.problem.Problems;

/**
 * Binds computed tables to the released columns that they are computed from. Dates that are
 * compared are released by one rule, and so are the codes of subjects; every cell of a computed
 * table but a constant is then a cell of another table, which the legal target has judged there.
 */
final class SpanBinder {

  private static final String OPERATOR = "spans";

  private final Mapping mapping;
  private final Map<String, BoundTable> bound;
  private final Problems problems;

  /**
   * Prepares binding.
   *
   * @param bound the released tables
   */
  SpanBinder(Mapping mapping, Map<String, BoundTable> bound, Problems problems) {
    this.mapping = mapping;
    this.bound = bound;
    this.problems = problems;
  }

  /** A released column with a date. */
  private record Dated(WithPlace<String> named, String table, int position, PlannedColumn column) {}

  /** Binds one table; empty when it has an error, which was added to the problems. */
  Optional<SpanTable> bind(String name, SpansRule rule) {
    int before = problems.list().size();
    List<Dated> dates = new ArrayList<>();
    rule.of().forEach(named -> dated(named).ifPresent(dates::add));
    if (dates.isEmpty()) {
      if (isOfNothing(rule)) {
        problems.error(
            "SPAN_NOTHING",
            rule.place(),
            "no table from which '" + name + "' is computed is released",
            "release one of them, or leave '" + name + "' out of the job's tables");
      }
      return Optional.empty();
    }
    Map<String, Integer> subjects = new LinkedHashMap<>();
    Optional<Dated> first = dates.stream().filter(date -> isDate(date.column())).findFirst();
    dates.forEach(date -> date(name, first.orElse(date), date));
    dates.forEach(date -> subject(name, date, subjects));
    if (problems.list().size() > before) {
      return Optional.empty();
    }
    PlannedColumn subject =
        columns(dates.get(0).table())
            .get(Objects.requireNonNull(subjects.get(dates.get(0).table())));
    List<Spanned> spanned = new ArrayList<>();
    subjects.forEach((table, at) -> spanned.add(spanned(table, at, dates)));
    List<SpanCell> cells = new ArrayList<>();
    rule.columns()
        .forEach((column, of) -> cells.add(cell(name, column, of, subject, dates, spanned)));
    return Optional.of(new SpanTable(name, rule.description().orElse(""), spanned, cells));
  }

  /** Whether a job releases none of its tables; a table that is not known was reported. */
  private boolean isOfNothing(SpansRule rule) {
    return rule.of().stream()
        .map(SpanBinder::table)
        .allMatch(table -> mapping.tables().containsKey(table) && !bound.containsKey(table));
  }

  private static String table(WithPlace<String> named) {
    return named.value().substring(0, Math.max(0, named.value().indexOf('.')));
  }

  /** The column, if its table is released and it could be bound. */
  private Optional<Dated> dated(WithPlace<String> named) {
    String table = table(named);
    String column = named.value().substring(named.value().indexOf('.') + 1);
    List<PlannedColumn> columns = columns(table);
    for (int at = 0; at < columns.size(); at++) {
      if (columns.get(at).name().equals(Optional.of(column))) {
        return Optional.of(new Dated(named, table, at, columns.get(at)));
      }
    }
    return Optional.empty();
  }

  /** The released columns of a table in the order of its schema; none of one not released. */
  private List<PlannedColumn> columns(String table) {
    return Optional.ofNullable(bound.get(table)).stream()
        .flatMap(of -> of.rules().stream())
        .flatMap(rule -> rule.columns().stream())
        .toList();
  }

  private void date(String name, Dated first, Dated date) {
    if (!isDate(date.column())) {
      problems.error(
          "SPAN_DATE",
          date.named().place(),
          "column "
              + SafeWord.word(date.named().value())
              + " is released as no date and no period of one",
          "name a column that releases a date, a shifted date, or a year, quarter, month or week");
    } else if (!first.column().joins(date.column())) {
      problems.error(
          "SPAN_RULES",
          date.named().place(),
          "columns "
              + SafeWord.word(first.named().value())
              + " and "
              + SafeWord.word(date.named().value())
              + " are released by different rules, so that '"
              + name
              + "' cannot compare them",
          "give both the same operator, settings and type");
    }
  }

  private static boolean isDate(PlannedColumn column) {
    FieldType.Kind kind = column.field().type().kind();
    boolean isDay = kind == FieldType.Kind.DATE || kind == FieldType.Kind.TIMESTAMP;
    boolean isPeriod =
        column.effect() instanceof Effect.Period period
            && period.unit() != Effect.PeriodUnit.BIRTH_YEAR;
    return isPeriod
        || (isDay
            && (column.effect() instanceof Effect.TrueValue
                || column.effect() instanceof Effect.ShiftedDate));
  }

  /** Finds the code of the subject in the table of a date; the same in all tables. */
  private void subject(String name, Dated date, Map<String, Integer> subjects) {
    if (subjects.containsKey(date.table())) {
      return;
    }
    String source = Objects.requireNonNull(mapping.tables().get(date.table())).subject().value();
    List<PlannedColumn> columns = columns(date.table());
    int at = 0;
    while (at < columns.size() && !columns.get(at).isOf(source)) {
      at++;
    }
    boolean isCode = at < columns.size() && columns.get(at).effect() instanceof Effect.Code;
    Optional<PlannedColumn> first =
        subjects.entrySet().stream()
            .findFirst()
            .map(one -> columns(one.getKey()).get(one.getValue()));
    int here = at;
    boolean joins = isCode && first.map(code -> code.joins(columns.get(here))).orElse(true);
    subjects.put(date.table(), at);
    if (!joins) {
      problems.error(
          "SPAN_SUBJECT",
          date.named().place(),
          "table '"
              + date.table()
              + "' releases "
              + (isCode
                  ? "another code of the patient than a table before it"
                  : "no code of the patient")
              + ", by which '"
              + name
              + "' is computed",
          "pseudonymize column '" + source + "' by one rule in all of these tables");
    }
  }

  private static Spanned spanned(String table, int subject, List<Dated> dates) {
    List<Dated> here = dates.stream().filter(date -> date.table().equals(table)).toList();
    return new Spanned(
        table,
        subject,
        here.stream().map(Dated::position).toList(),
        here.stream().map(date -> date.named().value()).toList());
  }

  private SpanCell cell(
      String name,
      String column,
      SpanColumn rule,
      PlannedColumn subject,
      List<Dated> dates,
      List<Spanned> spanned) {
    String sources =
        dates.stream().map(date -> date.named().value()).collect(Collectors.joining(", "));
    PlannedColumn date = dates.get(0).column();
    PlannedColumn planned =
        switch (rule.is().value()) {
          case SUBJECT ->
              planned(
                  name,
                  column,
                  rule,
                  spanned.stream().map(this::subject).collect(Collectors.joining(", ")),
                  subject,
                  subject.note());
          case FIRST -> planned(name, column, rule, sources, date, note("first", date));
          case LAST -> planned(name, column, rule, sources, date, note("last", date));
          case CONSTANT -> constant(name, column, rule);
        };
    return new SpanCell(
        withCategories(planned, spanned), rule.is().value(), rule.value().orElse(0L));
  }

  private String subject(Spanned table) {
    return table.table() + "." + columns(table.table()).get(table.subject()).name().orElseThrow();
  }

  private static OperatorNote note(String which, PlannedColumn date) {
    return new OperatorNote(
        date.note().technique(),
        "The " + which + " of the person's values in these released columns.",
        "One of those values, as it was made there.",
        date.note().parameters());
  }

  /** A column of which every cell is one of released columns of the same rule. */
  private static PlannedColumn planned(
      String table,
      String name,
      SpanColumn rule,
      String sources,
      PlannedColumn made,
      OperatorNote note) {
    Released released = made.released().orElseThrow();
    return new PlannedColumn(
        table,
        Origin.COMPUTED,
        sources,
        made.role(),
        OPERATOR,
        made.effect(),
        note,
        made.categories(),
        new Texts(rule.why(), made.texts().unit()),
        Optional.of(
            new Released(
                new Field(name, released.type(), rule.label().orElse("")),
                OnInvalid.STOP,
                Set.of(),
                released.limits())));
  }

  private static PlannedColumn constant(String table, String name, SpanColumn rule) {
    String value = Long.toString(rule.value().orElse(0L));
    return new PlannedColumn(
        table,
        Origin.COMPUTED,
        "the mapping",
        EnumWord.of(Role.NON_SENSITIVE),
        OPERATOR,
        new Effect.Removes(),
        new OperatorNote(
                "masking",
                "Every row has the same number, which the mapping states.",
                "Nothing.",
                Map.of("value", value))
            .withValues(List.of(value)),
        Set.of(),
        Texts.reason(rule.why()),
        Optional.of(
            new Released(
                new Field(name, FieldType.INTEGER, rule.label().orElse("")),
                OnInvalid.STOP,
                Set.of())));
  }

  /** The consent categories of the records that the table is computed from. */
  private PlannedColumn withCategories(PlannedColumn column, List<Spanned> spanned) {
    Set<RecordCategory> categories = EnumSet.noneOf(RecordCategory.class);
    for (Spanned table : spanned) {
      table.dates().forEach(at -> categories.addAll(columns(table.table()).get(at).categories()));
    }
    return new PlannedColumn(
        column.table(),
        column.origin(),
        column.source(),
        column.role(),
        column.operator(),
        column.effect(),
        column.note(),
        categories,
        column.texts(),
        column.released());
  }
}
