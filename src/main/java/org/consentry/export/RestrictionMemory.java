package org.consentry.export;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.consentry.consent.ConsentReadResult;
import org.consentry.consent.RestrictionDigest;
import org.consentry.export.decide.RestrictionCheck;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.LedgerFact.Accepted;
import org.consentry.ledger.RestrictionRecord;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;

/**
 * What a state folder remembers of restrictions, and whether that can be complete. It is not where
 * nothing is remembered of a study that released, and not in a state folder that was restored from
 * a backup, until a person accepts that with a reason.
 *
 * @param state the installation's state folder
 * @param ledger its record of disclosures
 * @param acceptance what a person accepts that would be refused
 */
public record RestrictionMemory(StateFolder state, Ledger ledger, Acceptance acceptance) {

  /**
   * A person's word that restrictions are missing on purpose, or are known to be there.
   *
   * @param run the run it belongs to; empty when it belongs to none
   * @param operator who gives it, as the operating system names the person
   * @param reason why; empty when nothing is accepted
   * @param ledger records it before the memory changes
   * @param remarks shows what was accepted
   */
  public record Acceptance(
      String run,
      String operator,
      Optional<String> reason,
      Consumer<LedgerEvent> ledger,
      Consumer<String> remarks) {

    /** Nothing is accepted. */
    public static final Acceptance NONE =
        new Acceptance("", "", Optional.empty(), event -> {}, words -> {});
  }

  /** The memory of a state folder, for one who accepts nothing. */
  public RestrictionMemory(StateFolder state, Ledger ledger) {
    this(state, ledger, Acceptance.NONE);
  }

  /** What runs have read. */
  public RestrictionRecord record() {
    return new RestrictionRecord(state, ledger.key());
  }

  /** Identifies restrictions as they are remembered. */
  public RestrictionDigest digests() {
    return RestrictionDigest.keyed(ledger.key().restrictions());
  }

  /**
   * Why restrictions of a study may be missing from the memory.
   *
   * @return errors; none when the memory is complete
   * @throws ProblemException category VERIFY when the memory was changed, TEMPORARY when it cannot
   *     be read
   */
  public List<Problem> doubts(String study) {
    List<Problem> doubts = new ArrayList<>();
    if (isForgotten(study)) {
      doubts.add(
          Problem.error(
              "RESTRICTIONS_FORGOTTEN",
              Place.of(state.restrictions()),
              "the study has released before, but what its runs read of restrictions is not there",
              "restore the folder from its newest backup; where that cannot be, consentry run"
                  + " --accept-missing-restrictions REASON"));
    }
    restored(study)
        .ifPresent(
            restored ->
                doubts.add(
                    Problem.error(
                        "RESTRICTIONS_OLD",
                        Place.of(state.restrictions()),
                        "the state folder was restored from a backup of "
                            + restored.fact(LedgerFact.BACKUP).orElse("an unknown moment")
                            + ", so denials and withdrawals that runs read after it are not"
                            + " remembered",
                        "make sure that the consent lines of study "
                            + study
                            + " have every denial and withdrawal, then once add"
                            + " --accept-missing-restrictions REASON to consentry run or consentry"
                            + " recall --study "
                            + study)));
    return doubts;
  }

  private boolean isForgotten(String study) {
    return record().of(RestrictionCheck.subject(study)).isEmpty()
        && ledger.lastPublished(study).isPresent();
  }

  /** The newest restoration, unless a person accepted for the study what is missing since. */
  private Optional<LedgerEntry> restored(String study) {
    Optional<LedgerEntry> restored = Optional.empty();
    for (LedgerEntry entry : ledger.entries()) {
      if (entry.kind() == LedgerEntry.Kind.RESTORED) {
        restored = Optional.of(entry);
      } else if (entry.study().equals(study)
          && entry.fact(LedgerFact.ACCEPTED).equals(Optional.of(Accepted.RESTRICTIONS.name()))) {
        restored = Optional.empty();
      }
    }
    return restored;
  }

  /**
   * Remembers what a run read, whatever becomes of the run.
   *
   * @throws ProblemException category FILES_INVALID when a restriction is missing or may be, and no
   *     person accepts that
   */
  public void requireAndKeep(ExportPlan plan, ConsentReadResult reading) {
    RestrictionCheck check = new RestrictionCheck(record(), plan, reading);
    List<Problem> problems = problems(check, plan);
    boolean isRefused = !problems.isEmpty() && acceptance.reason().isEmpty();
    if (isRefused && !isForgotten(plan.studyId())) { // else the next run would not notice it
      check.add();
    }
    requireAccepted(plan, reading, problems);
    check.keep();
  }

  /**
   * Compares what was read apart from a run. It is remembered only where a person accepts what is
   * missing.
   *
   * @throws ProblemException as {@link #requireAndKeep}
   */
  public void require(ExportPlan plan, ConsentReadResult reading) {
    RestrictionCheck check = new RestrictionCheck(record(), plan, reading);
    List<Problem> problems = problems(check, plan);
    requireAccepted(plan, reading, problems);
    if (!problems.isEmpty()) {
      check.keep();
    }
  }

  private List<Problem> problems(RestrictionCheck check, ExportPlan plan) {
    List<Problem> problems = new ArrayList<>(check.missing());
    problems.addAll(doubts(plan.studyId()));
    return problems;
  }

  private void requireAccepted(ExportPlan plan, ConsentReadResult reading, List<Problem> problems) {
    if (problems.isEmpty()) {
      return;
    }
    if (acceptance.reason().isEmpty()) {
      throw new ProblemException(Category.FILES_INVALID, problems);
    }
    accept(plan, reading, problems);
  }

  private void accept(ExportPlan plan, ConsentReadResult reading, List<Problem> problems) {
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    facts.put(LedgerFact.ASKED_BY, acceptance.operator());
    facts.put(LedgerFact.ACCEPTED, Accepted.RESTRICTIONS.name());
    facts.put(LedgerFact.REASON, acceptance.reason().orElseThrow());
    facts.put(LedgerFact.CONSENT, reading.sha256());
    facts.put(
        LedgerFact.MISSING,
        problems.stream()
            .map(problem -> problem.code() + " " + problem.message())
            .collect(Collectors.joining("\n")));
    acceptance
        .ledger()
        .accept(
            new LedgerEvent(
                LedgerEntry.Kind.ACCEPTED,
                acceptance.run(),
                plan.jobName(),
                plan.studyId(),
                facts));
    problems.forEach(
        problem ->
            acceptance.remarks().accept("accepted: " + problem.code() + " " + problem.message()));
  }
}
