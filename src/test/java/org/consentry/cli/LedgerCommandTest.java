package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.consentry.cli.Installation.Answer;
import org.consentry.keys.SigningKey;
import org.consentry.release.Ledger;
import org.consentry.release.LedgerEntry;
import org.consentry.release.StateFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger keeps of releases and refusals, and what shows when it is cut. */
final class LedgerCommandTest {

  private static final String JOB = "eyelid-outcomes";
  private static final String CUT =
      "; the ledger was cut off or written anew: restore the job database from its newest backup"
          + " and find out who changed it\n";

  @TempDir private static Path folder;
  private static Installation place;
  private static String run;

  @BeforeAll
  static void releaseOnce() throws IOException {
    place = Installation.in(folder.toRealPath());
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
        .isEqualTo("the chain of 4 entries holds; it agrees with 3 manifests\n");
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
    sql("DELETE FROM consentry_ledger WHERE entry_number > 1", 1);
    String missing =
        "run " + run + ": error LEDGER_CUT the ledger does not hold this run's release" + CUT;

    for (List<String> words :
        List.of(
            List.of("run", place.job(JOB).toString()),
            List.of("resume", run),
            List.of("ledger", "verify"))) {
      Answer answer = place.call(words.toArray(String[]::new));
      boolean ended = words.get(0).equals("resume");
      assertThat(answer.exitCode()).as(answer.err()).isEqualTo(ended ? 2 : 20);
      assertThat(answer.err()).endsWith(ended ? "with consentry run\n" : missing);
    }
    assertThat(place.releases(JOB)).hasSize(1);
  }

  @Test
  void aChangedEntryRefusesAllWork() {
    sql("UPDATE consentry_ledger SET entry_kind = 'HIDDEN' WHERE entry_number = 1", 1);
    String broken =
        "ledger:1: error LEDGER_CHAIN the chain does not hold from this entry on; restore the job"
            + " database from a backup and find out who changed it\n";

    Answer again = place.run(JOB);
    Answer verify = place.call("ledger", "verify");

    assertThat(again.exitCode()).isEqualTo(20);
    assertThat(again.err()).endsWith(broken);
    assertThat(verify.exitCode()).isEqualTo(20);
    assertThat(verify.err()).isEqualTo(broken);
    assertThat(place.releases(JOB)).hasSize(1);
  }

  @Test
  void aStateFolderThatNeverWasIsNotMadeToAnswer() {
    Path nowhere = place.root().resolve("nowhere");

    for (List<String> words :
        List.of(
            List.of("ledger", "verify"),
            List.of("accounting", "--patient", "P1"),
            List.of("recall"))) {
      List<String> all = new ArrayList<>(words);
      all.addAll(List.of("--home", nowhere.toString()));
      Answer answer = Installation.execute(all);
      assertThat(answer.exitCode()).as(answer.err()).isEqualTo(2);
      assertThat(answer.err())
          .isEqualTo(
              nowhere
                  + ": error NO_STATE this is no state folder of Consentry: it has no job database;"
                  + " name the right one by --home or CONSENTRY_HOME\n");
      assertThat(nowhere).doesNotExist();
    }
  }

  @Test
  void aDatabaseWithoutLedgerIsALedgerThatWasCut() {
    sql("DROP TABLE consentry_ledger", 0);

    for (List<String> words : List.of(List.of("ledger", "verify"), List.of("recall"))) {
      Answer answer = place.call(words.toArray(String[]::new));
      assertThat(answer.exitCode()).as(answer.err()).isEqualTo(20);
      assertThat(answer.err())
          .isEqualTo(
              "ledger: error LEDGER_CUT the job database holds no ledger; restore the job database"
                  + " from its newest backup and find out who changed it\n");
    }
  }

  @Test
  void aDatabaseThatCannotBeReadSaysSo() throws IOException {
    Files.writeString(place.home().resolve("db/consentry.script"), "no database");

    Answer answer = place.run(JOB);

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(75);
    assertThat(answer.err())
        .endsWith(
            "ledger: error LEDGER the disclosure ledger cannot be read or written; check the job"
                + " database; nothing was published by this step\n");
    assertThat(place.releases(JOB)).hasSize(1);
  }

  @Test
  void aClockThatJumpedBackRefusesARunAnAccountAndARecall() {
    Instant ahead = Instant.now().plus(Duration.ofDays(1));
    withLedger(
        ledger ->
            ledger.append(ahead, LedgerEntry.Kind.EXPLAINED, "", JOB, "IRB-2026-014", Map.of()));

    Answer answer = place.run(JOB);

    assertThat(answer.exitCode()).isEqualTo(75);
    assertThat(answer.err())
        .contains("ledger:3: error CLOCK the clock reads ")
        .endsWith(
            ", before the ledger's newest entry of "
                + ahead
                + "; set the machine's clock right, then try again\n");
    assertThat(place.releases(JOB)).hasSize(1);
    assertThat(place.call("ledger", "verify").exitCode()).isEqualTo(0);
    for (List<String> words :
        List.of(List.of("accounting", "--patient", "P1"), List.of("recall"))) {
      Answer asked = place.call(words.toArray(String[]::new));
      assertThat(asked.exitCode()).as(asked.err()).isEqualTo(75);
      assertThat(asked.err()).startsWith("ledger:3: error CLOCK the clock reads ");
    }
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
    assertThat(Leaks.databaseRows(place.home())).allMatch(row -> Leaks.in(row).isEmpty());
  }

  @Test
  void aSigningKeyOfAReleasedStudyIsNeitherMadeAnewNorReplacedByOneNobodyPinned() {
    Path file = place.root().resolve("keys/manifest-signing.pem");
    Installation.remove(file);

    Answer anew = place.run(JOB);

    assertThat(anew.exitCode()).isEqualTo(14);
    assertThat(anew.err())
        .endsWith(
            file
                + ": error KEY_OF_RELEASED_STUDY the study has released before, so its signing key"
                + " is not made anew; restore the key from its backup; if it is lost, make one with"
                + " consentry keys new signing and pin it in trusted_signers of the state"
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
                + " the key as consentry keys show signing prints it, and tell recipients\n");
    assertThat(place.releases(JOB)).hasSize(1);

    place.append(
        pinned,
        "clinic-releases namespaces=\"consentry-manifest\" "
            + place.call("keys", "show", "signing", file.toString()).out().lines().toList().get(0)
            + "\n");
    assertThat(place.run(JOB).exitCode()).isEqualTo(0);
    assertThat(place.call("ledger", "verify").exitCode()).isEqualTo(0);
  }

  private static java.util.SortedMap<String, String> facts(String codes, String exitCode) {
    return new java.util.TreeMap<>(
        Map.of("askedBy", System.getProperty("user.name"), "codes", codes, "exitCode", exitCode));
  }

  private static void withLedger(Consumer<Ledger> work) {
    try (RunSession session =
        RunSession.look(new StateFolder(place.home()), Installation.silent())) {
      work.accept(session.ledger());
    }
  }

  /** The hands of somebody who works on the database directly. */
  private static void sql(String statement, int rows) {
    String url = "jdbc:hsqldb:file:" + place.home().resolve("db/consentry") + ";shutdown=true";
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement work = connection.createStatement()) {
      assertThat(work.executeUpdate(statement)).isEqualTo(rows);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
