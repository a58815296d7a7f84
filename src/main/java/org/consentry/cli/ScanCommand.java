package org.consentry.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.consentry.export.ClinicZone;
import org.consentry.export.FolderScan;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.release.ScanReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Searches a folder for identifiers of a source. Reads no key and writes nothing. */
@Command(
    name = "scan",
    description = {
      "Searches a folder for identifiers of the patients of a job.",
      "The folder may be of any origin. Writes nothing.",
      "Ends with exit 13 when something was found."
    },
    mixinStandardHelpOptions = true)
final class ScanCommand implements Callable<Integer> {

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "DIR", description = "The folder.")
  private Path folder = Path.of("");

  @Option(
      names = "--against",
      paramLabel = "JOB",
      required = true,
      description = "The job file whose source has the patients.")
  private Path job = Path.of("");

  @Override
  public Integer call() {
    Console console = common.console();
    ZoneId zone = ClinicZone.of(job, common.state());
    LocalDate today = LocalDate.now(zone);
    ExportPlan plan = Planner.toScan(job, today, Optional.of(zone));
    FolderScan.Answer answer =
        new FolderScan(plan, new ConsoleProgress(console, Instant::now)).scan(folder, today);
    show(console, answer);
    return answer.report().open().isEmpty() ? 0 : Category.DISCLOSURE_CHECK.exitCode();
  }

  private static void show(Console console, FolderScan.Answer answer) {
    ScanReport report = answer.report();
    answer.words().forEach(console::line);
    console.line("scan: " + (report.open().isEmpty() ? report.result() : "identifiers found"));
    console.line(
        CountWords.of(answer.files(), "file")
            + ", "
            + CountWords.of(answer.cells(), "cell")
            + " of tables");
    report.searchedFor().forEach(words -> console.line("searched for " + words));
    report.identifiers().forEach((kind, size) -> console.line("  " + kind + ": " + size));
    report.notSearched().forEach(words -> console.line("not searched: " + words));
    report.findings().forEach(finding -> console.result("scanFinding", object(finding)));
    console.result("scan", object(answer));
  }

  private static Map<String, Object> object(ScanReport.Finding finding) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", finding.file());
    fields.put("column", finding.column());
    fields.put("kind", finding.kind());
    fields.put("evidence", finding.evidence());
    fields.put("places", finding.places());
    fields.put("firstRow", Optional.of(finding.firstRow()).filter(row -> row > 0));
    fields.put(
        "acknowledgement", finding.acknowledgement().map(ScanReport.Acknowledgement::reason));
    return fields;
  }

  private static Map<String, Object> object(FolderScan.Answer answer) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("findings", answer.report().findings().size());
    fields.put("open", answer.report().open().size());
    fields.put("files", answer.files());
    fields.put("cells", answer.cells());
    fields.put("searchedFor", answer.report().searchedFor());
    fields.put("identifiers", answer.report().identifiers());
    fields.put("notSearched", answer.report().notSearched());
    return fields;
  }
}
