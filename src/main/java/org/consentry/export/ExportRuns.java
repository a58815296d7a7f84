package org.consentry.export;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.consentry.export.seal.LastReleases;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.Staging;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.release.Approvals;

/**
 * Starts, resumes, approves and publishes runs. The run record is true whatever happens, and a
 * refusal is recorded in the ledger.
 */
public final class ExportRuns {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final StateSession session;
  private final StepTimes progress;
  private final RunGate gate;
  private final ExportEngine.Starter engines;
  private final String software;
  private final Accepted accepted;

  /**
   * The runs of a session.
   *
   * @param engines starts an engine when a run begins its work
   * @param software name and version of this program
   * @param accepted what the operator accepts that a run would refuse
   */
  public ExportRuns(
      StateSession session, ExportEngine.Starter engines, String software, Accepted accepted) {
    this.session = session;
    this.progress = new StepTimes(session.environment().progress(), session.environment().clock());
    this.gate = new RunGate(session.state(), session.ledger(), session.environment().clock());
    this.engines = engines;
    this.software = software;
    this.accepted = accepted;
  }

  /**
   * Starts a new run.
   *
   * @param replaces name of the job's earlier release that this run corrects; empty when it
   *     corrects none
   * @throws ProblemException what refused or ended the run; nothing was released then
   */
  public RunOutcome start(ExportPlan plan, String replaces) {
    session.requireClock();
    gate.requireKnownReleases(plan);
    requireReplaced(plan, replaces);
    try {
      RunKeys.require(plan.studyKey(), plan.signingKey());
      gate.requireAsReleased(plan, "");
      gate.requireSigner(plan);
      session.memberships().key();
      gate.requireApprovers(plan, session.operators());
      requireNoBreak(plan);
    } catch (ProblemException refused) {
      session.audit().refused("", plan.job().name(), plan.job().study().id(), refused);
      throw refused;
    }
    return work(newRecord(plan, replaces), plan);
  }

  private RunRecord newRecord(ExportPlan plan, String replaces) {
    byte[] suffix = new byte[2];
    new SecureRandom().nextBytes(suffix);
    String run =
        plan.job().name()
            + "-"
            + STAMP.format(session.instant())
            + "-"
            + HexFormat.of().formatHex(suffix);
    return new RunRecord(
        run,
        plan.job().name(),
        plan.job().study().id(),
        plan.jobFile().toAbsolutePath().toString(),
        plan.output().toString(),
        RunRecord.State.RUNNING,
        session.now(),
        session.now(),
        plan.referenceDate().toString(),
        replaces,
        plan.digest(),
        "",
        "",
        0,
        Map.of(),
        session.operators());
  }

  /**
   * The plan of a run that began earlier.
   *
   * @throws ProblemException category FILES_INVALID or AUTHORITY, as {@link Planner} refuses it;
   *     recorded in the ledger
   */
  public ExportPlan plan(RunRecord record) {
    try {
      Path job = Path.of(record.jobFile());
      ZoneId zone = ClinicZone.of(job, session.state());
      return Planner.plan(
          job, LocalDate.now(zone), LocalDate.parse(record.referenceDate()), Optional.of(zone));
    } catch (ProblemException refused) {
      session.audit().refused(record, refused);
      throw refused;
    }
  }

  /**
   * Resumes a run that failed, was stopped or was killed.
   *
   * @throws ProblemException what refused or ended the run; nothing was released then
   */
  public RunOutcome resume(RunRecord record, ExportPlan plan) {
    requireSamePlan(record, plan);
    RunRecord again =
        record.with(RunRecord.State.RUNNING, session.now(), "", 0).by(session.operators());
    try {
      gate.requireAsReleased(plan, "");
      gate.requireSigner(plan);
      gate.requireApprovers(plan, again.operators());
      requireNoBreak(plan);
    } catch (ProblemException refused) {
      session.audit().refused(record, refused);
      throw refused;
    }
    return work(again, plan);
  }

  /**
   * Publishes a run that was staged, when it has enough approvals.
   *
   * <p>When consent or the staging area changed, the approvers would have to look again. The run
   * has failed then, and resuming it makes another release. After any other refusal it stays
   * staged, with the approvals it has.
   *
   * @throws ProblemException what refused it; nothing was released then
   */
  public RunOutcome publish(RunRecord record, ExportPlan plan) {
    requireSamePlan(record, plan);
    progress.begin(record.run(), RunStep.ofPublication());
    ExportEngine engine = engines.start();
    try {
      gate.requireAsReleased(plan, record.run());
      gate.requireStudyKey(plan);
      gate.requireSigner(plan);
      ApprovedRelease release = new ApprovedRelease(plan, context(record, plan), approvals());
      return engine
          .publish(record.run(), release)
          .map(done -> published(timed(record), done))
          .orElseGet(() -> new RunOutcome(record, RunOutcome.STOPPED, Optional.empty()));
    } catch (ProblemException failed) {
      failed(
          record,
          failed.category() == Category.STALE ? RunRecord.State.FAILED : RunRecord.State.STAGED,
          failed);
      throw failed;
    } finally {
      progress.end();
    }
  }

  /**
   * Adds an approval to a staged run.
   *
   * @param signing makes the signature of the staged manifest's bytes
   * @throws ProblemException category AUTHORITY when the signature is none of an approver
   */
  public RunOutcome approve(RunRecord record, Function<byte[], SshSignature> signing) {
    session.requireClock();
    byte[] manifest = ApprovedRelease.manifest(staging(record));
    Approvals approvals = approvals();
    return staged(
        record,
        approvals.approve(approvals.staged(record.run()), manifest, signing.apply(manifest)));
  }

  private RunOutcome staged(RunRecord record, Approvals.Status approvals) {
    RunRecord staged =
        record.with(RunRecord.State.STAGED, session.now(), waiting(approvals), RunOutcome.STAGED);
    session.records().write(staged);
    return RunOutcome.of(staged, approvals);
  }

  private static String waiting(Approvals.Status approvals) {
    return approvals.words()
        + (approvals.isEnough() ? "; waits to be published" : "; waits for more");
  }

  private Approvals approvals() {
    return gate.approvals();
  }

  private static Staging staging(RunRecord record) {
    return Staging.of(Path.of(record.output()), record.run());
  }

  private RunOutcome work(RunRecord record, ExportPlan plan) {
    session.records().write(record);
    progress.begin(record.run(), RunStep.of(plan));
    progress.note("run " + record.run());
    progress.note("state folder " + session.state().home());
    ExportEngine engine = engines.start();
    try {
      Staging staging = Staging.of(plan.output(), record.run());
      staging.prepare();
      staging.requireRename(plan.output().resolve(plan.job().name()));
      RunKeys keys =
          RunKeys.open(
              session.state().home(),
              plan.job().study().id(),
              plan.studyKey(),
              plan.signingKey(),
              RunKeys.oneTimeFile(staging));
      Export export = new Export(plan, keys, context(record, plan));
      return engine
          .run(record.run(), export)
          .map(done -> ended(record, done))
          .orElseGet(() -> stopped(record));
    } catch (ProblemException failed) {
      failed(record, RunRecord.State.FAILED, failed);
      throw failed;
    } finally {
      progress.end();
    }
  }

  private RunOutcome ended(RunRecord record, Publication done) {
    RunRecord counted = timed(record.with(session.now(), done.counts()));
    return switch (done.state()) {
      case PUBLISHED -> published(counted, done);
      case UNCHANGED -> unchanged(counted, done);
      case STAGED -> {
        Approvals approvals = approvals();
        yield staged(
            counted,
            approvals.status(
                approvals.staged(record.run()), ApprovedRelease.manifest(staging(record))));
      }
    };
  }

  private RunOutcome published(RunRecord record, Publication done) {
    RunRecord published =
        record.published(
            session.now(), done.folder().toString(), RunOutcome.released(done.rejected()));
    session.records().write(published);
    return RunOutcome.of(published);
  }

  private RunOutcome unchanged(RunRecord record, Publication done) {
    RunRecord ended =
        record.unchanged(
            session.now(), done.folder().toString(), RunOutcome.released(done.rejected()));
    session.records().write(ended);
    return RunOutcome.of(ended);
  }

  private RunRecord timed(RunRecord record) {
    return progress.in(record, session.now());
  }

  private RunOutcome stopped(RunRecord record) {
    RunRecord stopped =
        timed(record)
            .with(
                RunRecord.State.STOPPED, session.now(), "stopped by a signal", RunOutcome.STOPPED);
    session.records().write(stopped);
    return RunOutcome.of(stopped);
  }

  /** Records a failure. When the disk refuses that too, it becomes a remark and hides nothing. */
  private void failed(RunRecord record, RunRecord.State next, ProblemException failed) {
    String message = failed.problems().get(0).toString();
    int exitCode = failed.category().exitCode();
    try {
      session.records().write(timed(record).with(next, session.now(), message, exitCode));
    } catch (ProblemException unwritten) {
      progress.problem(unwritten.problems().get(0));
    }
    session.audit().refused(record, failed);
  }

  private RunContext context(RunRecord record, ExportPlan plan) {
    return new RunContext(
        record.run(),
        session.operator(),
        record.operators(),
        Optional.of(record.replaces()).filter(name -> !name.isEmpty()),
        accepted,
        session.state(),
        Staging.of(plan.output(), record.run()),
        session.ledger(),
        session.publisher(),
        session.environment().clock(),
        plan.zone().orElseThrow(),
        software,
        progress);
  }

  /** Changes that may break a recipient's programs need a person's word before a row is read. */
  private void requireNoBreak(ExportPlan plan) {
    List<Problem> breaking = LastReleases.errors(plan, session.state(), session.ledger());
    if (!breaking.isEmpty() && accepted.breaking().isEmpty()) {
      throw new ProblemException(Category.DISCLOSURE_CHECK, breaking);
    }
  }

  private void requireSamePlan(RunRecord record, ExportPlan plan) {
    session.requireClock();
    gate.requireKnownReleases(plan);
    if (!plan.digest().equals(record.basis())) {
      ProblemException changed =
          ProblemException.of(
              Category.STALE,
              "PLAN_CHANGED",
              Place.of(plan.jobFile()),
              "job, mapping, lists or source columns changed since the run was started",
              "restore them, or abandon run " + record.run() + " and start another");
      session.audit().refused(record, changed);
      throw changed;
    }
  }

  /** A run that corrects a release names one that this study released to this recipient. */
  private void requireReplaced(ExportPlan plan, String replaces) {
    boolean known =
        replaces.isEmpty()
            || session
                .ledger()
                .release(plan.job().name(), replaces)
                .filter(entry -> entry.study().equals(plan.job().study().id()))
                .flatMap(entry -> entry.fact(LedgerFact.RECIPIENT))
                .filter(recipient -> recipient.equals(plan.job().recipient().id()))
                .isPresent();
    if (!known) {
      throw ProblemException.of(
          Category.USAGE,
          "UNKNOWN_RELEASE",
          Place.of("--replaces"),
          "the job has no release of that name for this study and recipient",
          "consentry list shows the releases of this state folder");
    }
  }
}
