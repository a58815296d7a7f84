package org.consentry.export;

import java.util.Optional;
import org.consentry.export.scan.IdentifierSet;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.ScanPlan;
import org.consentry.problem.ProblemException;
import org.consentry.release.ScanReport;
import org.jspecify.annotations.Nullable;

/**
 * Searches the finished files in staging for identifiers of the source. It reads files and digests,
 * and nothing that made them.
 */
final class ScanStage {

  private final ExportPlan plan;
  private final RunContext context;
  private final Parallel parallel;
  private final SourceIdentifiers source;
  private @Nullable IdentifierSet identifiers;

  ScanStage(ExportPlan plan, RunKeys keys, RunContext context, Parallel parallel) {
    this.plan = plan;
    this.context = context;
    this.parallel = parallel;
    this.source = new SourceIdentifiers(plan, keys, context.staging());
  }

  /**
   * Searches the data files, if the job has a scan.
   *
   * @return what was found; empty when the job has no scan
   * @throws ProblemException category DISCLOSURE_CHECK when something was found that no person
   *     acknowledged, and the job blocks that
   */
  Optional<ScanReport> run(RunDecisions decided) {
    return plan.scan()
        .map(
            scan -> {
              context.progress().step(RunStep.SCAN);
              ScanGate gate = gate(scan);
              ReleaseSearch search = search(decided);
              ScanReport report = gate.report(search.data(gate.rules()), search);
              gate.check(report);
              return report;
            });
  }

  /**
   * Searches what sealing put beside the data for identifiers of the source. The manifest is signed
   * by then, so a finding that no person acknowledged always blocks.
   *
   * @throws ProblemException category DISCLOSURE_CHECK
   */
  void requireClean(RunDecisions decided) {
    plan.scan()
        .ifPresent(
            scan -> {
              ReleaseSearch search = search(decided);
              ScanGate.refuse(gate(scan).report(search.besideData(), search).open());
            });
  }

  private ReleaseSearch search(RunDecisions decided) {
    IdentifierSet all = identifiers == null ? source.all(decided) : identifiers;
    identifiers = all;
    return new ReleaseSearch(
        context.staging().release(),
        ReleaseSearch.Origin.RELEASE,
        all,
        new ReportedParallel(parallel, context.progress(), ReportedParallel.Total.ADDED));
  }

  private ScanGate gate(ScanPlan scan) {
    return new ScanGate(scan, context.now().toLocalDate(), context.progress());
  }
}
