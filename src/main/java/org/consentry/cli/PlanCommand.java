package org.consentry.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.export.ClinicZone;
import org.consentry.export.Differences;
import org.consentry.export.DryRun;
import org.consentry.export.MappingVersions;
import org.consentry.ledger.Ledger;
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
    if (Ledger.isThere(common.state())) {
      new MappingVersions(Ledger.read(common.state()), common.state()).require(plan);
    }
    PlanReport.of(plan).forEach(console::line);
    PlanReport.columns(plan).forEach(console::object);
    Differences.breaking(plan, common.state())
        .forEach(warning -> console.remark(warning.toString()));
    DryRun dry = DryRun.of(plan, LocalDateTime.now(zone));
    dry.notes().forEach(console::remark);
    flow(console, dry);
    splits(console, dry);
    return 0;
  }

  private static void flow(Console console, DryRun dry) {
    console.line("");
    console.line("subjects " + dry.subjects() + ", would be released " + dry.released());
    Map<String, Long> reasons = dry.reasons();
    reasons.forEach((reason, count) -> console.line("  " + reason + ": " + count));
    console.object(
        Map.of("subjects", dry.subjects(), "released", dry.released(), "excluded", reasons));
  }

  private static void splits(Console console, DryRun dry) {
    console.line("");
    dry.tables()
        .forEach(
            table -> {
              console.line(
                  "table "
                      + table.table()
                      + ": "
                      + table.splits()
                      + " splits, "
                      + table.bytes()
                      + " bytes");
              console.object(
                  Map.of("table", table.table(), "splits", table.splits(), "bytes", table.bytes()));
            });
  }
}
