package org.consentry.followup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.consent.ConsentDecisions;
import org.consentry.data.Sha256;
import org.consentry.data.SubjectKeys;
import org.consentry.export.CurrentConsent;
import org.consentry.export.RestrictionMemory;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.Memberships.Published;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * What consent permits at one moment under the jobs that releases were made by. Each job is decided
 * once. Not thread-safe.
 */
final class TodaysConsent {

  private final RestrictionMemory memory;
  private final Instant now;
  private final ZoneId zone;
  private final List<ExportPlan> given;
  private final Map<String, Decided> judgements = new HashMap<>();
  private final Map<String, Judged> judged = new TreeMap<>();

  /** See {@link RecallRun}. */
  TodaysConsent(RestrictionMemory memory, Instant now, ZoneId zone, List<Path> jobs) {
    this.memory = memory;
    this.now = now;
    this.zone = zone;
    this.given = jobs.stream().map(this::plan).toList();
  }

  /** What consent permits under one job. */
  record Decided(
      ExportPlan plan, SubjectKeys keys, ConsentDecisions decisions, CurrentConsent consent) {

    /** Digest of the consent lines, 64 hexadecimal digits. */
    String consentSha256() {
      return consent.consentSha256().substring(Sha256.PREFIX.length());
    }
  }

  /** Restrictions of patients whom no subjects table of the jobs knows, as errors. */
  List<Problem> unknown() {
    return judgements.values().stream()
        .flatMap(decided -> decided.consent().unknown().stream())
        .distinct()
        .toList();
  }

  /**
   * What consent permits today under the job of a release.
   *
   * @throws ProblemException category FILES_INVALID when the job is missing, is not as it was, or
   *     cannot be used
   */
  Decided of(Published release) {
    ExportPlan plan = plan(release);
    String known = path(plan.jobFile());
    Decided judgement = judgements.get(known);
    if (judgement == null) {
      judgement = judge(plan);
      judgements.put(known, judgement);
    }
    judged.merge(known, judged(judgement, release), Judged::with);
    return judgement;
  }

  /**
   * The job as it was when it made a release: of several files with its name the one that asks the
   * same, those that a person named before the one that made it.
   */
  private ExportPlan plan(Published release) {
    List<ExportPlan> named =
        given.stream().filter(plan -> plan.jobName().equals(release.entry().job())).toList();
    Optional<ExportPlan> same =
        named.stream().filter(plan -> differences(plan, release).isEmpty()).findFirst();
    if (same.isPresent()) {
      return same.get();
    }
    Path file = Path.of(release.fact(LedgerFact.JOB_FILE));
    if (named.isEmpty() || Files.isRegularFile(file)) {
      Decided known = judgements.get(path(file));
      ExportPlan plan = known == null ? plan(file, release) : known.plan();
      if (named.isEmpty() || differences(plan, release).isEmpty()) {
        requireSame(plan, release);
        return plan;
      }
    }
    requireSame(named.get(0), release);
    return named.get(0);
  }

  private static String path(Path file) {
    return file.toAbsolutePath().normalize().toString();
  }

  /** By what releases were judged, in the order of their job files. */
  List<Judged> judged() {
    return List.copyOf(judged.values());
  }

  private Judged judged(Decided judgement, Published release) {
    ExportPlan plan = judgement.plan();
    return new Judged(
        plan.jobFile(),
        plan.consents().identity(),
        judgement.consentSha256(),
        judgement.decisions().flow().lines(),
        now.atZone(plan.zone().orElse(zone)),
        List.of(release.entry().job() + "/" + release.name()));
  }

  private ExportPlan plan(Path file, Published release) {
    if (!Files.isRegularFile(file)) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          "JOB_GONE",
          Place.of(file),
          "the job that made release " + name(release) + " is not there, so it was not judged",
          "name the job file where it is now: consentry recall JOB");
    }
    return plan(file);
  }

  private ExportPlan plan(Path job) {
    return Planner.afterwards(job, LocalDate.ofInstant(now, zone), Optional.of(zone));
  }

  private Decided judge(ExportPlan plan) {
    CurrentConsent consent =
        CurrentConsent.decide(plan, LocalDateTime.ofInstant(now, plan.zone().orElse(zone)), memory);
    SubjectKeys keys = consent.subjects();
    if (keys.size() == 0) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          "NO_SUBJECTS",
          Place.of(plan.subjectsFile()),
          "the subjects table has no patient, so nothing is recalled by it",
          "put the table back; if every patient is gone, write to the recipients by hand");
    }
    return new Decided(plan, keys, consent.decisions(), consent);
  }

  /**
   * A job that asks something else of consent, or another file, is no measure of the consent under
   * which the release was made. Facts that an entry does not have are not compared.
   */
  private static void requireSame(ExportPlan plan, Published release) {
    List<String> other = differences(plan, release);
    if (!other.isEmpty()) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          "JOB_CHANGED",
          Place.of(plan.jobFile()),
          "the job is not as it was when release "
              + name(release)
              + " was made, so the release was not judged; it has another "
              + String.join(" and ", other),
          "keep a copy of the job as it was then beside it, and name that: consentry recall COPY");
    }
  }

  private static List<String> differences(ExportPlan plan, Published release) {
    Map<String, Boolean> same = new LinkedHashMap<>();
    same.put("study", plan.studyId().equals(release.entry().study()));
    same.put("recipient", plan.recipientId().equals(release.fact(LedgerFact.RECIPIENT)));
    same.put("purpose", isKept(release, LedgerFact.PURPOSE, plan.purpose()));
    same.put("legal basis", isKept(release, LedgerFact.LEGAL_BASIS, plan.legalBasis()));
    if (!same.containsValue(false)) {
      same.put(
          "question to consent", isKept(release, LedgerFact.REQUEST_SHA256, plan.requestDigest()));
    }
    // a clinic may move with its job, or a job without its clinic
    same.put(
        "file of consent lines",
        isKept(release, LedgerFact.CONSENT_FILE, plan.consents().identity())
            || isKept(release, LedgerFact.CONSENT_NAME, plan.consentName()));
    return same.entrySet().stream().filter(one -> !one.getValue()).map(Map.Entry::getKey).toList();
  }

  private static boolean isKept(Published release, LedgerFact fact, String value) {
    String kept = release.fact(fact);
    return kept.isEmpty() || kept.equals(value);
  }

  private static String name(Published release) {
    return release.entry().job() + "/" + release.name();
  }
}
