package org.consentry.export;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.ScanRule;
import org.consentry.config.ScanRule.AcknowledgedFinding;
import org.consentry.config.ScanRule.OnFinding;
import org.consentry.config.WithPlace;
import org.consentry.data.EnumWord;
import org.consentry.data.ReleaseDetail;
import org.consentry.export.scan.Finding;
import org.consentry.export.scan.IdentifierSet;
import org.consentry.export.scan.ScanResult;
import org.consentry.export.scan.ScanRules;
import org.consentry.plan.ScanPlan;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.release.ScanReport;

/**
 * Decides what the findings of a scan mean: which of them a person acknowledged, and whether the
 * others block. Messages have files, columns, kinds, counts and row numbers, and no value.
 */
final class ScanGate {

  private static final int SHOWN = 20;

  private final ScanPlan plan;
  private final LocalDate today;
  private final Progress progress;

  /**
   * A gate.
   *
   * @param today the day on which answers to findings must be valid
   */
  ScanGate(ScanPlan plan, LocalDate today, Progress progress) {
    this.plan = plan;
    this.today = today;
    this.progress = progress;
  }

  /** What a release may contain. */
  ScanRules rules() {
    ScanRules.Patterns patterns =
        switch (plan.rule().patterns()) {
          case US -> ScanRules.Patterns.US;
          case NONE -> ScanRules.Patterns.NONE;
        };
    return switch (plan.detail()) {
      case YEARS -> limits(patterns, ScanRules.SAFE_HARBOR);
      case DAYS -> limits(patterns, ScanRules.LIMITED_DATA_SET);
      case AS_MAPPED ->
          new ScanRules(
              patterns,
              ScanRules.FinestDate.DAY,
              ScanRules.OwnDates.FORBIDDEN,
              ScanRules.LIMITED_DATA_SET.zipDigits(),
              ScanRules.LIMITED_DATA_SET.oldestAge());
    };
  }

  private static ScanRules limits(ScanRules.Patterns patterns, ScanRules of) {
    return new ScanRules(patterns, of.finestDate(), of.ownDates(), of.zipDigits(), of.oldestAge());
  }

  /** What a manifest reports of findings. */
  ScanReport report(ScanResult found, ReleaseSearch search) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    search
        .identifiers()
        .sizes()
        .forEach(
            (kind, size) -> {
              if (kind != IdentifierSet.Kind.SUBJECT && size > 0) {
                sizes.put(kind.word(), size);
              }
            });
    return new ScanReport(
        EnumWord.of(plan.rule().onFinding()),
        searchedFor(),
        sizes,
        notSearched(sizes, search),
        found.findings().stream().map(this::reported).toList());
  }

  private List<String> searchedFor() {
    List<String> words = new ArrayList<>();
    if (plan.rule().identifiers() == ScanRule.Identifiers.SOURCE) {
      words.add("identifiers of every person of the source, released or not");
    }
    if (plan.rule().patterns() == ScanRule.Patterns.US) {
      words.add("forms of identifiers as written in the USA");
    }
    if (plan.detail() == ReleaseDetail.YEARS) {
      words.add("dates finer than a year, ages over 89, ZIP codes of more than three digits");
    }
    return words;
  }

  private List<String> notSearched(Map<String, Long> sizes, ReleaseSearch search) {
    List<String> words = new ArrayList<>();
    if (plan.rule().identifiers() == ScanRule.Identifiers.NONE) {
      words.add("identifiers of the source");
    } else {
      words.add("words of free text of the source");
      words.add("names of fewer than four letters and numbers of fewer than six digits");
      words.add("the digits alone of the key of a record that has letters");
      if (search.origin() == ReleaseSearch.Origin.RELEASE) {
        words.add(
            "single names, numbers that a count or a time may equal by chance, digests and"
                + " signatures in the files beside the data");
      }
      if (!sizes.containsKey(IdentifierSet.Kind.DATE.word())) {
        words.add(
            plan.detail() == ReleaseDetail.DAYS
                ? "dates, which the target allows"
                : "the dates of each person");
      }
    }
    if (plan.rule().patterns() == ScanRule.Patterns.NONE) {
      words.add("forms of identifiers");
    }
    plan.absent()
        .forEach(table -> words.add("table " + table + ", which the source does not have"));
    return words;
  }

  private ScanReport.Finding reported(Finding finding) {
    return new ScanReport.Finding(
        finding.file(),
        finding.column(),
        finding.evidence().word(),
        finding.kind(),
        finding.count(),
        finding.firstRow(),
        answer(finding)
            .map(
                given ->
                    new ScanReport.Acknowledgement(
                        given.reason(), given.by(), given.until().value())));
  }

  private Optional<AcknowledgedFinding> answer(Finding finding) {
    return plan.rule().acknowledge().stream()
        .filter(given -> !given.until().value().isBefore(today))
        .filter(given -> isAbout(given, finding.file(), finding.column(), finding.kind()))
        .findFirst();
  }

  private static boolean isAbout(
      AcknowledgedFinding given, String file, String column, String kind) {
    String name = table(file) + "." + column;
    return given.kind().value().equals(kind)
        && given.column().map(WithPlace::value).filter(named -> !named.equals(name)).isEmpty()
        && given.file().map(WithPlace::value).filter(named -> !named.equals(file)).isEmpty();
  }

  /** The table of a data file: {@code data/visits.csv} or {@code data/visits/part-00000.csv}. */
  private static String table(String file) {
    String inside = file.startsWith("data/") ? file.substring("data/".length()) : file;
    return inside.split("[/.]", 2)[0];
  }

  /**
   * Applies the rule of the job for findings.
   *
   * @throws ProblemException category DISCLOSURE_CHECK when something was found that no person
   *     acknowledged, and the job blocks that
   */
  void check(ScanReport report) {
    List<ScanReport.Finding> open = report.open();
    if (plan.rule().onFinding() == OnFinding.BLOCK) {
      refuse(open);
    }
    problems(open, "").forEach(progress::problem);
    unused(report.findings()).forEach(progress::problem);
  }

  /**
   * Refuses a release with findings that no person acknowledged.
   *
   * @throws ProblemException category DISCLOSURE_CHECK
   */
  static void refuse(List<ScanReport.Finding> open) {
    if (!open.isEmpty()) {
      throw new ProblemException(
          Category.DISCLOSURE_CHECK,
          problems(open, "; nothing was released").stream().map(ScanGate::error).toList());
    }
  }

  private static Problem error(Problem found) {
    return Problem.error(found.code(), found.place(), found.message(), found.hint());
  }

  /** Findings as warnings, the first {@value #SHOWN} of them. */
  static List<Problem> problems(List<ScanReport.Finding> open, String outcome) {
    List<Problem> problems = new ArrayList<>();
    for (ScanReport.Finding finding : open.subList(0, Math.min(open.size(), SHOWN))) {
      problems.add(
          Problem.warning(
              "SCAN_FINDING", Place.of(finding.file()), words(finding) + outcome, hint(finding)));
    }
    if (open.size() > SHOWN) {
      problems.add(
          Problem.warning(
              "SCAN_FINDING",
              Place.of("release"),
              CountWords.of(open.size() - SHOWN, "more finding") + outcome,
              "consentry scan lists all of them"));
    }
    return problems;
  }

  /** A finding in words, without a value. */
  static String words(ScanReport.Finding finding) {
    String where = finding.column().isEmpty() ? "the name" : "'" + finding.column() + "'";
    String row = finding.firstRow() == 0 ? "" : ", the first in row " + finding.firstRow();
    String places = CountWords.of(finding.places(), "place") + row;
    String found = " (" + finding.kind() + ") in " + places;
    return switch (Finding.Evidence.valueOf(EnumWord.name(finding.evidence()))) {
      case IDENTIFIER -> where + " has an identifier of a person of the source" + found;
      case PATTERN -> where + " has what looks like an identifier" + found;
      case LIMIT -> where + " has more than the target allows" + found;
      case NOT_SEARCHED -> "the file could not be searched (" + finding.kind() + ")";
    };
  }

  private static String hint(ScanReport.Finding finding) {
    String table = table(finding.file());
    String name =
        finding.file().startsWith("data/") && !finding.column().isEmpty()
            ? "column: " + table + "." + finding.column()
            : "file: " + finding.file();
    return "change the mapping; or acknowledge it in the job under scan: acknowledge: [{"
        + name
        + ", kind: "
        + finding.kind()
        + ", reason: ..., by: ..., until: ...}]";
  }

  /** Answers to what was not found. */
  private List<Problem> unused(List<ScanReport.Finding> findings) {
    return plan.rule().acknowledge().stream()
        .filter(
            given ->
                findings.stream()
                    .noneMatch(found -> isAbout(given, found.file(), found.column(), found.kind())))
        .map(
            given ->
                Problem.warning(
                    "ACK_UNUSED",
                    given.kind().place(),
                    "the job acknowledges a finding that the scan does not have",
                    "remove it"))
        .toList();
  }
}
