package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.consentry.cli.Installation.Answer;
import org.consentry.export.Accepted;
import org.consentry.export.StateSession;
import org.consentry.keys.SigningKey;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.release.Publisher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A job that asks for approval stops when it is sealed, and leaves as it was approved or not. */
final class ApprovalTest {

  private static final String JOB = "eyelid-outcomes";

  @TempDir private static Path folder;
  private static Installation place;
  private static String run;
  private static Answer staged;

  @BeforeAll
  static void stageOnce() throws IOException {
    place = SmallSample.in(folder.toRealPath());
    CanaryClinic.over(place);
    place.replace(place.job(JOB), "output: {", "approval: {required: 2}\noutput: {");
    place.pinApprovers("ann", "bob");
    staged = place.run(JOB);
    run = place.newestRun().run();
    place.keepCopy();
  }

  @BeforeEach
  void beginStaged() {
    place.restoreCopy();
    CanaryClinic.over(place);
  }

  @Test
  void stopsAtStagedAndShowsWhatIsWaitedFor() {
    assertThat(staged.exitCode()).as(staged.err()).isEqualTo(4);
    assertThat(staged.out())
        .startsWith("staged " + run + "; 0 of 2 approvals given; waits for more\n")
        .endsWith(" shows what there is to sign\n");
    assertThat(place.releases(JOB)).isEmpty();
    assertThat(kinds()).containsExactly(LedgerEntry.Kind.STAGED);
    assertThat(place.newestRun().exitCode()).isEqualTo(4);
    assertThat(place.call("status").out())
        .contains("state     STAGED\n")
        .contains("message   0 of 2 approvals given; waits for more\n")
        .contains("sign      " + manifest() + "\n")
        .contains("approved  0 of 2\nmay sign  ann@clinic, bob@clinic")
        .contains("next      one more signature   or   consentry abandon " + run);
  }

  @Test
  void publishesByteForByteWhatTwoApproved() throws IOException {
    Map<String, String> before = Installation.digests(release());
    approve("ann");
    Path signature = folder.resolve("bob.sig");
    Files.writeString(
        signature,
        SshSignature.sign(key("bob"), SshSignature.APPROVAL, Files.readAllBytes(manifest()))
            .armored());
    Answer second = place.call("approve", run, "--signature", signature.toString());
    assertThat(second.exitCode()).as(second.err()).isEqualTo(0);
    assertThat(second.out())
        .isEqualTo(
            "2 of 2 approvals given (ann@clinic, bob@clinic)\n"
                + "consentry publish "
                + run
                + " publishes it\n");

    Answer answer = place.call("publish", run);

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
    assertThat(kinds())
        .containsExactly(
            LedgerEntry.Kind.STAGED,
            LedgerEntry.Kind.APPROVED,
            LedgerEntry.Kind.APPROVED,
            LedgerEntry.Kind.PREPARED,
            LedgerEntry.Kind.PUBLISHED);
    Path release = place.release(JOB);
    Map<String, String> after = Installation.digests(release);
    assertThat(after.keySet())
        .contains(
            "approvals/1.sig", "approvals/2.sig", "approvals/approvals.json", "approvals/approvers")
        .containsAll(before.keySet());
    before.keySet().removeAll(List.of("SHA256SUMS", "SHA256SUMS.sig", "manifest.html"));
    assertThat(after).containsAllEntriesOf(before);
    Answer verified = place.call("verify", release.toString());
    assertThat(verified.exitCode()).as(verified.err()).isEqualTo(0);
    assertThat(verified.out())
        .contains(
            "ssh-keygen -Y verify -f approvals/approvers -I bob@clinic -n consentry-approval -s"
                + " approvals/2.sig < manifest.json");
    assertThat(place.call("ledger", "verify").out())
        .isEqualTo("5 ledger entries in order; manifests that agree with the ledger: 1\n");
  }

  @Test
  void verifyAndThePageReportWhoApprovedAndWhen() throws IOException {
    approve("ann");
    approve("bob");
    assertThat(place.call("publish", run).exitCode()).isZero();
    Path release = place.release(JOB);
    List<LedgerEntry> approved =
        Ledger.read(new StateFolder(place.home())).entries(LedgerEntry.Kind.APPROVED);
    DateTimeFormatter clinics = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx");
    DateTimeFormatter utc = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'");

    Answer verified = place.call("verify", release.toString());
    String json = place.call("verify", release.toString(), "--json").out();
    String page = Files.readString(release.resolve("manifest.html"));

    for (int i = 0; i < 2; i++) {
      String name = List.of("ann", "bob").get(i);
      String key = key(name).publicKey().fingerprint();
      Instant at = approved.get(i).moment();
      assertThat(verified.out())
          .contains(
              "approved by "
                  + name
                  + "@clinic ("
                  + key
                  + ") on "
                  + clinics.format(at.atZone(ZoneId.of("America/Phoenix")))
                  + " America/Phoenix\n");
      assertThat(json)
          .contains(
              "{\"approver\":\""
                  + name
                  + "@clinic\",\"at\":\""
                  + at.truncatedTo(ChronoUnit.SECONDS)
                  + "\",\"key\":\""
                  + key
                  + "\"}");
      assertThat(page)
          .contains(
              "Approved by " + name + "@clinic on " + utc.format(at.atZone(ZoneOffset.UTC)), key);
    }
  }

  @Test
  void resumePublishesAsPublishDoes() {
    approve("ann");
    approve("bob");

    assertThat(place.call("resume", run).exitCode()).isEqualTo(0);

    assertThat(place.releases(JOB)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"publish", "resume"})
  void refusesToPublishWithTooFewApprovals(String command) {
    approve("ann");

    Answer answer = place.call(command, run);

    assertThat(answer.exitCode()).isEqualTo(12);
    assertThat(answer.err())
        .endsWith(
            "run "
                + run
                + ": error APPROVAL_MISSING 1 of 2 approvals given (ann@clinic); consentry approve "
                + run
                + " --key file:KEY\n");
    assertThat(place.newestRun().state()).isEqualTo(RunRecord.State.STAGED);
    assertThat(place.releases(JOB)).isEmpty();
    approve("bob");
    assertThat(place.call("publish", run).exitCode()).isEqualTo(0);
  }

  @Test
  void aWithdrawalAfterTheApprovalsRefusesAndAsksForThemAgain() {
    approve("ann");
    approve("bob");
    place.append(
        place.clinic("consents"),
        Installation.read(place.clinic("consents"))
            .lines()
            .filter(line -> line.contains("WITHDRAW"))
            .filter(line -> line.contains(CanaryClinic.Person.WITHDREW.id()))
            .findFirst()
            .orElseThrow()
            .replace(CanaryClinic.Person.WITHDREW.id(), CanaryClinic.Person.NEIGHBOUR.id())
            .replaceFirst("^[^,]*", "Z1"));

    Answer answer = place.call("publish", run);

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(15);
    assertThat(answer.err()).contains("error CONSENT_CHANGED");
    assertThat(place.releases(JOB)).isEmpty();
    assertThat(place.newestRun().state()).isEqualTo(RunRecord.State.FAILED);

    Answer again = place.call("resume", run);

    assertThat(again.exitCode()).as(again.err()).isEqualTo(4);
    assertThat(place.newestRun().message()).isEqualTo("0 of 2 approvals given; waits for more");
    assertThat(place.call("publish", run).exitCode()).isEqualTo(12);
    approve("ann");
    approve("bob");
    assertThat(place.call("publish", run).exitCode()).isEqualTo(0);
    Path internal = place.home().resolve("manifests/" + run + "/manifest.internal.json");
    JsonNode exact = JsonMapper.shared().readTree(Installation.read(internal));
    assertThat(exact.at("/predicate/consent/subjects/excluded/WITHDRAWN").asLong()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"data/patients.parquet", "manifest.json", "SHA256SUMS", "README.md", "surplus"})
  void aStagingAreaThatWasChangedRefusesAndIsMadeAgain(String name) throws IOException {
    approve("ann");
    approve("bob");
    Path file = manifest().resolveSibling(name);
    byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[4];
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    Answer answer = place.call("publish", run);

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(15);
    assertThat(place.releases(JOB)).isEmpty();
    assertThat(place.newestRun().state()).isEqualTo(RunRecord.State.FAILED);
    Files.deleteIfExists(manifest().resolveSibling("surplus"));
    assertThat(place.call("resume", run).exitCode()).isEqualTo(4);
  }

  @Test
  void aManifestThatWasChangedCannotBeApproved() throws IOException {
    Files.writeString(manifest(), Installation.read(manifest()) + " ");

    Answer answer = place.call("approve", run, "--key", "file:" + place.keyOf("ann"));

    assertThat(answer.exitCode()).isEqualTo(15);
    assertThat(answer.err()).contains("error STAGING_CHANGED");
    assertThat(kinds()).containsExactly(LedgerEntry.Kind.STAGED);
  }

  @Test
  void agreementsThatExpiredWhileItWaitedRefuse() {
    approve("ann");
    approve("bob");
    Instant later = Instant.parse("2040-01-02T12:00:00Z");

    assertThatThrownBy(() -> publish(step -> {}, () -> later))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("error BOARD_EXPIRED the board's approval ended on 2039-12-31")
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.AUTHORITY);
    assertThat(place.newestRun().state()).isEqualTo(RunRecord.State.STAGED);
    assertThat(place.releases(JOB)).isEmpty();
  }

  @Test
  void aReleaseMadeMeanwhileRefusesBecauseThisOneWouldNotFollowIt() {
    approve("ann");
    approve("bob");
    Path other = place.root().resolve("jobs/other.yaml");
    Installation.write(
        other,
        Installation.read(place.job(JOB))
            .replace("job: " + JOB, "job: other")
            .replace("id: uni-x", "id: uni-y")
            .replace("approval: {required: 2}\n", ""));
    assertThat(place.call("run", other.toString()).exitCode()).isEqualTo(0);

    Answer answer = place.call("publish", run);

    assertThat(answer.exitCode()).isEqualTo(15);
    assertThat(answer.err()).contains("error RELEASED_MEANWHILE");
    assertThat(place.call("resume", run).exitCode()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"counting approvals", "adding approvals", "deciding consent again", "publishing"})
  void aFailureOnTheWayOutLeavesItStaged(String phase) {
    approve("ann");
    approve("bob");

    Answer answer =
        place.callAnd(
            phase,
            () -> {
              throw new IllegalStateException("the machine fails here");
            },
            "publish",
            run);

    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(place.releases(JOB)).isEmpty();
    assertThat(place.newestRun().state()).isEqualTo(RunRecord.State.STAGED);
    assertThat(place.call("publish", run).exitCode()).isEqualTo(0);
    assertThat(place.call("verify", place.release(JOB).toString()).exitCode()).isEqualTo(0);
  }

  @ParameterizedTest
  @EnumSource(Publisher.Step.class)
  void aFailureDuringPublicationIsSettledByTheNextStart(Publisher.Step step) {
    approve("ann");
    approve("bob");
    assertThatThrownBy(
            () ->
                publish(
                    at -> {
                      if (at == step) {
                        throw new IllegalStateException("the machine fails here");
                      }
                    },
                    Instant::now))
        .isInstanceOf(ProblemException.class);
    boolean out = step == Publisher.Step.FLUSH_FOLDER || step == Publisher.Step.PUBLISH;
    assertThat(place.releases(JOB)).hasSize(out ? 1 : 0);

    assertThat(place.call("publish", run).exitCode()).isEqualTo(out ? 2 : 0);

    assertThat(place.newestRun().state()).isEqualTo(RunRecord.State.PUBLISHED);
    assertThat(place.releases(JOB)).hasSize(1);
    assertThat(kinds()).containsOnlyOnce(LedgerEntry.Kind.PUBLISHED);
    assertThat(place.root().resolve("releases/.staging")).doesNotExist();
    assertThat(place.call("ledger", "verify").exitCode()).isEqualTo(0);
  }

  @Test
  void abandoningTouchesNeitherLedgerNorManifests() {
    approve("ann");
    Map<String, String> manifests = Installation.digests(place.home().resolve("manifests"));
    assertThat(manifests).isNotEmpty();

    assertThat(place.call("abandon", run).exitCode()).isEqualTo(0);

    assertThat(place.root().resolve("releases/.staging")).doesNotExist();
    assertThat(Installation.digests(place.home().resolve("manifests"))).isEqualTo(manifests);
    assertThat(kinds())
        .containsExactly(
            LedgerEntry.Kind.STAGED, LedgerEntry.Kind.APPROVED, LedgerEntry.Kind.ABANDONED);
    assertThat(place.call("ledger", "verify").exitCode()).isEqualTo(0);
    assertThat(place.call("approve", run, "--key", "file:" + place.keyOf("ann")).err())
        .isEqualTo(
            "run "
                + run
                + ": error NOT_STAGED the run is ABANDONED and not staged; consentry status "
                + run
                + " shows its state\n");
  }

  @Test
  void aJobThatNoPersonCouldApproveIsRefusedBeforeItReadsARow() {
    Installation.remove(place.home().resolve("approvers"));

    Answer answer = place.run(JOB);

    assertThat(answer.exitCode()).isEqualTo(12);
    assertThat(answer.err())
        .endsWith(
            "approval: error APPROVERS_MISSING the job asks for 2 approvals and the installation"
                + " pins 0 approvers beside requester and operators; add their keys to the file"
                + " approvers of the state folder\n");
    withLedger(
        ledger ->
            assertThat(ledger.entries(LedgerEntry.Kind.REFUSED).get(0).facts())
                .containsEntry(LedgerFact.EXIT_CODE, "12")
                .containsEntry(LedgerFact.CODES, "APPROVERS_MISSING"));
  }

  @Test
  void approversThatCannotBeReadRefuse() {
    Installation.write(place.home().resolve("approvers"), "ann@clinic nonsense\n");

    Answer answer = place.call("approve", run, "--key", "file:" + place.keyOf("ann"));

    assertThat(answer.exitCode()).isEqualTo(12);
    assertThat(answer.err())
        .isEqualTo(
            place.home().resolve("approvers")
                + ":1: error SIGNERS_LINE expected a principal, options and a public key of"
                + " OpenSSH; keys are ssh-ed25519, ecdsa-sha2-nistp*, sk-* and ssh-rsa of 2048 bits"
                + " or more; options are namespaces, valid-after and valid-before, times end with"
                + " Z\n");
  }

  private static void approve(String name) {
    Answer answer = place.call("approve", run, "--key", "file:" + place.keyOf(name));
    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
  }

  private static void publish(Consumer<Publisher.Step> steps, Supplier<Instant> clock) {
    RunRecord record = place.newestRun();
    ExportPlan plan =
        Planner.plan(
            Path.of(record.jobFile()),
            LocalDate.now(ZoneId.of("America/Phoenix")),
            LocalDate.parse(record.referenceDate()));
    try (RunWork work =
        RunWork.open(
            Sessions.environment(
                new StateFolder(place.home()), Installation.silent(), steps, clock),
            Installation.silent(),
            1,
            Accepted.NOTHING)) {
      work.runs().publish(record, plan);
    }
  }

  private static List<LedgerEntry.Kind> kinds() {
    try (StateSession session =
        Sessions.look(new StateFolder(place.home()), Installation.silent())) {
      return session.ledger().entries().stream().map(LedgerEntry::kind).toList();
    }
  }

  private static void withLedger(Consumer<Ledger> work) {
    try (StateSession session =
        Sessions.look(new StateFolder(place.home()), Installation.silent())) {
      work.accept(session.ledger());
    }
  }

  private static Path release() {
    return place.root().resolve("releases/.staging").resolve(run).resolve("release");
  }

  private static Path manifest() {
    return release().resolve("manifest.json");
  }

  private static SigningKey key(String name) {
    return SigningKey.read(new org.consentry.keys.KeyReference.InFile(place.keyOf(name)));
  }
}
