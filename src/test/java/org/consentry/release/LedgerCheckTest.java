package org.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.SigningKey;
import org.consentry.keys.SshSignature;
import org.consentry.problem.Category;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.testing.MemoryDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed manifests tell when the ledger was cut off or written anew. */
class LedgerCheckTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final String CUT =
      "; the ledger was cut off or written anew: restore the job database from its newest backup"
          + " and find out who changed it";

  @TempDir Path home;

  private final MemoryDatabase database = new MemoryDatabase();
  private final Ledger ledger = new Ledger(database.source());
  private final SigningKey key = SigningKey.generate();
  private final Optional<AllowedSigners> trusted =
      Optional.of(
          new AllowedSigners(
              List.of(AllowedSigners.Entry.forManifests("clinic", key.publicKey()))));
  private StateFolder state = new StateFolder(Path.of(""));

  @BeforeEach
  void releaseTwice() {
    state = new StateFolder(home);
    state.prepare();
    release("run-1");
    release("run-2");
  }

  @Test
  void findsNothingWhenNothingWasChanged() {
    LedgerCheck.Outcome outcome = LedgerCheck.of(ledger, state, trusted, List.of());

    assertThat(outcome).isEqualTo(new LedgerCheck.Outcome(4, 2, List.of()));
    LedgerCheck.require(ledger, state);
  }

  @Test
  void findsAnEndThatWasCutOffByTheHeadAManifestNames() {
    database.execute("DELETE FROM consentry_ledger WHERE entry_number > 1");
    new RunRecords(state).write(record("run-1", RunRecord.State.FAILED));
    new RunRecords(state).write(record("run-2", RunRecord.State.FAILED));

    assertThat(findings())
        .containsExactly(
            internal("run-2")
                + ": error LEDGER_CUT the ledger does not hold entry 2 as this manifest names it"
                + CUT);
  }

  @Test
  void findsAChainThatWasWrittenAnewByTheHeadAManifestNames() {
    List<LedgerEntry> before = ledger.entries();
    database.execute("DELETE FROM consentry_ledger");
    for (LedgerEntry entry : before) {
      ledger.append(
          NOON.plusSeconds(1),
          entry.kind(),
          entry.run(),
          entry.job(),
          entry.study(),
          entry.facts());
    }

    assertThat(ledger.firstBroken()).isEmpty();
    assertThat(findings())
        .containsExactly(
            internal("run-2")
                + ": error LEDGER_CUT the ledger does not hold entry 2 as this manifest names it"
                + CUT);
  }

  @Test
  void refusesToWorkOnALedgerThatLacksAReleaseTheRunRecordsTellOf() {
    database.execute("DELETE FROM consentry_ledger WHERE entry_number > 2");

    assertThatThrownBy(() -> LedgerCheck.require(ledger, state))
        .isInstanceOf(ProblemException.class)
        .hasMessage("run run-2: error LEDGER_CUT the ledger does not hold this run's release" + CUT)
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.VERIFY);
  }

  @Test
  void refusesToWorkOnAChainThatDoesNotHold() {
    database.execute("UPDATE consentry_ledger SET body = '{}' WHERE entry_number = 3");
    String broken =
        "ledger:3: error LEDGER_CHAIN the chain does not hold from this entry on;"
            + " restore the job database from a backup and find out who changed it";

    assertThatThrownBy(() -> LedgerCheck.require(ledger, state))
        .isInstanceOf(ProblemException.class)
        .hasMessage(broken);
    assertThat(findings()).containsExactly(broken);
  }

  @Test
  void findsAnExactManifestThatWasSignedAgain() throws IOException {
    write(internal("run-1"), Files.readString(internal("run-1")).replace("run-1\"", "run-1\" "));

    assertThat(findings())
        .containsExactly(
            internal("run-1")
                + ": error MANIFEST_CHANGED the manifest is not the one that ledger entry 2 names;"
                + " restore it from a backup and find out who changed it");
  }

  @Test
  void findsAnExactManifestThatIsNotWhatWasSigned() throws IOException {
    Files.writeString(internal("run-1"), "{}");

    assertThat(findings())
        .containsExactly(
            internal("run-1")
                + ": error MANIFEST_SIGNATURE the manifest is not what was signed;"
                + " restore it and its signature from a backup and find out who changed it");
  }

  @Test
  void findsAnExactManifestThatIsGone() throws IOException {
    Folders.delete(state.manifests("run-1"));
    Files.delete(internal("run-2").resolveSibling("manifest.internal.json.sig"));

    assertThat(findings())
        .containsExactly(
            internal("run-2")
                + ": error MANIFEST_UNREADABLE the manifest or its signature cannot be read;"
                + " restore both from a backup",
            "ledger:2: error MANIFEST_MISSING the exact manifest of run run-1 is not in the state"
                + " folder; restore it from a backup");
  }

  @Test
  void findsASignerThatTheInstallationDoesNotTrust() {
    Optional<AllowedSigners> others =
        Optional.of(
            new AllowedSigners(
                List.of(
                    AllowedSigners.Entry.forManifests(
                        "other", SigningKey.generate().publicKey()))));

    assertThat(LedgerCheck.of(ledger, state, others, List.of()).findings())
        .extracting(Problem::code)
        .containsExactly("MANIFEST_SIGNER", "MANIFEST_SIGNER");
    assertThat(LedgerCheck.of(ledger, state, Optional.empty(), List.of()).findings()).isEmpty();
  }

  @Test
  void looksUpTheHeadOfAManifestKeptElsewhere() throws IOException {
    Path theirs = home.resolve("theirs.json");
    write(theirs, manifest("run-9", 7, "a".repeat(64)));

    assertThat(LedgerCheck.of(ledger, state, trusted, List.of(theirs)).findings())
        .extracting(Problem::toString)
        .containsExactly(
            theirs
                + ": error LEDGER_CUT the ledger does not hold entry 7 as this manifest names it"
                + CUT);
  }

  @Test
  void findsTheNewestReleaseCutOffByTheManifestItsRecipientHolds() throws IOException {
    Path theirs = home.resolve("theirs.json");
    write(theirs, Files.readString(internal("run-2")));
    database.execute("DELETE FROM consentry_ledger WHERE entry_number > 2");
    new RunRecords(state).write(record("run-2", RunRecord.State.FAILED));

    assertThat(LedgerCheck.of(ledger, state, trusted, List.of(theirs)).findings())
        .extracting(Problem::toString)
        .containsExactly(
            theirs
                + ": error LEDGER_CUT the ledger does not hold the release of this manifest"
                + CUT);
  }

  @Test
  void findsTheNewestReleaseCutOffWithItsRunRecord() throws IOException {
    database.execute("DELETE FROM consentry_ledger WHERE entry_number > 2");
    Files.delete(state.runs().resolve("run-2.json"));

    assertThat(findings())
        .containsExactly(
            internal("run-2")
                + ": error LEDGER_CUT the ledger does not hold the release of this manifest, and no"
                + " run record says that it did not get out"
                + CUT);
  }

  @Test
  void believesAManifestWhoseRunDidNotGetOut() {
    write(internal("run-3"), manifest("run-3", 4, ledger.entries().get(3).hash()));
    new RunRecords(state).write(record("run-3", RunRecord.State.STOPPED));

    assertThat(findings()).isEmpty();
  }

  @Test
  void aManifestOfAStrangerProvesNothingOfTheLedger() {
    Path forged = home.resolve("forged.json");
    SigningKey stranger = SigningKey.generate();
    write(forged, manifest("run-9", 7, "a".repeat(64)), stranger);

    assertThat(LedgerCheck.of(ledger, state, trusted, List.of(forged)).findings())
        .extracting(Problem::toString)
        .containsExactly(
            forged
                + ": error MANIFEST_SIGNER signed by the key "
                + stranger.publicKey().fingerprint()
                + ", which is none of those this installation trusts;"
                + " pin the key in trusted_signers if it is the clinic's");
  }

  private List<String> findings() {
    return LedgerCheck.of(ledger, state, trusted, List.of()).findings().stream()
        .map(Problem::toString)
        .toList();
  }

  private Path internal(String run) {
    return state.manifests(run).resolve("manifest.internal.json");
  }

  /** Two entries and a manifest that names the head before them. */
  private void release(String run) {
    Optional<LedgerEntry> head = ledger.head();
    String text =
        manifest(
            run,
            head.map(LedgerEntry::number).orElse(0L),
            head.map(LedgerEntry::hash).orElse(LedgerEntry.ROOT));
    if (head.isEmpty()) {
      text = "{\"predicate\":{\"release\":{\"run\":\"" + run + "\"}}}";
    }
    write(internal(run), text);
    Map<String, String> facts = Map.of("internalManifestSha256", sha256(text));
    ledger.append(NOON, LedgerEntry.Kind.PREPARED, run, "job", "IRB-1", facts);
    ledger.append(NOON, LedgerEntry.Kind.PUBLISHED, run, "job", "IRB-1", facts);
    new RunRecords(state).write(record(run, RunRecord.State.PUBLISHED));
  }

  private static String manifest(String run, long entry, String hash) {
    return "{\"predicate\":{\"release\":{\"run\":\""
        + run
        + "\",\"ledgerHead\":{\"entry\":"
        + entry
        + ",\"sha256\":\""
        + hash
        + "\"}}}}";
  }

  private void write(Path file, String text) {
    write(file, text, key);
  }

  private static void write(Path file, String text, SigningKey key) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      Files.writeString(
          file.resolveSibling(file.getFileName() + ".sig"),
          SshSignature.sign(key, SshSignature.MANIFEST, bytes).armored());
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  private static String sha256(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static RunRecord record(String run, RunRecord.State at) {
    String day = "2026-11-23T12:00:00Z";
    return new RunRecord(
        run,
        "job",
        "IRB-1",
        "/j.yaml",
        "/out",
        at,
        day,
        day,
        "2026-11-01",
        "",
        "b",
        "",
        "",
        0,
        Map.of(),
        List.of("ops"));
  }
}
