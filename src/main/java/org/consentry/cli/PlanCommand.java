package org.consentry.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.consentry.connector.Split;
import org.consentry.data.PlannedColumn;
import org.consentry.export.ClinicZone;
import org.consentry.export.DryRun;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.PlanReport;
import org.consentry.plan.Planner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what a run would do. Reads no key and writes nothing. */
@Command(
    name = "plan",
    description = "Shows what a run would do (dry run), and releases nothing.",
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "JOB", description = "The job file.")
  private Path job = Path.of("");

  @Override
  public Integer call() {
    Console console = common.console();
    ZoneId zone = ClinicZone.of(job, common.state());
    LocalDate today = LocalDate.now(zone);
    ExportPlan plan = Planner.plan(job, today, today, Optional.of(zone));
    PlanReport.of(plan).forEach(console::line);
    plan.columns().forEach(column -> show(console, column));
    DryRun dry = DryRun.of(plan, LocalDateTime.now(zone));
    dry.notes().forEach(console::remark);
    flow(console, dry);
    splits(console, dry);
    return 0;
  }

  private static void show(Console console, PlannedColumn column) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("table", column.table());
    fields.put("source", column.source());
    fields.put("operator", column.operator());
    fields.put("released", column.name().orElse(""));
    fields.put("done", column.name().isPresent() ? column.note().done() : "not released");
    console.object(fields);
  }

  private static void flow(Console console, DryRun dry) {
    console.line("");
    console.line("subjects " + dry.subjects() + ", would be released " + dry.released());
    Map<String, Long> reasons = new TreeMap<>();
    dry.excluded().forEach((reason, count) -> reasons.put(reason.name(), count));
    reasons.forEach((reason, count) -> console.line("  " + reason + ": " + count));
    console.object(
        Map.of("subjects", dry.subjects(), "released", dry.released(), "excluded", reasons));
  }

  private static void splits(Console console, DryRun dry) {
    Map<String, List<Split>> byTable =
        dry.splits().stream()
            .collect(Collectors.groupingBy(Split::table, LinkedHashMap::new, Collectors.toList()));
    console.line("");
    byTable.forEach(
        (table, splits) -> {
          long bytes = splits.stream().mapToLong(split -> split.range().size()).sum();
          console.line("table " + table + ": " + splits.size() + " splits, " + bytes + " bytes");
          console.object(Map.of("table", table, "splits", splits.size(), "bytes", bytes));
        });
  }
}
