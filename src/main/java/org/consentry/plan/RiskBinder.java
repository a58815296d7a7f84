package org.consentry.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Job;
import org.consentry.config.RiskRule;
import org.consentry.config.RiskRule.OnViolation;
import org.consentry.config.SafeWord;
import org.consentry.config.SensitiveRule;
import org.consentry.config.Suggestion;
import org.consentry.config.WithPlace;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.operator.Attachments;
import org.consentry.operator.SmallTable;
import org.consentry.policy.LegalTarget;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/** Binds what an adversary may know, which must be released at all. */
final class RiskBinder {

  private RiskBinder() {}

  /** Refuses a job that does not keep the risk very small where its target asks for that. */
  static void require(Job job, LegalTarget target, Problems problems) {
    if (target.risk() != LegalTarget.Risk.MUST_BE_MEASURED) {
      return;
    }
    String asks = "target '" + job.target().value() + "' asks for a very small risk, and ";
    if (job.risk().isEmpty()) {
      problems.error(
          "RISK_MISSING",
          job.target().place(),
          asks + "the job has no risk",
          "add risk: with the released columns that an adversary may know, and k");
    }
    job.risk()
        .filter(risk -> risk.onViolation() == OnViolation.REPORT)
        .ifPresent(
            risk ->
                problems.error(
                    "RISK_NOT_ENFORCED",
                    risk.place(),
                    asks + "onViolation: report releases groups of fewer than " + risk.k(),
                    "write onViolation: block, or suppress"));
  }

  /** The released columns of a table, as {@code table.column}. */
  static List<String> names(TableExtract table) {
    return table.schema().fields().stream()
        .map(Field::name)
        .map(column -> table.name() + "." + column)
        .toList();
  }

  /**
   * Binds a rule whose columns are checked; of no use when at least one error was added to the
   * problems.
   *
   * @param files relative to the job
   */
  static RiskPlan bind(
      RiskRule rule, List<TableExtract> tables, Attachments files, Problems problems) {
    List<RiskPlan.Sensitive> sensitive =
        rule.sensitive().stream()
            .flatMap(one -> sensitive(one, tables, files, problems).stream())
            .toList();
    List<RiskPlan.Columns> identity = RiskPlan.columns(rule.identity(), tables);
    Optional<RiskPlan.Population> population =
        rule.population()
            .flatMap(of -> new PopulationBinder(tables, identity, problems).bind(of, files));
    return RiskPlan.of(rule, tables, sensitive, population);
  }

  private static Optional<RiskPlan.Sensitive> sensitive(
      SensitiveRule rule, List<TableExtract> tables, Attachments files, Problems problems) {
    Map<String, List<String>> levels =
        rule.hierarchy()
            .flatMap(
                file ->
                    SmallTable.read(
                            file.value(), files, SmallTable.Form.KEYED, file.place(), problems)
                        .map(table -> levels(table, file.place(), problems)))
            .orElse(Map.of());
    for (TableExtract table : tables) {
      int position = names(table).indexOf(rule.column().value());
      if (position >= 0) {
        requireText(rule, table.schema().fields().get(position), problems);
        return Optional.of(new RiskPlan.Sensitive(table.name(), position, rule, levels));
      }
    }
    return Optional.empty();
  }

  private static void requireText(SensitiveRule rule, Field field, Problems problems) {
    boolean isText = field.type().isBytes() || field.type().kind() == FieldType.Kind.INTEGER;
    if (rule.hierarchy().isPresent() && !isText) {
      problems.error(
          "RISK_HIERARCHY",
          rule.column().place(),
          "a column of type " + field.type() + " has no hierarchy",
          "name a column of type code, text or integer, or use distance: ordered");
    }
  }

  /** Values that are one at a level are one at all coarser ones, and all are one at the last. */
  private static Map<String, List<String>> levels(
      SmallTable table, Place place, Problems problems) {
    Map<String, List<String>> levels = new LinkedHashMap<>();
    Map<String, List<String>> coarser = new HashMap<>();
    for (SmallTable.Row row : table.rows()) {
      List<String> fields = row.fields();
      levels.put(fields.get(0), fields.subList(1, fields.size()));
      for (int level = 1; level < fields.size(); level++) {
        List<String> rest = fields.subList(level, fields.size());
        List<String> earlier = coarser.putIfAbsent(level + ":" + fields.get(level), rest);
        if (earlier != null && !earlier.equals(rest)) {
          problems.error(
              "RISK_HIERARCHY",
              Place.of(table.name(), row.line()),
              "values that are one at level '"
                  + table.header().get(level)
                  + "' are apart at a coarser one",
              "give them the same coarser levels");
          return levels;
        }
      }
    }
    long roots = levels.values().stream().map(of -> of.get(of.size() - 1)).distinct().count();
    if (roots != 1) {
      problems.error(
          "RISK_HIERARCHY",
          place,
          "the last column of the hierarchy has " + roots + " values",
          "add a column with one value, in which all are one");
    }
    return levels;
  }

  /** Reports what of a rule names no released column. */
  static void check(RiskRule rule, ReleasedNames names, Problems problems) {
    check(rule.identity(), names, problems);
    rule.sensitive().forEach(one -> check(List.of(one.column()), names, problems));
    rule.events()
        .ifPresent(
            events -> {
              check(events.columns(), names, problems);
              oneTable(events, names, problems);
            });
  }

  private static void check(
      List<WithPlace<String>> columns, ReleasedNames names, Problems problems) {
    List<String> released = names.read();
    Set<String> seen = new HashSet<>();
    for (WithPlace<String> column : columns) {
      if (names.computed().contains(column.value())) {
        problems.error(
            "RISK_COLUMN",
            column.place(),
            "'" + column.value() + "' is computed from other columns of the release",
            "name the columns from which it is computed");
      } else if (!released.contains(column.value())) {
        problems.error(
            "RISK_COLUMN",
            column.place(),
            "no released column is named " + SafeWord.word(column.value()),
            Suggestion.hint(column.value(), released));
      } else if (!seen.add(column.value())) {
        problems.error(
            "RISK_COLUMN",
            column.place(),
            "'" + column.value() + "' is named twice",
            "remove one of the two");
      }
    }
  }

  private static void oneTable(RiskRule.EventsRule events, ReleasedNames names, Problems problems) {
    long named =
        names.byTable().values().stream()
            .filter(
                table ->
                    events.columns().stream().anyMatch(column -> table.contains(column.value())))
            .count();
    if (named > 1) {
      problems.error(
          "RISK_EVENTS",
          events.place(),
          "the columns of events are of more than one table",
          "name columns of the table that has one row an event");
    }
  }
}
