package org.consentry.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.Job;
import org.consentry.data.EnumWord;
import org.consentry.data.PlannedColumn;
import org.consentry.plan.DecidePlan.Cohort;
import org.consentry.plan.DecidePlan.Match;
import org.consentry.plan.TableExtract.Dating;
import org.consentry.policy.PolicyReport.Acknowledged;
import org.consentry.problem.CountWords;
import org.consentry.problem.Problem;

/** A plan in words, for the person who is about to run it. Has names and settings, no data. */
public final class PlanReport {

  private final ExportPlan plan;
  private final List<String> lines = new ArrayList<>();

  private PlanReport(ExportPlan plan) {
    this.plan = plan;
  }

  /** The report, line by line, without colours. */
  public static List<String> of(ExportPlan plan) {
    PlanReport report = new PlanReport(plan);
    report.head();
    plan.decide().cohort().ifPresent(report::cohort);
    plan.tables().forEach(report::table);
    plan.spans().forEach(report::computed);
    plan.policy().acknowledged().forEach(report::acknowledged);
    plan.warnings().stream().map(Problem::toString).forEach(report.lines::add);
    return List.copyOf(report.lines);
  }

  /** The columns of a plan, an object each, for programs. */
  public static List<Map<String, Object>> columns(ExportPlan plan) {
    return plan.columns().stream().map(PlanReport::object).toList();
  }

  private static Map<String, Object> object(PlannedColumn column) {
    return Map.of(
        "table", column.table(),
        "source", column.source(),
        "operator", column.operator(),
        "releasedAs", column.name().orElse(""),
        "done", column.name().isPresent() ? column.note().done() : "not released");
  }

  private void head() {
    Job job = plan.job();
    lines.add("job       " + job.name() + ", requested by " + job.requestedBy());
    lines.add("study     " + job.study().id() + " " + job.study().title());
    lines.add("recipient " + job.recipient().id() + ", " + job.recipient().organization());
    lines.add(
        "basis     "
            + EnumWord.of(job.legalBasis().value())
            + ", target "
            + job.target().value()
            + ", as of "
            + plan.referenceDate());
    lines.add("mapping   " + plan.mapping().name() + " version " + plan.mapping().version());
    lines.add("consent   " + plan.consentName());
    plan.decide().consents().inWords().forEach(words -> lines.add("  reads " + words));
    lines.add(
        "output    "
            + String.join(" and ", plan.sinks().stream().map(sink -> sink.format()).toList())
            + Handover.words(job.recipient()));
    lines.add("plan      " + plan.digest());
  }

  private void cohort(Cohort cohort) {
    lines.add(
        "cohort    "
            + (cohort.match() == Match.ANY ? "one of these records" : "all of these records"));
    cohort.conditions().forEach(condition -> lines.add("          - " + condition(condition)));
  }

  private static String condition(CohortCondition condition) {
    StringBuilder text = new StringBuilder(condition.table().name());
    for (CohortCondition.ColumnIn where : condition.where()) {
      int count = where.values().size();
      text.append(", ").append(column(condition.table(), where.column()));
      text.append(" one of ").append(CountWords.of(count, "value"));
    }
    condition.date().ifPresent(date -> text.append(", ").append(column(condition.table(), date)));
    condition.from().ifPresent(day -> text.append(" from ").append(LocalDate.ofEpochDay(day)));
    condition.to().ifPresent(day -> text.append(" to ").append(LocalDate.ofEpochDay(day)));
    return text.toString();
  }

  private static String column(TableExtract table, int position) {
    return table.source().columns().get(table.sourceColumns().get(position));
  }

  private void table(TableExtract table) {
    List<PlannedColumn> columns =
        plan.columns().stream().filter(column -> column.table().equals(table.name())).toList();
    List<PlannedColumn> dropped =
        columns.stream().filter(column -> column.name().isEmpty()).toList();
    lines.add("");
    lines.add("table     " + table.name() + ", " + table.category() + ", " + dating(table));
    table.source().formats().forEach(format -> lines.add("  reads " + format));
    columns.stream()
        .filter(column -> column.name().isPresent())
        .map(PlanReport::released)
        .forEach(lines::add);
    if (!dropped.isEmpty()) {
      lines.add(
          "  dropped " + String.join(", ", dropped.stream().map(PlannedColumn::source).toList()));
    }
  }

  private void computed(SpanTable table) {
    lines.add("");
    lines.add("table     " + table.name() + ", " + table.rule());
    table.columns().stream().map(PlanReport::released).forEach(lines::add);
  }

  private void acknowledged(Acknowledged answer) {
    lines.add(
        "acknowledged until "
            + answer.until()
            + ": "
            + answer.finding().code()
            + " "
            + answer.finding().message()
            + "; "
            + answer.reason());
  }

  private static String dating(TableExtract table) {
    if (table.dating() instanceof Dating.ByDates dates) {
      return "dated by "
          + String.join(", ", dates.columns().stream().map(at -> column(table, at)).toList());
    }
    return table.dating() instanceof Dating.Timeless ? "timeless" : "undated";
  }

  private static String released(PlannedColumn column) {
    return "  "
        + column.name().orElseThrow()
        + " "
        + column.type().orElseThrow()
        + (" = " + column.operator() + " " + column.source()).stripTrailing()
        + parameters(column.note().parameters());
  }

  private static String parameters(Map<String, String> parameters) {
    Optional<String> text =
        parameters.entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .reduce((one, other) -> one + ", " + other);
    return text.map(all -> " (" + all + ")").orElse("");
  }
}
