package org.consentry.export.scan;

import java.util.List;

/**
 * What the scan of a release found.
 *
 * @param findings by file, column, evidence and kind, in that order; none means passed
 * @param searched files that were searched
 * @param notSearched files that were not; each is a finding as well
 * @param cells cells of data files that were searched
 */
public record ScanResult(
    List<Finding> findings, List<String> searched, List<String> notSearched, long cells) {

  public ScanResult {
    findings = List.copyOf(findings);
    searched = List.copyOf(searched);
    notSearched = List.copyOf(notSearched);
  }

  /** Whether everything was searched and nothing was found. */
  public boolean passed() {
    return findings.isEmpty();
  }
}
