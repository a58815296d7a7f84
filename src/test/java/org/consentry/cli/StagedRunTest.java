package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.cli.Installation.Answer;
import org.consentry.export.RunOutcome;
import org.consentry.export.StateSession;
import org.consentry.keys.KeyReference;
import org.consentry.keys.SigningKey;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.Staging;
import org.consentry.problem.ProblemException;
import org.consentry.release.Publisher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a staged run when approvers, clocks or records are not as they should be. */
final class StagedRunTest {

  private static final String REASON = "the battery of the clock was replaced";

  @TempDir private Path folder;
  private StagedClinic clinic;

  @BeforeEach
  void stage() throws IOException {
    clinic = StagedClinic.in(folder.toRealPath());
    Answer staged = clinic.call("run", clinic.job().toString());
    assertThat(staged.exitCode()).as(staged.err()).isEqualTo(RunOutcome.STAGED);
  }

  @Test
  void verifyReportsAnApprovalByAKeyThatIsNotPinnedAnyMore() {
    done(clinic.approve("ann"));
    done(clinic.call("publish", clinic.run().run()));
    String release = clinic.run().release();
    done(clinic.call("verify", release));
    clinic.pin("bob");

    Answer own = clinic.call("verify", release);
    String signer =
        own.out().lines().filter(line -> line.startsWith("signed by ")).findFirst().get();
    Answer others =
        clinic.call("verify", release, "--fingerprint", signer.substring("signed by ".length()));

    String message =
        " APPROVER_UNKNOWN the key of this approval is none of those pinned in "
            + clinic.state().approvers()
            + "; do not use the release before its approver is known\n";
    assertThat(own.exitCode()).isEqualTo(20);
    assertThat(own.err()).isEqualTo("approvals/1.sig: error" + message);
    assertThat(others.exitCode()).isEqualTo(0);
    assertThat(others.err()).isEqualTo("approvals/1.sig: warning" + message);
  }

  @Test
  void anApprovalDoesNotCountWhenItsKeyIsPinnedUnderAnotherName() {
    done(clinic.approve("ann"));
    Path approvers = clinic.state().approvers();
    Installation.write(approvers, Installation.read(approvers).replace("ann@", "eve@"));

    Answer answer = clinic.call("publish", clinic.run().run());

    assertThat(answer.exitCode()).isEqualTo(12);
    assertThat(answer.err()).contains("error APPROVAL_MISSING 0 of 1 approval given; ");
  }

  @Test
  void refusesToPublishARunTwice() {
    done(clinic.approve("ann"));
    done(clinic.call("publish", clinic.run().run()));
    RunRecord run = clinic.run();
    Publisher publisher = new Publisher(Ledger.open(clinic.state(), Instant::now), Instant::now);
    Path elsewhere = folder.resolve("elsewhere");

    assertThatThrownBy(
            () ->
                publisher.publish(
                    Staging.of(Path.of(run.output()), run.run()),
                    new Publisher.Publication(
                        run.run(), run.job(), run.study(), elsewhere, Instant.now(), Map.of())))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "run "
                + run.run()
                + ": error RUN_PUBLISHED the run was published before, as "
                + run.release()
                + "; start another run");
    assertThat(elsewhere).doesNotExist();
    assertThat(clinic.call("publish", run.run()).err())
        .startsWith(
            "run " + run.run() + ": error NOT_STAGED the run is PUBLISHED and not staged; ");
  }

  @Test
  void aReleaseOfTheStudyThatIsAdoptedMeanwhileStopsAStagedRun() throws IOException {
    done(clinic.approve("ann"));
    adopt(released("elsewhere"));

    Answer answer = clinic.call("publish", clinic.run().run());

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(15);
    assertThat(clinic.run().state()).isEqualTo(RunRecord.State.FAILED);
    assertThat(clinic.run().release()).isEmpty();
  }

  @Test
  void anAdoptedReleaseOfAnotherStudyKeyRefusesAStagedRun() throws IOException {
    done(clinic.approve("ann"));
    Path key = folder.toRealPath().resolve("keys/a.key");
    String own = Installation.read(key);
    Files.delete(key);
    Path release = released("elsewhere");
    Files.writeString(key, own);
    adopt(release);

    Answer answer = clinic.call("publish", clinic.run().run());

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(14);
    assertThat(answer.err()).contains("error OTHER_KEY");
    assertThat(clinic.run().release()).isEmpty();
  }

  /** A release of the study by another job, made with another state folder. */
  private Path released(String job) throws IOException {
    Path file = clinic.job().resolveSibling(job + ".yaml");
    Files.writeString(
        file,
        Installation.read(clinic.job())
            .replace("job: approved", "job: " + job)
            .replace("approval: {required: 1}\n", ""));
    Path home = folder.toRealPath().resolve("other-state");
    done(
        Installation.execute(
            List.of("run", "--create-keys", file.toString(), "--home", home.toString())));
    return folder.toRealPath().resolve("releases").resolve(job);
  }

  private void adopt(Path releases) throws IOException {
    Path key = folder.toRealPath().resolve("keys/signing.pem");
    String fingerprint = SigningKey.read(new KeyReference.InFile(key)).publicKey().fingerprint();
    done(clinic.call("adopt", releases.toString(), "--fingerprint", fingerprint));
  }

  @Test
  void anApprovalIsGivenByAClockThatAPersonAccepts() {
    aClockWasAhead();
    Answer refused = clinic.approve("ann");

    Answer accepted = clinic.approve("ann", "--accept-clock", REASON);

    requireRefused(refused);
    done(accepted);
    assertThat(accepted.out()).startsWith("1 of 1 approval given (ann@clinic)\n");
    requireAccepted();
  }

  @Test
  void aRunIsPublishedByAClockThatAPersonAccepts() {
    done(clinic.approve("ann"));
    aClockWasAhead();
    Answer refused = clinic.call("publish", clinic.run().run());
    assertThat(clinic.run().state()).isEqualTo(RunRecord.State.STAGED);

    Answer accepted = clinic.call("publish", clinic.run().run(), "--accept-clock", REASON);

    requireRefused(refused);
    done(accepted);
    assertThat(Path.of(clinic.run().release())).isDirectory();
    requireAccepted();
  }

  @Test
  void aRunIsResumedByAClockThatAPersonAccepts() throws IOException {
    Path page =
        Staging.of(Path.of(clinic.run().output()), clinic.run().run())
            .release()
            .resolve("manifest.json");
    Installation.write(page, Installation.read(page) + " ");
    assertThat(clinic.call("publish", clinic.run().run()).exitCode()).isEqualTo(15);
    assertThat(clinic.run().state()).isEqualTo(RunRecord.State.FAILED);
    aClockWasAhead();
    Answer refused = clinic.call("resume", clinic.run().run());

    Answer accepted = clinic.call("resume", clinic.run().run(), "--accept-clock", REASON);

    requireRefused(refused);
    assertThat(accepted.exitCode()).as(accepted.err()).isEqualTo(RunOutcome.STAGED);
    requireAccepted();
  }

  /** A question was asked while the clock was wrong. */
  private void aClockWasAhead() {
    Instant ahead = Instant.now().plus(Duration.ofDays(400));
    try (StateSession session =
        StateSession.open(
            Sessions.environment(clinic.state(), Installation.silent(), step -> {}, () -> ahead))) {
      session.audit().accounted("0".repeat(64), LocalDate.EPOCH, Optional.empty());
    }
  }

  private void requireRefused(Answer refused) {
    assertThat(refused.exitCode()).isEqualTo(75);
    assertThat(refused.err())
        .contains(clinic.state().ledger() + ": error CLOCK the clock reads ")
        .endsWith("; if it is right and was ahead before, add --accept-clock REASON\n");
  }

  private void requireAccepted() {
    List<LedgerEntry> accepted = Ledger.read(clinic.state()).entries(LedgerEntry.Kind.ACCEPTED);
    assertThat(accepted).hasSize(1);
    assertThat(accepted.get(0).facts())
        .containsEntry(LedgerFact.ACCEPTED, "CLOCK")
        .containsEntry(LedgerFact.REASON, REASON);
  }

  private static void done(Answer answer) {
    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
  }
}
