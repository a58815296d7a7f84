package org.consentry.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.consentry.export.scan.Finding;
import org.consentry.export.scan.IdentifierSet;
import org.consentry.export.scan.ReleaseScan;
import org.consentry.export.scan.ScanResult;
import org.consentry.export.scan.ScanRules;
import org.consentry.release.Disclosure.DataFile;

/**
 * The two searches of a release. Its data files are searched for everything. The files beside them
 * are made of words of job and mapping, and of counts: they have days, names and addresses of the
 * study, and words that are names of people as well. So only identifiers of the source are searched
 * for in them, no single names, and no numbers that a count or a time may equal by chance.
 *
 * @param origin whether the folder is a release
 * @param identifiers those of the source
 */
record ReleaseSearch(Path folder, Origin origin, IdentifierSet identifiers, Parallel parallel) {

  /** Whose folder it is. */
  enum Origin {
    RELEASE,
    ELSEWHERE;

    /** A release has its data, its manifest and its digests. */
    static Origin of(Path folder) {
      boolean isRelease =
          Files.isDirectory(folder.resolve("data"))
              && Files.isRegularFile(folder.resolve("manifest.json"))
              && Files.isRegularFile(folder.resolve("SHA256SUMS"));
      return isRelease ? RELEASE : ELSEWHERE;
    }
  }

  private static final ScanRules IDENTIFIERS_ALONE =
      new ScanRules(
          ScanRules.Patterns.NONE,
          ScanRules.FinestDate.DAY,
          ScanRules.OwnDates.ALLOWED,
          ScanRules.LIMITED_DATA_SET.zipDigits(),
          ScanRules.LIMITED_DATA_SET.oldestAge(),
          ScanRules.Numbers.UNLIKELY);

  /** What is in the data files. */
  ScanResult data(ScanRules rules) {
    return ReleaseScan.scan(folder, identifiers, rules, parallel, ReleaseSearch::isData);
  }

  private static boolean isData(String file) {
    return file.startsWith("data/");
  }

  /** Digests, signatures, keys and what is encrypted are none: there digits match by chance. */
  private static boolean isBesideData(String file) {
    return !isData(file)
        && !file.endsWith(".sig")
        && !file.endsWith(DataFile.AGE)
        && !file.equals("SHA256SUMS")
        && !file.equals("allowed_signers");
  }

  /** What is in the files beside the data. */
  ScanResult besideData() {
    ScanResult all =
        ReleaseScan.scan(
            folder, identifiers, IDENTIFIERS_ALONE, parallel, ReleaseSearch::isBesideData);
    List<Finding> findings =
        all.findings().stream()
            .filter(finding -> !finding.kind().equals(IdentifierSet.Kind.NAME.word()))
            .toList();
    return new ScanResult(findings, all.searched(), all.notSearched(), all.cells());
  }

  /** What is in all files. */
  ScanResult everything(ScanRules rules) {
    return switch (origin) {
      case RELEASE -> plus(data(rules), besideData());
      case ELSEWHERE -> ReleaseScan.scan(folder, identifiers, rules, parallel);
    };
  }

  private static ScanResult plus(ScanResult one, ScanResult other) {
    return new ScanResult(
        joined(one.findings(), other.findings()),
        joined(one.searched(), other.searched()),
        joined(one.notSearched(), other.notSearched()),
        one.cells() + other.cells());
  }

  private static <T> List<T> joined(List<T> one, List<T> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }
}
