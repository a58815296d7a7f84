package org.consentry.export.seal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.plan.ExportPlan;
import org.consentry.release.Disclosure;
import org.consentry.release.ScanReport;

/**
 * What was found of the people in a release and of those left out, and what found it.
 *
 * @param leftOut whose rows of each table are released and whose are left out, by table
 * @param risk how many subjects share what an adversary may know; empty when it was not measured
 * @param scan what the data files were searched for; empty when they were not searched
 * @param engine what did the splits, in words
 */
public record Measurements(
    Map<String, TableSubjects> leftOut,
    Optional<Disclosure.Risk> risk,
    Optional<ScanReport> scan,
    String engine) {

  /** Whether the scan found something that no person acknowledged. */
  ExportPlan.Findings findings() {
    return scan.map(ScanReport::open).orElse(List.of()).isEmpty()
        ? ExportPlan.Findings.NONE
        : ExportPlan.Findings.OPEN;
  }
}
