package org.consentry.export;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.consentry.data.IdRule;
import org.consentry.keys.Codes;
import org.consentry.keys.StudyKey;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.RunRecord;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.Category;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.release.Publisher;

/** Records in the ledger what was asked and refused besides publications. */
public final class AuditLog {

  private static final int MOST_CODES = 20;

  private final Publisher publisher;
  private final String operator;
  private final Consumer<String> remarks;

  AuditLog(Publisher publisher, String operator, Consumer<String> remarks) {
    this.publisher = publisher;
    this.operator = operator;
    this.remarks = remarks;
  }

  /**
   * Records that a run was refused: what, when, which study, which exit code. A failure that may
   * pass when the run is tried again is no refusal. When the ledger cannot be written, that becomes
   * a remark, so that it does not hide why the run was refused.
   *
   * @param run id of the run; empty when it was refused before it had one
   */
  public void refused(String run, String job, String study, ProblemException why) {
    if (why.category() == Category.TEMPORARY || why.category() == Category.LOCKED) {
      return;
    }
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    facts.put(LedgerFact.ASKED_BY, operator);
    facts.put(LedgerFact.EXIT_CODE, Integer.toString(why.category().exitCode()));
    facts.put(
        LedgerFact.CODES,
        why.problems().stream()
            .filter(problem -> problem.severity().refuses())
            .map(Problem::code)
            .distinct()
            .limit(MOST_CODES)
            .collect(Collectors.joining(" ")));
    try {
      publisher.note(LedgerEntry.Kind.REFUSED, run, job, study, facts);
    } catch (ProblemException unwritten) {
      remarks.accept(unwritten.problems().get(0).toString());
    }
  }

  void refused(RunRecord record, ProblemException why) {
    refused(record.run(), record.job(), record.study(), why);
  }

  /** Records that a run was abandoned. */
  void abandoned(RunRecord record) {
    publisher.note(
        LedgerEntry.Kind.ABANDONED, record.run(), record.job(), record.study(), Map.of());
  }

  /** Records that a person accepts the clock, and why. */
  void clockAccepted(String reason) {
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    facts.put(LedgerFact.ACCEPTED, LedgerFact.Accepted.CLOCK.name());
    facts.put(LedgerFact.REASON, reason);
    facts.put(LedgerFact.ASKED_BY, operator);
    publisher.note(LedgerEntry.Kind.ACCEPTED, "", "", "", facts);
  }

  /** Records that a patient was explained. The patient is recorded under the study's key only. */
  public void explained(ExportPlan plan, String patient) {
    StudyKey key = StudyKey.read(plan.studyKey());
    String study = plan.job().study().id();
    byte[] id = IdRule.normalize(patient).getBytes(StandardCharsets.UTF_8);
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    facts.put(LedgerFact.ASKED_BY, operator);
    facts.put(LedgerFact.SUBJECT, Codes.keyed(key.pseudonyms(study, "ledger"), id));
    publisher.note(LedgerEntry.Kind.EXPLAINED, "", plan.job().name(), study, facts);
  }

  /**
   * Records that the disclosures of a patient were accounted for.
   *
   * @param subject the patient under the ledger's key
   * @param since first day of the account
   */
  public void accounted(String subject, LocalDate since) {
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    facts.put(LedgerFact.ASKED_BY, operator);
    facts.put(LedgerFact.SUBJECT, subject);
    facts.put(LedgerFact.SINCE, since.toString());
    publisher.note(LedgerEntry.Kind.ACCOUNTED, "", "", "", facts);
  }
}
