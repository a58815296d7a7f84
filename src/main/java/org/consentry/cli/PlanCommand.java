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
import org.consentry.export.SyntheticSample;
import org.consentry.ledger.Ledger;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.PlanReport;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a run would do. Reads no key and writes nothing. */
@Command(
    name = "plan",
    description = "Shows what a run would do (dry run), and releases nothing.",
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--sample",
      paramLabel = "ROWS",
      description = "Shows so many synthetic rows of each table instead.")
  private int sample;

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
    if (sample != 0) {
      sample(console, plan);
      return 0;
    }
    DryRun dry = DryRun.of(plan, LocalDateTime.now(zone));
    dry.problems().forEach(console::problem);
    dry.notes().forEach(console::remark);
    flow(console, dry);
    splits(console, dry);
    dry.unreadElements().forEach((records, elements) -> unread(console, records, elements));
    return 0;
  }

  private void sample(Console console, ExportPlan plan) {
    if (sample < 1 || sample > SyntheticSample.MOST) {
      throw ProblemException.of(
          Category.USAGE,
          "SAMPLE",
          Place.of("--sample"),
          "expected 1 to " + SyntheticSample.MOST + " rows but found " + sample,
          "write --sample 5");
    }
    for (SyntheticSample.Table table : SyntheticSample.of(plan, sample)) {
      console.line("");
      console.line("SYNTHETIC rows of table " + table.table() + ", made up, of no patient");
      console.line("  " + String.join(" | ", table.columns()));
      table.rows().forEach(row -> console.line("  " + String.join(" | ", row)));
      console.object(
          Map.of(
              "synthetic", true,
              "table", table.table(),
              "columns", table.columns(),
              "rows", table.rows()));
    }
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
                      + CountWords.of(table.splits(), "split")
                      + ", "
                      + CountWords.of(table.bytes(), "byte"));
              console.object(
                  Map.of("table", table.table(), "splits", table.splits(), "bytes", table.bytes()));
            });
  }

  private static void unread(Console console, String records, Map<String, Long> elements) {
    console.line("");
    console.line(
        records + ": elements that no column reads, and the number of records that have each");
    elements.forEach((element, count) -> console.line("  " + element + " " + count));
    console.object(Map.of("records", records, "notRead", elements));
  }
}
