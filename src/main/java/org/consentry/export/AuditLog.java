package org.consentry.export;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.consentry.config.JobFile;
import org.consentry.data.Codes;
import org.consentry.data.IdRule;
import org.consentry.keys.StudyKey;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.RunRecord;
import org.consentry.plan.ExportPlan;
import org.consentry.problem.Category;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;
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
    String codes =
        why.problems().stream()
            .filter(problem -> problem.severity().refuses())
            .map(Problem::code)
            .distinct()
            .limit(MOST_CODES)
            .collect(Collectors.joining(" "));
    int exitCode = why.category().exitCode();
    try {
      publisher.note(LedgerEvent.refused(run, job, study, operator, exitCode, codes));
    } catch (ProblemException unwritten) {
      remarks.accept(unwritten.problems().get(0).toString());
    }
  }

  /** Records that a job was refused before it had a run, unless its file cannot be read. */
  public void refused(Path job, ProblemException why) {
    JobFile.read(job, job.toString(), new Problems())
        .map(JobFile::job)
        .ifPresent(words -> refused("", words.name(), words.study().id(), why));
  }

  void refused(RunRecord record, ProblemException why) {
    refused(record.run(), record.job(), record.study(), why);
  }

  /** Records that a run was abandoned. */
  void abandoned(RunRecord record) {
    publisher.note(LedgerEvent.abandoned(record));
  }

  /** Records that a person accepts the clock, and why. */
  void clockAccepted(String reason) {
    publisher.note(LedgerEvent.clockAccepted(operator, reason));
  }

  /** Records that a patient was explained. The patient is recorded under the study's key only. */
  public void explained(ExportPlan plan, String patient) {
    StudyKey key = StudyKey.read(plan.studyKey());
    String study = plan.job().study().id();
    byte[] id = IdRule.normalize(patient).getBytes(StandardCharsets.UTF_8);
    String subject = Codes.keyed(key.pseudonyms(study, "ledger"), id);
    publisher.note(LedgerEvent.explained(plan.job().name(), study, operator, subject));
  }

  /**
   * Records that a person is about to see rows of the source as a job would release them.
   *
   * @param rows how many, in all tables
   */
  void sampled(ExportPlan plan, int rows) {
    publisher.note(LedgerEvent.sampled(plan.job().name(), plan.job().study().id(), operator, rows));
  }

  /**
   * Records that the disclosures of a patient were accounted for.
   *
   * @param subject the patient under the ledger's key
   * @param since first day of the account
   * @param pageSha256 digest of the page for the patient; empty when none was made
   */
  public void accounted(String subject, LocalDate since, Optional<String> pageSha256) {
    publisher.note(LedgerEvent.accounted(operator, subject, since, pageSha256));
  }
}
