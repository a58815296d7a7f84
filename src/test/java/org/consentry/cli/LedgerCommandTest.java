package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.consentry.cli.Installation.Answer;
import org.consentry.keys.SigningKey;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.LedgerForger;
import org.consentry.ledger.StateFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the ledger keeps of releases and refusals, and what shows when it is cut. */
final class LedgerCommandTest {

  private static final String JOB = "eyelid-outcomes";
  private static final String PATIENT = CanaryClinic.Person.RELEASED.id();
  private static final String CUT =
      "; the state folder was put back to an earlier state, or its ledger was cut: restore the"
          + " newest backup of the whole state folder and find out who changed it\n";
  private static final String RESTORE =
      "; restore the folder ledger of the state folder from its newest backup and find out who"
          + " changed it\n";

  @TempDir private static Path folder;
  private static Installation place;
  private static String run;

  @BeforeAll
  static void releaseOnce() throws IOException {
    place = SmallSample.in(folder.toRealPath());
    CanaryClinic.over(place);
    assertThat(place.run(JOB).exitCode()).isEqualTo(0);
    run = place.newestRun().run();
    place.keepCopy();
  }

  @BeforeEach
  void beginWithOneRelease() {
    place.restoreCopy();
  }

  @Test
  void everyReleaseNamesTheLedgersHeadAndTheReleaseBeforeIt() {
    Path first = place.release(JOB);
    Answer again =
        place.call(
            "run", "--replaces", String.valueOf(first.getFileName()), place.job(JOB).toString());
    assertThat(again.exitCode()).as(again.err()).isEqualTo(0);
    Path second = place.release(JOB);

    String earlier =
        "{\n        \"job\": \"eyelid-outcomes\",\n        \"name\": \""
            + first.getFileName()
            + "\",\n        \"sha256\": \""
            + Installation.digests(first).get("manifest.json")
            + "\"\n      }";
    withLedger(
        ledger -> {
          LedgerEntry head = ledger.entries().get(1);
          assertThat(head.kind()).isEqualTo(LedgerEntry.Kind.PUBLISHED);
          assertThat(Installation.read(second.resolve("manifest.json")).replaceAll("\\s+", ""))
              .contains("\"ledgerHead\":{\"entry\":2,\"sha256\":\"" + head.hash() + "\"}")
              .contains("\"previous\":" + earlier.replaceAll("\\s+", ""))
              .contains("\"replaces\":" + earlier.replaceAll("\\s+", ""));
        });
    assertThat(place.call("verify", second.toString()).out())
        .contains(
            "chain: follows release "
                + first.getFileName()
                + ", whose manifest is the one named\n");
    assertThat(place.call("verify", first.toString()).out())
        .contains("chain: the first release of this study to this recipient\n");
    assertThat(
            place
                .call("ledger", "verify", "--manifest", second.resolve("manifest.json").toString())
                .out())
        .isEqualTo(
            "4 ledger entries in order; manifests that agree with the ledger: 2\n"
                + "manifests were compared from entry 2 on, which a manifest signs; --full compares"
                + " all\n");
    assertThat(place.call("ledger", "verify", "--full").out())
        .isEqualTo("4 ledger entries in order; manifests that agree with the ledger: 2\n");
  }

  @Test
  void aReleaseThatFollowsAnotherOneThanTheOneBesideItIsNotVerified() {
    Path first = place.release(JOB);
    assertThat(place.run(JOB).exitCode()).isEqualTo(0);
    place.append(first.resolve("manifest.json"), " ");

    Answer answer = place.call("verify", place.release(JOB).toString());

    assertThat(answer.exitCode()).isEqualTo(20);
    assertThat(answer.err())
        .isEqualTo(
            first
                + ": error CHAIN this is not the release "
                + first.getFileName()
                + " that the verified one follows; ask the clinic which release came before\n");
  }

  @Test
  void statusSummarisesManyOpenRecallsAndListsThemWhenItIsAskedTo() {
    Ledger ledger = Ledger.open(new StateFolder(place.home()), Instant::now);
    for (int release = 1; release <= 336; release++) {
      ledger.append(
          Instant.parse("2026-11-28T10:00:00Z").plusSeconds(release),
          new LedgerEvent(
              LedgerEntry.Kind.RECALLED,
              "run-" + release,
              JOB,
              "IRB-2026-014",
              Map.of(
                  LedgerFact.RELEASE,
                  "2026-11-23-r" + release,
                  LedgerFact.RECIPIENT,
                  release <= 300 ? "uni-x" : "uni-y",
                  LedgerFact.LIST_SHA256,
                  "ab")));
    }

    Answer summary = place.call("status");
    Answer all = place.call("status", "--recalls");

    assertThat(summary.exitCode()).as(summary.err()).isEqualTo(0);
    assertThat(summary.out())
        .contains(
            """

            recalls   300 releases to uni-x, open since 2026-11-28T10:00:01Z
            recalls   36 releases to uni-y, open since 2026-11-28T10:05:01Z
            next      consentry status --recalls   lists them
            """);
    assertThat(summary.out().lines()).hasSizeLessThan(40);
    assertThat(all.out().lines().filter(line -> line.startsWith("recall    "))).hasSize(336);
  }

  @Test
  void theExactManifestIsWrittenAsAPageWhenItIsAskedFor() {
    Path page = place.root().resolve("exact.html");

    Answer answer = place.call("status", run, "--html", page.toString());

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
    assertThat(Installation.read(page))
        .contains("Internal edition with exact counts. It does not leave the clinic.")
        .contains(run);
    assertThat(place.call("status", run, "--html", page.toString()).exitCode()).isEqualTo(2);
    Installation.remove(page);
  }

  @Test
  void aReleaseThatIsNotKnownCannotBeReplaced() {
    Answer answer = place.call("run", "--replaces", "2020-01-01-r1", place.job(JOB).toString());

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err())
        .endsWith(
            "--replaces: error UNKNOWN_RELEASE the job has no release of that name for this study"
                + " and recipient; consentry list shows the releases of this state folder\n");
    assertThat(place.releases(JOB)).hasSize(1);
  }

  @Test
  void aLedgerThatWasCutRefusesAllWork() {
    forger().cutWithKey(1);
    String missing =
        "run " + run + ": error LEDGER_CUT the ledger does not have this run's release" + CUT;

    for (List<String> words :
        List.of(
            List.of("run", place.job(JOB).toString()),
            List.of("resume", run),
            List.of("ledger", "verify"))) {
      Answer answer = place.call(words.toArray(String[]::new));
      assertThat(answer.exitCode()).as(answer.err()).isEqualTo(20);
      assertThat(answer.err()).contains(missing);
    }
    assertThat(place.releases(JOB)).hasSize(1);
  }

  @Test
  void aChangedEntryRefusesAllWork() {
    forger().change(2, "\"legalBasis\":\"DE_IDENTIFIED\"", "\"legalBasis\":\"AUTHORIZATION\"");

    requireRefused(
        forger().file()
            + ":2: error LEDGER_CHAIN the ledger was changed: this line does not follow the one"
            + " before"
            + RESTORE);
  }

  @Test
  void aRemovedLastEntryThatIsNoReleaseRefusesAllWork() {
    assertThat(place.call("accounting", "--patient", PATIENT).exitCode()).isEqualTo(0);
    forger().keepFirst(2);

    requireRefused(
        forger().file()
            + ": error LEDGER_CUT the ledger ends with entry 2, its head file names entry 3"
            + RESTORE);
  }

  @Test
  void aFactThatAnAttackerWithTheLedgersKeyChangedRefusesAllWork() {
    forger()
        .rewrite(
            facts -> {
              facts.replace(LedgerFact.LEGAL_BASIS, "AUTHORIZATION");
              return facts;
            });

    requireRefused(
        forger().file()
            + ":2: error LEDGER_FACT the fact legalBasis is not what the signed manifest states: "
            + place.home().resolve("manifests").resolve(run).resolve("manifest.internal.json")
            + "; the ledger was changed by a person with its key: restore the folder ledger of"
            + " the state folder from its newest backup and find out who changed it\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"members", "manifests", "runs"})
  void aStateFolderWithoutTheFilesOfAReleaseRefusesAllWork(String lost) {
    Installation.files(place.home().resolve(lost)).forEach(Installation::remove);

    for (List<String> words :
        List.of(
            List.of("run", place.job(JOB).toString()),
            List.of("accounting", "--patient", PATIENT),
            List.of("recall"),
            List.of("status"),
            List.of("ledger", "verify"))) {
      Answer answer = place.call(words.toArray(String[]::new));
      assertThat(answer.exitCode()).as(words + answer.err()).isEqualTo(20);
      assertThat(answer.err())
          .contains(" of run " + run + " is missing in ")
          .contains("; restore it from a backup of the state folder\n");
    }
    assertThat(place.releases(JOB)).hasSize(1);
  }

  @Test
  void aStateFolderRestoredFromABackupIsDetectedByTheReleasesInTheOutputFolder() {
    assertThat(place.run(JOB).exitCode()).isEqualTo(0);
    Path second = place.release(JOB);
    place.restoreCopyOf("state");

    Answer run = place.call("run", place.job(JOB).toString());
    Answer verify = place.call("ledger", "verify");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(14);
    assertThat(run.err()).endsWith(unknown(second, place.home()));
    assertThat(verify.exitCode()).as(verify.err()).isEqualTo(20);
    assertThat(verify.err()).endsWith(unknown(second, place.home()));
    assertThat(place.releases(JOB)).hasSize(2);
  }

  @Test
  void anotherStateFolderIsDetectedByTheReleasesInTheOutputFolder() {
    Path other = place.root().resolve("forgotten");

    Answer answer =
        Installation.execute(List.of("run", place.job(JOB).toString(), "--home", other.toString()));

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(14);
    assertThat(answer.err()).endsWith(unknown(place.release(JOB), other));
    assertThat(place.releases(JOB)).hasSize(1);
    Installation.delete(other);
  }

  @Test
  void anotherStateFolderIsDetectedByReleasesOfTheStudyByOtherJobs() throws IOException {
    Path other = place.root().resolve("forgotten");
    Path job = place.job("second-job");
    Installation.write(
        job, Installation.read(place.job(JOB)).replace("job: " + JOB, "job: second-job"));

    Answer answer =
        Installation.execute(List.of("run", job.toString(), "--home", other.toString()));

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(14);
    assertThat(answer.err()).endsWith(unknown(place.release(JOB), other));
    assertThat(place.releases("second-job")).isEmpty();
    Installation.remove(job);
    Installation.delete(other);
  }

  private static String unknown(Path release, Path home) {
    return release
        + ": error UNKNOWN_RELEASE the state folder "
        + home
        + " does not know this release; name the state folder that made it by --home or"
        + " CONSENTRY_HOME; if this one was restored from a backup, restore the newest one; if the"
        + " state folder is lost for good, consentry adopt "
        + release.getParent()
        + " --fingerprint SHA256:... makes the releases known to this one\n";
  }

  @Test
  void aTornLastLineIsSetAsideAndReported() {
    place.append(forger().file(), "{\"number\":3,\"at");

    Answer before = place.call("ledger", "verify");
    Answer answer = place.call("accounting", "--patient", PATIENT);
    Answer after = place.call("ledger", "verify");

    assertThat(before.exitCode()).as(before.err()).isEqualTo(0);
    assertThat(before.out()).startsWith("2 ledger entries in order; ");
    assertThat(before.err())
        .isEqualTo(
            forger().file()
                + ":3: warning LEDGER_REST the file goes on behind entry 2 with 16 bytes that are"
                + " no entry: a crash left them, or a person without the ledger's key added them;"
                + " the next command that writes moves them to a file torn-* beside it; if no"
                + " command crashed, find out who changed the file\n");
    assertThat(after.err()).isEmpty();

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
    assertThat(answer.err())
        .startsWith(place.home().resolve("ledger/torn-3-").toString())
        .endsWith(
            ": a crash left the ledger's last line torn; the line is in this file and the ledger"
                + " goes on without it\n");
    withLedger(
        ledger ->
            assertThat(ledger.entries())
                .extracting(LedgerEntry::kind)
                .endsWith(LedgerEntry.Kind.REPAIRED, LedgerEntry.Kind.ACCOUNTED));
  }

  private static void requireRefused(String message) {
    for (List<String> words :
        List.of(
            List.of("run", place.job(JOB).toString()),
            List.of("accounting", "--patient", PATIENT),
            List.of("recall"),
            List.of("status"),
            List.of("ledger", "verify"))) {
      Answer answer = place.call(words.toArray(String[]::new));
      assertThat(answer.exitCode()).as(words + answer.err()).isEqualTo(20);
      assertThat(answer.err()).endsWith(message);
    }
    assertThat(place.releases(JOB)).hasSize(1);
  }

  @Test
  void anEmptyStateFolderIsNamedAndWhereRunsMayBe() {
    Path nowhere = place.root().resolve("nowhere");

    for (String command : List.of("status", "list")) {
      Answer answer = Installation.execute(List.of(command, "--home", nowhere.toString()));
      assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
      assertThat(answer.out().lines())
          .containsExactly(
              "no run yet",
              "state folder " + nowhere + ", by --home",
              "a run with another state folder is listed by --home DIR or CONSENTRY_HOME=DIR");
      assertThat(nowhere).doesNotExist();
    }
  }

  @Test
  void aStateFolderThatNeverWasIsNotMadeToAnswer() {
    Path nowhere = place.root().resolve("nowhere");

    for (List<String> words :
        List.of(
            List.of("ledger", "verify"),
            List.of("accounting", "--patient", PATIENT),
            List.of("recall"))) {
      List<String> all = new ArrayList<>(words);
      all.addAll(List.of("--home", nowhere.toString()));
      Answer answer = Installation.execute(all);
      assertThat(answer.exitCode()).as(answer.err()).isEqualTo(2);
      assertThat(answer.err())
          .isEqualTo(
              nowhere
                  + ": error NO_STATE this is no state folder of Consentry: it has no ledger;"
                  + " name the right one by --home or CONSENTRY_HOME\n");
      assertThat(nowhere).doesNotExist();
    }
  }

  @Test
  void aStateFolderWithoutItsLedgerRefusesAllWork() {
    Installation.delete(place.home().resolve("ledger"));

    requireRefused(
        forger().file()
            + ": error LEDGER_CUT the ledger is gone, but "
            + place.home().resolve("runs")
            + " has files of earlier runs"
            + RESTORE);
  }

  @Test
  void aClockThatJumpedBackRefusesARunAnAccountAndARecall() {
    Instant ahead = Instant.now().plus(Duration.ofDays(1));
    forger().append(ahead, LedgerEntry.Kind.EXPLAINED, Map.of());

    Answer answer = place.run(JOB);

    assertThat(answer.exitCode()).isEqualTo(75);
    assertThat(answer.err())
        .contains(place.home().resolve("ledger") + ": error CLOCK the clock reads ")
        .endsWith(
            ", before the latest entry of the ledger, "
                + ahead
                + "; set the machine's clock right, then try again; if it is right and was ahead"
                + " before, add --accept-clock REASON\n");
    assertThat(place.releases(JOB)).hasSize(1);
    assertThat(place.call("ledger", "verify").exitCode()).isEqualTo(0);
    for (List<String> words :
        List.of(List.of("accounting", "--patient", PATIENT), List.of("recall"))) {
      Answer asked = place.call(words.toArray(String[]::new));
      assertThat(asked.exitCode()).as(asked.err()).isEqualTo(75);
      assertThat(asked.err())
          .startsWith(place.home().resolve("ledger") + ": error CLOCK the clock reads ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "accounting", "recall"})
  void aClockThatWasAheadIsAcceptedWithAReasonThatTheLedgerRecords(String command) {
    forger().append(Instant.now().plus(Duration.ofDays(400)), LedgerEntry.Kind.EXPLAINED, Map.of());
    List<String> words =
        new ArrayList<>(
            switch (command) {
              case "run" -> List.of("run", place.job(JOB).toString());
              case "accounting" -> List.of("accounting", "--patient", PATIENT);
              default -> List.of("recall");
            });
    assertThat(place.call(words.toArray(String[]::new)).exitCode()).isEqualTo(75);

    words.addAll(List.of("--accept-clock", "the battery of the clock was replaced"));
    Answer accepted = place.call(words.toArray(String[]::new));

    assertThat(accepted.exitCode()).as(accepted.err()).isEqualTo(0);
    withLedger(
        ledger ->
            assertThat(ledger.entries(LedgerEntry.Kind.ACCEPTED))
                .extracting(LedgerEntry::facts)
                .containsExactly(
                    Map.of(
                        LedgerFact.ACCEPTED, "CLOCK",
                        LedgerFact.ASKED_BY, System.getProperty("user.name"),
                        LedgerFact.REASON, "the battery of the clock was replaced")));
    assertThat(place.run(JOB).exitCode()).as("once is enough").isEqualTo(0);
    Answer needless = place.call(words.toArray(String[]::new));
    assertThat(needless.exitCode()).isEqualTo(0);
    assertThat(needless.err())
        .contains("--accept-clock: the clock is not behind the ledger, nothing was recorded\n");
    withLedger(ledger -> assertThat(ledger.entries(LedgerEntry.Kind.ACCEPTED)).hasSize(1));
  }

  @Test
  void anEntryOfTheMeantimeDoesNotMakeTheClockRight() {
    forger().append(Instant.now().plus(Duration.ofDays(400)), LedgerEntry.Kind.EXPLAINED, Map.of());
    forger().append(Instant.now(), LedgerEntry.Kind.EXPLAINED, Map.of());

    assertThat(place.run(JOB).exitCode()).isEqualTo(75);
  }

  @Test
  void aClockIsNotAcceptedWithoutAReason() {
    Answer answer = place.call("recall", "--accept-clock", " ");

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err())
        .isEqualTo(
            "--accept-clock: error REASON a reason has 1 to 500 characters; write why the clock is"
                + " right and what was wrong before\n");
  }

  @Test
  void aRefusalIsKeptWithoutAnythingOfAPatient() {
    String text = Installation.read(place.job(JOB));
    place.replace(place.job(JOB), "expiresOn: 2039-12-31", "expiresOn: 2026-02-02");
    assertThat(place.run(JOB).exitCode()).isEqualTo(12);
    Installation.write(place.job(JOB), text);
    Installation.remove(place.root().resolve("keys/eyelid-outcomes.key"));
    assertThat(place.call("run", place.job(JOB).toString()).exitCode()).isEqualTo(14);

    withLedger(
        ledger -> {
          List<LedgerEntry> refused = ledger.entries(LedgerEntry.Kind.REFUSED);
          assertThat(refused).extracting(LedgerEntry::study).containsOnly("IRB-2026-014");
          assertThat(refused)
              .extracting(LedgerEntry::facts)
              .containsExactly(facts("BOARD_EXPIRED", "12"), facts("KEY_MISSING", "14"));
        });
    assertThat(Leaks.under(place.home())).isEmpty();
  }

  @Test
  void aSigningKeyOfAReleasedStudyIsNeitherMadeAgainNorReplacedByOneThatIsNotPinned() {
    Path file = place.root().resolve("keys/manifest-signing.pem");
    Installation.remove(file);

    Answer again = place.run(JOB);

    assertThat(again.exitCode()).isEqualTo(14);
    assertThat(again.err())
        .endsWith(
            file
                + ": error KEY_OF_RELEASED_STUDY the study has released before, so its signing key"
                + " is not made again; restore the key from its backup; if it is lost, make one"
                + " with consentry keys new signing and pin it in trusted_signers of the state"
                + " folder\n");

    SigningKey other = SigningKey.generate();
    other.writeNew(file);
    Answer unpinned = place.run(JOB);

    Path pinned = place.home().resolve("trusted_signers");
    assertThat(unpinned.exitCode()).isEqualTo(14);
    assertThat(unpinned.err())
        .endsWith(
            pinned
                + ": error SIGNER_NOT_PINNED the signing key "
                + other.publicKey().fingerprint()
                + " is none of those pinned for manifests; restore the key that is; to change keys"
                + " keep the old line, add clinic-releases namespaces=\"consentry-manifest\" and"
                + " the key as consentry keys show signing prints it, and inform recipients\n");
    assertThat(place.releases(JOB)).hasSize(1);

    place.append(
        pinned,
        "clinic-releases namespaces=\"consentry-manifest\" "
            + place.call("keys", "show", "signing", file.toString()).out().lines().toList().get(0)
            + "\n");
    assertThat(place.run(JOB).exitCode()).isEqualTo(0);
    assertThat(place.call("ledger", "verify").exitCode()).isEqualTo(0);
  }

  private static Map<LedgerFact, String> facts(String codes, String exitCode) {
    return Map.of(
        LedgerFact.ASKED_BY,
        System.getProperty("user.name"),
        LedgerFact.CODES,
        codes,
        LedgerFact.EXIT_CODE,
        exitCode);
  }

  private static LedgerForger forger() {
    return new LedgerForger(new StateFolder(place.home()));
  }

  private static void withLedger(Consumer<Ledger> work) {
    work.accept(Ledger.read(new StateFolder(place.home())));
  }
}
