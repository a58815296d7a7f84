package org.consentry.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.export.ClinicZone;
import org.consentry.export.Differences;
import org.consentry.export.DryRun;
import org.consentry.export.MappingVersions;
import org.consentry.export.RealSample;
import org.consentry.export.SampleRows;
import org.consentry.export.StateSession;
import org.consentry.export.SyntheticSample;
import org.consentry.ledger.Ledger;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.PlanReport;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a run would do. Reads no key and writes nothing but who saw real rows. */
@Command(
    name = "plan",
    description = "Shows what a run would do (dry run), and releases nothing.",
    mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

  /** Whether the launcher found standard input and output to be a terminal. */
  static final String INTERACTIVE = "consentry.interactive";

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--sample",
      paramLabel = "ROWS",
      description =
          "Shows so many synthetic rows of each table instead, 1 to " + SampleRows.MOST + ".")
  private @Nullable Integer sample;

  @Option(
      names = "--real",
      description = {
        "With --sample: the first rows that would leave, of patients.",
        "Only on a terminal, and not on Windows.",
        "The ledger records who saw how many."
      })
  private boolean real;

  @Parameters(paramLabel = "JOB", description = "The job file.")
  private Path job = Path.of("");

  @Override
  public Integer call() {
    int rows = rows();
    requirePerson();
    Console console = common.console();
    ZoneId zone = ClinicZone.of(job, common.state());
    LocalDate today = LocalDate.now(zone);
    ExportPlan plan = Planner.plan(job, today, today, Optional.of(zone));
    if (Ledger.isThere(common.state())) {
      new MappingVersions(Ledger.read(common.state()), common.state()).require(plan);
    }
    PlanReport.of(plan).forEach(console::line);
    PlanReport.columns(plan).forEach(column -> console.result("plannedColumn", column));
    Differences.breaking(plan, common.state())
        .forEach(warning -> console.remark(warning.toString()));
    if (real) {
      real(console, plan, rows);
      return 0;
    }
    if (rows > 0) {
      synthetic(console, plan, rows);
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

  /** How many rows of each table are shown; 0 for none. */
  private int rows() {
    if (sample != null && (sample < 1 || sample > SampleRows.MOST)) {
      throw refused(
          "SAMPLE",
          "--sample",
          "expected 1 to " + SampleRows.MOST + " rows but found " + sample,
          "write --sample 5");
    }
    return sample == null ? 0 : sample;
  }

  /** Real rows are for the eyes of one person, and nothing copies them. */
  private void requirePerson() {
    if (!real) {
      return;
    }
    if (sample == null) {
      throw refused(
          "REAL_ROWS", "--real", "how many rows is not stated", "write --sample 5 --real");
    }
    List<String> copies = common.copies();
    if (!copies.isEmpty()) {
      throw refused(
          "REAL_ROWS",
          "--real",
          "rows of patients are shown on a terminal alone, and "
              + String.join(" and ", copies)
              + " would copy them",
          "leave it out; without --real the rows are synthetic");
    }
    if (!isTerminal()) {
      throw refused(
          "REAL_ROWS",
          "--real",
          "rows of patients are shown on a terminal alone, and standard input or output is none",
          "give the command on a terminal, without a pipe or a redirection; without --real the"
              + " rows are synthetic");
    }
  }

  /** What the launcher found; Java runtimes before 22 and from 25 on confirm it. */
  @SuppressWarnings("SystemConsoleNull") // the launcher's answer is enough where this is not null
  private static boolean isTerminal() {
    return Boolean.getBoolean(INTERACTIVE) && System.console() != null;
  }

  private static ProblemException refused(String code, String option, String message, String hint) {
    return ProblemException.of(Category.USAGE, code, Place.of(option), message, hint);
  }

  private static void synthetic(Console console, ExportPlan plan, int rows) {
    for (SampleRows table : SyntheticSample.of(plan, rows)) {
      show(console, "SYNTHETIC rows of table " + table.table() + ", made up, of no patient", table);
      console.result(
          "syntheticRows",
          Map.of(
              "table", table.table(),
              "columns", table.columns(),
              "rows", table.rows()));
    }
  }

  private void real(Console console, ExportPlan plan, int rows) {
    List<SampleRows> tables;
    try (StateSession session = Sessions.open(common.state(), console)) {
      tables = RealSample.of(plan, rows, session);
    }
    for (SampleRows table : tables) {
      show(console, "REAL rows of table " + table.table() + ", of patients", table);
    }
    console.line("");
    console.line(
        "The ledger records that you saw them. Codes are not those of a run, and people in");
    console.line("small groups are not left out here.");
  }

  private static void show(Console console, String title, SampleRows table) {
    console.line("");
    console.line(title);
    console.line("  " + String.join(" | ", table.columns()));
    table.rows().forEach(row -> console.line("  " + line(row)));
  }

  /** A cell may have what steers a terminal. */
  private static String line(List<String> row) {
    return String.join(" | ", row).replaceAll("\\p{Cc}|\\p{Cf}", " ");
  }

  private static void flow(Console console, DryRun dry) {
    console.line("");
    console.line("subjects " + dry.subjects() + ", would be released " + dry.released());
    Map<String, Long> reasons = dry.reasons();
    reasons.forEach((reason, count) -> console.line("  " + reason + ": " + count));
    console.result(
        "plannedSubjects",
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
              console.result(
                  "plannedTable",
                  Map.of("table", table.table(), "splits", table.splits(), "bytes", table.bytes()));
            });
  }

  private static void unread(Console console, String records, Map<String, Long> elements) {
    console.line("");
    console.line(
        records + ": elements that no column reads, and the number of records that have each");
    elements.forEach((element, count) -> console.line("  " + element + " " + count));
    console.result("unreadElements", Map.of("records", records, "notRead", elements));
  }
}
