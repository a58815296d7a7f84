package org.consentry.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.SigningKey;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.testing.SmallClinic;
import org.consentry.testing.SmallClinic.Basis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The record of a run is true however the run ends, and a refusal is in the ledger. */
final class ExportRunsTest {

  @TempDir private Path root;
  private SmallClinic clinic;
  private Path job;

  @BeforeEach
  void clinic() throws IOException {
    clinic = new SmallClinic(root).patients(1, 20);
    job = clinic.job("visits", "a", "uni", Basis.DE_IDENTIFIED);
    Files.writeString(job, "zone: UTC\n", StandardOpenOption.APPEND);
  }

  /** Runs the stages on the calling thread, or what a test gives instead. */
  private static final class PlainEngine implements ExportEngine {
    private final PlainWorkers workers = new PlainWorkers();
    private final Runnable beforeSealing;
    private boolean isStopped;

    PlainEngine(Runnable beforeSealing) {
      this.beforeSealing = beforeSealing;
    }

    @Override
    public Optional<Publication> run(String run, ExportStages<?, ?, ?, ?> stages) {
      return stages(stages);
    }

    private <D, E, P, S> Optional<Publication> stages(ExportStages<D, E, P, S> stages) {
      P tables = stages.sort(stages.extract(stages.decide(workers), workers), workers);
      beforeSealing.run();
      return isStopped
          ? Optional.empty()
          : Optional.of(stages.publish(stages.seal(tables, workers)));
    }

    @Override
    public Optional<Publication> publish(String run, ApprovedRelease release) {
      return Optional.of(release.publish());
    }
  }

  private ExportPlan plan() {
    LocalDate today = clinic.now().toLocalDate();
    return Planner.plan(job, today, today, Optional.of(ZoneOffset.UTC));
  }

  private RunRecord newest() {
    return new RunRecords(clinic.state()).all().get(0);
  }

  private void runs(ExportEngine engine, Consumer<ExportRuns> work) {
    try (StateSession session = StateSession.open(Environments.of(clinic))) {
      work.accept(new ExportRuns(session, () -> engine, "test", Accepted.NOTHING));
    }
  }

  @Test
  void recordsAPublishedRunWithItsReleaseAndCounts() {
    runs(
        new PlainEngine(() -> {}),
        runs -> {
          RunOutcome outcome = runs.start(plan(), "");
          assertThat(outcome.exitCode()).isZero();
          assertThat(outcome.approvals()).isEmpty();
        });

    assertThat(newest().state()).isEqualTo(RunRecord.State.PUBLISHED);
    assertThat(Path.of(newest().release()).resolve("manifest.json")).isRegularFile();
    assertThat(newest().counts()).containsEntry("subjects released", 20L);
  }

  @Test
  void recordsAFailedRunWithTheFirstProblem() {
    ProblemException failure =
        ProblemException.of(Category.STALE, "CHANGED", Place.of("a.csv"), "changed", "resume");

    runs(
        new PlainEngine(
            () -> {
              throw failure;
            }),
        runs -> assertThatThrownBy(() -> runs.start(plan(), "")).isSameAs(failure));

    assertThat(newest().state()).isEqualTo(RunRecord.State.FAILED);
    assertThat(newest().message()).isEqualTo("a.csv: error CHANGED changed; resume");
    assertThat(newest().exitCode()).isEqualTo(Category.STALE.exitCode());
  }

  @Test
  void aRecordThatCannotBeWrittenDoesNotHideWhyTheRunFailed() {
    ProblemException failure =
        ProblemException.of(Category.TEMPORARY, "DISK", Place.of("a.csv"), "full", "free space");

    runs(
        new PlainEngine(
            () -> {
              closeFolderOfRecords();
              throw failure;
            }),
        runs -> assertThatThrownBy(() -> runs.start(plan(), "")).isSameAs(failure));
  }

  /** Puts a file in the place of the folder, as if the disk refused to write. */
  private void closeFolderOfRecords() {
    try {
      Files.move(clinic.state().runs(), root.resolve("earlier-runs"));
      Files.createFile(clinic.state().runs());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void resumesAStoppedRunWithoutWorkingTwice() {
    PlainEngine first = new PlainEngine(() -> {});
    first.isStopped = true;
    runs(first, runs -> assertThat(runs.start(plan(), "").exitCode()).isEqualTo(143));
    assertThat(newest().state()).isEqualTo(RunRecord.State.STOPPED);
    PlainEngine second = new PlainEngine(() -> {});

    runs(second, runs -> assertThat(runs.resume(newest(), plan()).exitCode()).isZero());

    assertThat(first.workers.begun()).isNotEmpty();
    assertThat(second.workers.begun()).isEmpty();
    assertThat(newest().state()).isEqualTo(RunRecord.State.PUBLISHED);
  }

  @Test
  void refusesToResumeUnderAnotherPlan() throws IOException {
    PlainEngine first = new PlainEngine(() -> {});
    first.isStopped = true;
    runs(first, runs -> runs.start(plan(), ""));
    Path mapping = root.resolve("mappings/years.yaml");
    Files.writeString(
        mapping, Files.readString(mapping).replace("description: a small", "description: another"));

    runs(
        new PlainEngine(() -> {}),
        runs ->
            assertThatThrownBy(() -> runs.resume(newest(), runs.plan(newest())))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("error PLAN_CHANGED")
                .extracting(refused -> ((ProblemException) refused).category())
                .isEqualTo(Category.STALE));
    assertThat(newest().state()).isEqualTo(RunRecord.State.STOPPED);
  }

  @Test
  void refusesToReplaceAReleaseThatTheJobDoesNotHave() {
    runs(
        new PlainEngine(() -> {}),
        runs ->
            assertThatThrownBy(() -> runs.start(plan(), "2026-11-01-r1"))
                .isInstanceOf(ProblemException.class)
                .hasMessage(
                    "--replaces: error UNKNOWN_RELEASE the job has no release of that name for this"
                        + " study and recipient; consentry list shows the releases of this state"
                        + " folder"));
    assertThat(new RunRecords(clinic.state()).all()).isEmpty();
  }

  @Test
  void refusesARunWithoutItsSigningKeyBeforeItHasARecord() throws IOException {
    Files.delete(root.resolve("keys/signing.pem"));

    runs(
        new PlainEngine(() -> {}),
        runs ->
            assertThatThrownBy(() -> runs.start(plan(), ""))
                .isInstanceOf(ProblemException.class)
                .extracting(refused -> ((ProblemException) refused).category())
                .isEqualTo(Category.KEY));

    assertThat(new RunRecords(clinic.state()).all()).isEmpty();
  }

  @Test
  void reportsRejectedRowsByTheExitCode() throws IOException {
    Files.writeString(job, "rejects: {share: 0.1}\n", StandardOpenOption.APPEND);
    Files.writeString(root.resolve("clinic/visits.csv"), "V-9,few\n", StandardOpenOption.APPEND);

    runs(
        new PlainEngine(() -> {}),
        runs ->
            assertThat(runs.start(plan(), "").exitCode())
                .isEqualTo(RunOutcome.RELEASED_WITH_REJECTS));
  }

  /** Asks the job for one approval, and pins an approver. */
  private SigningKey approver() throws IOException {
    Files.writeString(job, "approval: {required: 1}\n", StandardOpenOption.APPEND);
    SigningKey key = SigningKey.generate();
    AllowedSigners.Entry entry =
        new AllowedSigners.Entry(
            "ann@clinic",
            key.publicKey(),
            List.of(SshSignature.APPROVAL),
            Instant.MIN,
            Instant.MAX);
    Files.writeString(clinic.state().approvers(), new AllowedSigners(List.of(entry)).text());
    return key;
  }

  private void start() {
    runs(
        new PlainEngine(() -> {}),
        runs -> assertThat(runs.start(plan(), "").exitCode()).isEqualTo(RunOutcome.STAGED));
    assertThat(newest().state()).isEqualTo(RunRecord.State.STAGED);
  }

  private void approve(SigningKey key) {
    runs(
        new PlainEngine(() -> {}),
        runs ->
            assertThat(
                    runs.approve(
                            newest(),
                            manifest -> SshSignature.sign(key, SshSignature.APPROVAL, manifest))
                        .approvals())
                .isPresent());
  }

  private void refusesToPublish(Category category) {
    runs(
        new PlainEngine(() -> {}),
        runs ->
            assertThatThrownBy(() -> runs.publish(newest(), plan()))
                .isInstanceOf(ProblemException.class)
                .extracting(refused -> ((ProblemException) refused).category())
                .isEqualTo(category));
    assertThat(root.resolve("releases/visits")).doesNotExist();
  }

  @Test
  void publishesAStagedRunOnceItIsApproved() throws IOException {
    SigningKey approver = approver();
    start();
    approve(approver);

    runs(
        new PlainEngine(() -> {}),
        runs -> assertThat(runs.publish(newest(), plan()).exitCode()).isZero());

    assertThat(newest().state()).isEqualTo(RunRecord.State.PUBLISHED);
    assertThat(Path.of(newest().release()).resolve("data/visits.csv")).isRegularFile();
  }

  @Test
  void leavesAStagedRunStagedWhileItHasTooFewApprovals() throws IOException {
    approver();
    start();

    refusesToPublish(Category.AUTHORITY);

    assertThat(newest().state()).isEqualTo(RunRecord.State.STAGED);
  }

  @Test
  void failsAnApprovedRunWhenAPatientWithdrewMeanwhile() throws IOException {
    SigningKey approver = approver();
    start();
    approve(approver);
    clinic.withdraws(4);

    refusesToPublish(Category.STALE);

    assertThat(newest().state()).isEqualTo(RunRecord.State.FAILED);
  }

  @Test
  void failsAnApprovedRunWhoseStagedFilesChanged() throws IOException {
    SigningKey approver = approver();
    start();
    approve(approver);
    Path staged = root.resolve("releases/.staging").resolve(newest().run());
    Files.writeString(
        staged.resolve("release/data/visits.csv"), "more\n", StandardOpenOption.APPEND);

    refusesToPublish(Category.STALE);

    assertThat(newest().state()).isEqualTo(RunRecord.State.FAILED);
  }
}
