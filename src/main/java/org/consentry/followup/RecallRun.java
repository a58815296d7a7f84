package org.consentry.followup;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.consentry.consent.DaySpan;
import org.consentry.consent.Grants;
import org.consentry.data.Exclusion;
import org.consentry.export.RestrictionMemory;
import org.consentry.ledger.HandOvers;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.Membership;
import org.consentry.ledger.MembershipHead;
import org.consentry.ledger.Memberships;
import org.consentry.ledger.Memberships.Published;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.Category;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * Compares every published release with today's consent, under the job it was made by. A patient is
 * recalled whose permission is gone, who no longer appears in the records, or whose consent no
 * longer covers a released record. A patient who only left the cohort is not: that is no matter of
 * consent.
 *
 * <p><b>Security promise:</b> lists have codes of their own release and no id; messages have
 * neither.
 */
public final class RecallRun {

  /** Why a patient is recalled who does not appear in the records any more. */
  public static final String VANISHED = "NOT_IN_THE_RECORDS";

  /** Why a patient is recalled of whom some records are still covered. */
  public static final String NARROWED = "NARROWED";

  private final Memberships memberships;
  private final TodaysConsent consent;
  private final List<RecallList> lists = new ArrayList<>();
  private final RecallFailures undone = new RecallFailures();

  /**
   * A recall at one moment.
   *
   * @param memberships who is in the releases
   * @param memory what runs read of restrictions; a release is not judged where some may be missing
   * @param now the moment of decision
   * @param zone the time zone of jobs that name none
   * @param jobs job files in place of those that releases were made by and that moved since
   * @throws ProblemException when one of the jobs cannot be used
   */
  public RecallRun(
      Memberships memberships,
      RestrictionMemory memory,
      Instant now,
      ZoneId zone,
      List<Path> jobs) {
    this.memberships = memberships;
    this.consent = new TodaysConsent(memory, now, zone, jobs);
  }

  /**
   * What came of it.
   *
   * @param lists what must be removed, the oldest release first
   * @param problems why other releases could not be judged; none when all were
   * @param category the gravest of what the problems are
   * @param judged the jobs and consent files by which the others were judged
   */
  public record Outcome(
      List<RecallList> lists, List<Problem> problems, Category category, List<Judged> judged) {
    public Outcome {
      judged = List.copyOf(judged);
      lists = List.copyOf(lists);
      problems = List.copyOf(problems);
    }
  }

  /**
   * Judges every release for research that is out and not confirmed to be destroyed. A restriction
   * whose patient is not known is a problem beside the lists: it is not known whom it takes out.
   */
  public Outcome judge() {
    return judge(release -> true);
  }

  private static boolean isOfResearch(Published release) {
    return AccountingBasis.of(release.fact(LedgerFact.LEGAL_BASIS)).isResearch();
  }

  /** The same for some of the releases. */
  public Outcome judge(Predicate<Published> wanted) {
    HandOvers handOvers = memberships.handOvers();
    for (Published release : memberships.published()) {
      if (isOfResearch(release)
          && wanted.test(release)
          && !handOvers.isDestroyed(release.entry().run())) {
        try {
          list(release, memberships.of(release)).ifPresent(lists::add);
        } catch (ProblemException unjudged) {
          undone.add(unjudged);
        }
      }
    }
    if (!consent.unknown().isEmpty()) {
      undone.add(new ProblemException(Category.FILES_INVALID, consent.unknown()));
    }
    return new Outcome(lists, undone.problems(), undone.category(), consent.judged());
  }

  /**
   * Judges one release.
   *
   * @throws ProblemException when it cannot be judged, or a restriction names a patient who is not
   *     known
   */
  Judgement judge(Published release) {
    Optional<RecallList> list = list(release, memberships.of(release));
    TodaysConsent.Decided decided = consent.of(release);
    decided.consent().requireKnown();
    return new Judgement(decided.plan(), list);
  }

  /**
   * What came of one release.
   *
   * @param plan the job that made it, as it is now
   * @param list what must be removed; empty when consent still covers all of it
   */
  record Judgement(ExportPlan plan, Optional<RecallList> list) {}

  private Optional<RecallList> list(Published release, Membership membership) {
    TodaysConsent.Decided judgement = consent.of(release);
    int[] today = memberships.subjects(membership, judgement.keys());
    Set<RecallLine> lines = new LinkedHashSet<>();
    Map<String, Integer> reasons = new TreeMap<>();
    int patients = 0;
    for (int member = 0; member < membership.size(); member++) {
      Lost lost = lost(judgement, membership, member, today[member]);
      if (!lost.lines().isEmpty()) {
        lines.addAll(lost.lines());
        reasons.merge(lost.reason(), 1, Integer::sum);
        patients++;
      }
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    List<RecallLine> ordered =
        membership.head().codes().isEmpty()
            ? List.of(RecallLine.everything(RecallLine.EVERY_CODE))
            : lines.stream().sorted(RecallLine.ORDER).toList();
    return Optional.of(
        new RecallList(
            release, membership.head(), ordered, patients, reasons, judgement.plan().signingKey()));
  }

  private record Lost(String reason, List<RecallLine> lines) {}

  private static Lost lost(
      TodaysConsent.Decided judgement, Membership membership, int member, int subject) {
    if (subject < 0) {
      return everything(VANISHED, membership, member);
    }
    byte exclusion = judgement.decisions().exclusionCode(subject);
    if (exclusion != 0) {
      return everything(Exclusion.ofCode(exclusion).name(), membership, member);
    }
    Grants then = Grants.of(membership.grants(member));
    Grants now = judgement.decisions().grants(subject).orElseThrow();
    if (then.equals(now)) {
      return new Lost(NARROWED, List.of());
    }
    return narrowed(new NarrowedConsent(then, now), membership, member);
  }

  private static Lost narrowed(NarrowedConsent narrowing, Membership membership, int member) {
    MembershipHead head = membership.head();
    List<RecallLine> lines = new ArrayList<>();
    for (int table = 0; table < head.tables().size(); table++) {
      int first = membership.first(member, table);
      int last = membership.last(member, table);
      if (first > last) {
        continue;
      }
      MembershipHead.Table released = head.tables().get(table);
      if (narrowing.endsEverything(released)) {
        return everything(NARROWED, membership, member);
      }
      for (String code : codes(membership, member, released.name())) {
        lines.addAll(narrowing.of(released, code, new DaySpan(first, last)));
      }
    }
    lines.addAll(computed(lines, membership, member));
    return new Lost(NARROWED, lines);
  }

  /** A row that is computed of records of which some must go is no longer true, and goes. */
  private static List<RecallLine> computed(
      List<RecallLine> lost, Membership membership, int member) {
    return membership.head().computed().stream()
        .filter(table -> lost.stream().anyMatch(line -> table.from().contains(line.table())))
        .flatMap(
            table ->
                codes(membership, member, table.name()).stream()
                    .map(code -> RecallLine.rows(code, table.name())))
        .toList();
  }

  private static Lost everything(String reason, Membership membership, int member) {
    return new Lost(
        reason, codes(membership, member, "").stream().map(RecallLine::everything).toList());
  }

  /**
   * The codes the recipient finds a patient by in a table, or all of the patient's when none is in
   * it.
   */
  private static List<String> codes(Membership membership, int member, String table) {
    List<String> all = new ArrayList<>();
    List<String> here = new ArrayList<>();
    for (int code = 0; code < membership.head().codes().size(); code++) {
      Optional<String> text = membership.code(member, code);
      text.ifPresent(all::add);
      if (membership.head().codes().get(code).columns().stream()
          .anyMatch(column -> column.startsWith(table + "."))) {
        text.ifPresent(here::add);
      }
    }
    List<String> codes = here.isEmpty() ? all : here;
    return codes.isEmpty() ? List.of(RecallLine.EVERY_CODE) : codes;
  }
}
