package org.consentry.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.connector.BatchReader;
import org.consentry.connector.SourceTable;
import org.consentry.connector.Split;
import org.consentry.data.BirthDays;
import org.consentry.data.RowBatch;
import org.consentry.data.SubjectIndex;
import org.consentry.data.SubjectKeys;
import org.consentry.export.extract.CollectingReader;
import org.consentry.export.extract.IdentifierCollector;
import org.consentry.export.scan.IdentifierSet;
import org.consentry.export.scan.ScanResult;
import org.consentry.export.scan.SipKey;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.ScanPlan;
import org.consentry.plan.ScanPlan.ScannedTable;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.release.ScanReport;

/**
 * Searches any folder for identifiers of the source of a job, so that an extract made elsewhere can
 * be checked. It writes nothing, and needs no key and no ledger: the digests are under a key that
 * is in no file. Dates of a person are not searched for, because they need the codes of a run.
 */
public final class FolderScan {

  private final ExportPlan plan;
  private final ScanPlan scan;
  private final Progress progress;

  /** A search against the source of a plan that has a scan. */
  public FolderScan(ExportPlan plan, Progress progress) {
    this.plan = plan;
    this.scan = plan.scan().orElseThrow();
    this.progress = progress;
  }

  /**
   * What was found.
   *
   * @param report what was searched for, what was found, and which of it the job acknowledges
   * @param files how many files were searched
   * @param cells cells of data files that were searched
   */
  public record Answer(ScanReport report, int files, long cells) {

    /** The findings that no person acknowledged, in words; without a value. */
    public List<String> words() {
      return report.open().stream()
          .map(finding -> finding.file() + ": " + ScanGate.words(finding))
          .toList();
    }
  }

  /**
   * Searches a folder.
   *
   * @param today the day on which answers to findings must be valid
   * @throws ProblemException category USAGE when there is nothing to search
   */
  public Answer scan(Path folder, LocalDate today) {
    requireFiles(folder);
    progress.step(RunStep.READ_SOURCE);
    IdentifierSet identifiers = identifiers();
    progress.step(RunStep.SCAN);
    ScanGate gate = new ScanGate(scan, today, progress);
    ReleaseSearch search =
        new ReleaseSearch(
            folder,
            ReleaseSearch.Origin.of(folder),
            identifiers,
            new ReportedParallel(
                Parallel.onCallingThread(), progress, ReportedParallel.Total.ADDED));
    ScanResult result = search.everything(gate.rules());
    return new Answer(gate.report(result, search), result.searched().size(), result.cells());
  }

  private static void requireFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw refused(folder, "expected a folder but found none", "check the path");
    }
    try (Stream<Path> files = Files.walk(folder)) {
      if (files.noneMatch(Files::isRegularFile)) {
        throw refused(folder, "the folder has no file to search", "check the path");
      }
    } catch (IOException unreadable) {
      throw refused(folder, "the folder cannot be read", "check its permissions");
    }
  }

  private static ProblemException refused(Path folder, String message, String hint) {
    return ProblemException.of(Category.USAGE, "NOTHING_TO_SCAN", Place.of(folder), message, hint);
  }

  private IdentifierSet identifiers() {
    IdentifierSet.Builder all = new IdentifierSet.Builder(SipKey.random());
    scan.tables().forEach(table -> progress.total(table.source().size()));
    for (ScannedTable table : scan.tables()) {
      IdentifierCollector collector =
          new IdentifierCollector(table, List.of(), noSubjects(), plan.decide().dates(), all);
      for (Split split : table.source().splits()) {
        read(table.source(), split, collector);
        progress.done(split.range().size());
      }
    }
    return all.build();
  }

  private void read(SourceTable table, Split split, IdentifierCollector collector) {
    try (BatchReader reader =
        new CollectingReader(table.open(split, collector.columns()), collector)) {
      for (Optional<RowBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
        progress.rows(table.name(), batch.get().rows(), 0);
      }
    }
  }

  private static SubjectIndex noSubjects() {
    return new SubjectIndex(
        new SubjectKeys(), new byte[0], BirthDays.on(), new int[0], List.of(), List.of());
  }
}
