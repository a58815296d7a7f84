package org.consentry.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.DurableFiles;
import org.consentry.data.Sha256;
import org.consentry.keys.AllowedSigners;
import org.consentry.keys.SigningKey;
import org.consentry.keys.SshSignature;
import org.consentry.ledger.FigureBook;
import org.consentry.ledger.FigureFile;
import org.consentry.ledger.KeyedPeople;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.LedgerEntry;
import org.consentry.ledger.LedgerEvent;
import org.consentry.ledger.LedgerFact;
import org.consentry.ledger.LedgerForger;
import org.consentry.ledger.MembershipHead;
import org.consentry.ledger.MembershipWriter;
import org.consentry.ledger.NoMembers;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.CountWords;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed manifests detect what the ledger cannot detect by itself. */
class LedgerCheckTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final String CUT =
      "; the state folder was put back to an earlier state, or its ledger was cut: restore the"
          + " newest backup of the whole state folder and find out who changed it";
  private static final String RESTORE = "; restore it from a backup of the state folder";

  @TempDir Path home = Path.of("");
  @TempDir Path output = Path.of("");

  private final SigningKey key = SigningKey.generate();
  private final Optional<AllowedSigners> trusted =
      Optional.of(
          new AllowedSigners(
              List.of(AllowedSigners.Entry.forManifests("clinic", key.publicKey()))));
  private StateFolder state = new StateFolder(Path.of(""));
  private LedgerForger forger = new LedgerForger(state);

  @BeforeEach
  void releaseTwice() {
    state = new StateFolder(home);
    state.prepare();
    forger = new LedgerForger(state);
    release("run-1");
    release("run-2");
  }

  @Test
  void findsNothingWhenNothingWasChanged() {
    assertThat(check(LedgerCheck.Extent.SINCE_SIGNED_HEAD))
        .isEqualTo(new LedgerCheck.Outcome(4, 2, 1, List.of()));
    assertThat(check(LedgerCheck.Extent.FULL))
        .isEqualTo(new LedgerCheck.Outcome(4, 2, 2, List.of()));
    require();
  }

  /** A torn line, a line without a MAC of the key, and zeros that a power cut left. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "{\"number\":5,\"at", "{\"number\":5}\n", "\0\0\0\0"})
  void warnsOfBytesBehindTheNewestEntry(String bytes) throws IOException {
    Files.writeString(forger.file(), bytes, StandardOpenOption.APPEND);

    LedgerCheck.Outcome found =
        LedgerCheck.of(
            Ledger.read(state), state, trusted, LedgerCheck.Extent.SINCE_SIGNED_HEAD, List.of());

    assertThat(found.findings())
        .extracting(Problem::toString)
        .containsExactly(
            forger.file()
                + ":5: warning LEDGER_REST the file goes on behind entry 4 with "
                + CountWords.of(bytes.length(), "byte")
                + " that are no entry: a crash left them, or a person without the ledger's"
                + " key added them; the next command that writes moves them to a file torn-* beside"
                + " it; if no command crashed, find out who changed the file");

    assertThat(findings(LedgerCheck.Extent.FULL)).as("once it was opened to write").isEmpty();
  }

  @Test
  void comparesOnlyWhatIsBehindTheNewestSignedHeadHoweverManyReleasesThereAre() {
    for (int run = 3; run <= 30; run++) {
      release("run-" + run);
    }

    assertThat(check(LedgerCheck.Extent.SINCE_SIGNED_HEAD))
        .isEqualTo(new LedgerCheck.Outcome(60, 58, 1, List.of()));
    assertThat(check(LedgerCheck.Extent.FULL).manifests()).isEqualTo(30);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "RELEASE",
        "RECIPIENT",
        "PURPOSE",
        "LEGAL_BASIS",
        "REQUESTED_BY",
        "STUDY_KEY",
        "SIGNING_KEY",
        "ROWS",
        "REPLACES",
        "MANIFEST_SHA256"
      })
  void findsEveryFactThatWasChangedWithTheLedgersKey(LedgerFact fact) {
    forger.rewrite(
        facts -> {
          if (facts.getOrDefault(LedgerFact.RELEASE, "").equals("run-2")) {
            facts.put(fact, "another");
          }
          return facts;
        });
    String changed =
        forger.file()
            + ":4: error LEDGER_FACT the fact "
            + fact.word()
            + " is not what the signed manifest states: "
            + internal("run-2")
            + "; the ledger was changed by a person with its key: restore the folder ledger of"
            + " the state folder from its newest backup and find out who changed it";

    assertThat(findings(LedgerCheck.Extent.SINCE_SIGNED_HEAD)).containsExactly(changed);
    assertThatThrownBy(this::require).hasMessage(changed);
  }

  @Test
  void findsAnEarlierFactThatWasChangedWithTheLedgersKeyByTheSignedHead() {
    forger.rewrite(
        facts -> {
          if (facts.getOrDefault(LedgerFact.RELEASE, "").equals("run-1")) {
            facts.put(LedgerFact.LEGAL_BASIS, "AUTHORIZATION");
          }
          return facts;
        });

    String lost =
        internal("run-2")
            + ": error LEDGER_CUT the ledger does not have entry 2 as this manifest names it"
            + CUT;
    assertThatThrownBy(this::require).hasMessageStartingWith(lost);
    assertThat(findings(LedgerCheck.Extent.FULL))
        .hasSize(2)
        .contains(lost)
        .anyMatch(finding -> finding.contains("the fact legalBasis is not what"));
  }

  @Test
  void findsAnEndThatWasCutOffWithTheLedgersKey() {
    forger.cutWithKey(1);
    new RunRecords(state).write(record("run-1", RunRecord.State.FAILED));
    new RunRecords(state).write(record("run-2", RunRecord.State.FAILED));

    assertThat(findings(LedgerCheck.Extent.FULL))
        .containsExactly(
            internal("run-2")
                + ": error LEDGER_CUT the ledger does not have entry 2 as this manifest names it"
                + CUT);
  }

  @Test
  void refusesALedgerThatLacksAReleaseOfTheRunRecords() {
    forger.cutWithKey(2);

    assertThatThrownBy(this::require)
        .isInstanceOf(ProblemException.class)
        .hasMessage("run run-2: error LEDGER_CUT the ledger does not have this run's release" + CUT)
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.VERIFY);
  }

  @Test
  void refusesALedgerThatLacksAReleaseOfTheManifestsThoughItsRunRecordIsGoneToo()
      throws IOException {
    forger.cutWithKey(2);
    Files.delete(state.runs().resolve("run-2.json"));

    assertThatThrownBy(this::require)
        .hasMessage(
            state.manifests("run-2")
                + ": error LEDGER_CUT the ledger does not have the release of this manifest, and no"
                + " run record reports that it was not published"
                + CUT);
  }

  @ParameterizedTest
  @CsvSource({
    "runs/run-1.json, RUN_RECORD the run record",
    "members/run-1.members, MEMBERSHIP the file of its members",
    "members/run-1.figures, FIGURES the file of its figures"
  })
  void refusesAStateFolderWithoutTheFilesOfARelease(String file, String name) throws IOException {
    Path missing = home.resolve(file);
    Files.delete(missing);
    String what = name + " of run run-1 is missing in " + missing.getParent();

    assertThatThrownBy(this::require)
        .hasMessage(forger.file() + ":2: error " + what + RESTORE)
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.VERIFY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"manifest.internal.json", "manifest.internal.json.sig", "."})
  void refusesAStateFolderWithoutTheExactManifestOfARelease(String file) throws IOException {
    DurableFiles.delete(state.manifests("run-1").resolve(file).normalize());

    assertThatThrownBy(this::require)
        .hasMessage(
            forger.file()
                + ":2: error MANIFEST_MISSING the exact manifest or its signature of run run-1 is"
                + " missing in "
                + state.manifests()
                + RESTORE);
  }

  @Test
  void missesNoRunRecordThatWasPurged() throws IOException {
    Files.delete(state.runs().resolve("run-1.json"));
    ledger()
        .append(
            NOON,
            new LedgerEvent(
                LedgerEntry.Kind.PURGED,
                "",
                "",
                "",
                Map.of(LedgerFact.BEFORE, NOON.plusSeconds(1).toString())));

    require();
  }

  @Test
  void findsAnExactManifestThatWasSignedAgain() throws IOException {
    write(internal("run-1"), Files.readString(internal("run-1")).replace("run-1\"", "run-1\" "));

    assertThat(findings(LedgerCheck.Extent.FULL))
        .containsExactly(
            internal("run-1")
                + ": error MANIFEST_CHANGED the manifest is not the one that ledger entry 2 names;"
                + " restore it from a backup and find out who changed it");
  }

  @Test
  void findsAnExactManifestThatIsNotWhatWasSigned() throws IOException {
    Files.writeString(internal("run-2"), "{}");
    String changed =
        internal("run-2")
            + ": error MANIFEST_SIGNATURE the manifest is not what was signed;"
            + " restore it and its signature from a backup and find out who changed it";

    assertThat(findings(LedgerCheck.Extent.FULL)).containsExactly(changed);
    assertThatThrownBy(this::require).hasMessage(changed);
  }

  @Test
  void findsAFileOfMembersThatWasChanged() throws IOException {
    Files.writeString(state.membership("run-1"), "no member");

    require();
    assertThat(findings(LedgerCheck.Extent.FULL))
        .containsExactly(
            state.membership("run-1")
                + ": error MEMBERSHIP the list of who is in the release is not the one of the ledger;"
                + " restore the file from a backup of the state folder");
  }

  @Test
  void findsAFileOfFiguresThatWasChanged() throws IOException {
    Files.writeString(state.figures("run-1"), "other figures");

    require();
    assertThat(findings(LedgerCheck.Extent.FULL))
        .containsExactly(
            state.figures("run-1")
                + ": error FIGURES the figures that an earlier release showed are missing or are not"
                + " those of the ledger; restore the file from a backup of the state folder");
  }

  @Test
  void findsASignerThatTheInstallationDoesNotTrust() {
    Optional<AllowedSigners> others =
        Optional.of(
            new AllowedSigners(
                List.of(
                    AllowedSigners.Entry.forManifests(
                        "other", SigningKey.generate().publicKey()))));

    assertThat(
            LedgerCheck.of(ledger(), state, others, LedgerCheck.Extent.FULL, List.of()).findings())
        .extracting(Problem::code)
        .containsExactly("MANIFEST_SIGNER", "MANIFEST_SIGNER");
    assertThat(
            LedgerCheck.of(ledger(), state, Optional.empty(), LedgerCheck.Extent.FULL, List.of())
                .findings())
        .isEmpty();
  }

  @Test
  void comparesAManifestOfARecipient() {
    Path theirs = home.resolve("theirs.json");
    write(theirs, manifest("run-9", 7, "a".repeat(64)));

    assertThat(findings(theirs))
        .containsExactly(
            theirs
                + ": error LEDGER_CUT the ledger does not have entry 7 as this manifest names it"
                + CUT);
  }

  @Test
  void findsTheNewestReleaseCutOffByTheManifestOfItsRecipient() throws IOException {
    Path theirs = home.resolve("theirs.json");
    write(theirs, Files.readString(internal("run-2")));
    forger.cutWithKey(2);
    new RunRecords(state).write(record("run-2", RunRecord.State.FAILED));

    assertThat(findings(theirs))
        .containsExactly(
            theirs
                + ": error LEDGER_CUT the ledger does not have the release of this manifest"
                + CUT);
  }

  @Test
  void acceptsAManifestWhoseRunWasNotPublished() {
    write(internal("run-3"), manifest("run-3", 4, ledger().entries().get(3).hash()));
    new RunRecords(state).write(record("run-3", RunRecord.State.STOPPED));

    assertThat(findings(LedgerCheck.Extent.FULL)).isEmpty();
    require();
  }

  @Test
  void acceptsAManifestOfAnAbandonedRunWhoseRecordWasPurged() {
    write(internal("run-3"), manifest("run-3", 4, ledger().entries().get(3).hash()));
    ledger()
        .append(
            NOON, new LedgerEvent(LedgerEntry.Kind.ABANDONED, "run-3", "job", "IRB-1", Map.of()));

    require();
  }

  @Test
  void aManifestOfAStrangerProvesNothingOfTheLedger() {
    Path forged = home.resolve("forged.json");
    SigningKey stranger = SigningKey.generate();
    write(forged, manifest("run-9", 7, "a".repeat(64)), stranger);

    assertThat(findings(forged))
        .containsExactly(
            forged
                + ": error MANIFEST_SIGNER signed by the key "
                + stranger.publicKey().fingerprint()
                + ", which is none of those this installation trusts;"
                + " pin the key in trusted_signers if it is the clinic's");
  }

  @Test
  void refusesAStateFolderThatDoesNotKnowAReleaseInTheOutputFolder() throws IOException {
    Path unknown = output.resolve("job/2026-11-23-r3");
    write(unknown.resolve("manifest.json"), manifest("run-3", 4, "a".repeat(64)));

    String message =
        unknown
            + ": error UNKNOWN_RELEASE the state folder "
            + home
            + " does not know this release; name the state folder that made it by --home or"
            + " CONSENTRY_HOME; if this one was restored from a backup, restore the newest one; if the"
            + " state folder is lost for good, consentry adopt "
            + unknown.getParent()
            + " --fingerprint SHA256:... makes the releases known to this one";
    assertThatThrownBy(() -> PublishedReleases.requireKnown(ledger(), state, output, "job", "S"))
        .isInstanceOf(ProblemException.class)
        .hasMessage(message)
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.KEY);
    assertThat(findings(LedgerCheck.Extent.SINCE_SIGNED_HEAD)).containsExactly(message);
  }

  @Test
  void knowsItsReleasesThoughTheOutputFolderWasMoved(@TempDir Path other) throws IOException {
    Path moved = other.resolve("job/run-1");
    write(moved.resolve("manifest.json"), recipients("run-1", 0, LedgerEntry.ROOT));
    Files.createDirectories(other.resolve("job/notes"));

    PublishedReleases.requireKnown(ledger(), state, other, "job", "S");
    PublishedReleases.requireKnown(ledger(), state, other.resolve("no folder"), "job", "S");

    write(moved.resolve("manifest.json"), recipients("run-1", 1, LedgerEntry.ROOT));
    assertThatThrownBy(() -> PublishedReleases.requireKnown(ledger(), state, other, "job", "S"))
        .isInstanceOf(ProblemException.class);
  }

  private Ledger ledger() {
    return Ledger.open(state, () -> NOON);
  }

  private void require() {
    LedgerCheck.require(ledger(), state, trusted);
  }

  private LedgerCheck.Outcome check(LedgerCheck.Extent extent) {
    return LedgerCheck.of(ledger(), state, trusted, extent, List.of());
  }

  private List<String> findings(LedgerCheck.Extent extent) {
    return check(extent).findings().stream().map(Problem::toString).toList();
  }

  private List<String> findings(Path theirs) {
    return LedgerCheck.of(
            ledger(), state, trusted, LedgerCheck.Extent.SINCE_SIGNED_HEAD, List.of(theirs))
        .findings()
        .stream()
        .map(Problem::toString)
        .toList();
  }

  private Path internal(String run) {
    return state.manifests(run).resolve("manifest.internal.json");
  }

  /** Two entries, and a manifest that names the head before them. */
  private void release(String run) {
    Ledger ledger = ledger();
    long number = ledger.head().map(LedgerEntry::number).orElse(0L);
    String hash = ledger.head().map(LedgerEntry::hash).orElse(LedgerEntry.ROOT);
    String text = manifest(run, number, hash);
    write(internal(run), text);
    Map<LedgerFact, String> facts = new EnumMap<>(LedgerFact.class);
    facts.put(LedgerFact.RELEASE, run);
    facts.put(LedgerFact.TARGET, output.resolve("job").resolve(run).toString());
    facts.put(LedgerFact.RECIPIENT, "uni-x");
    facts.put(LedgerFact.PURPOSE, "CLINTRCH");
    facts.put(LedgerFact.LEGAL_BASIS, "WAIVER");
    facts.put(LedgerFact.REQUESTED_BY, "steward");
    facts.put(LedgerFact.STUDY_KEY, "sha256:key");
    facts.put(LedgerFact.SIGNING_KEY, key.publicKey().fingerprint());
    facts.put(LedgerFact.ROWS, "12");
    facts.put(LedgerFact.MANIFEST_SHA256, sha256(recipients(run, number, hash)));
    facts.put(LedgerFact.INTERNAL_MANIFEST_SHA256, sha256(text));
    facts.put(LedgerFact.MEMBERSHIP_SHA256, members(run));
    facts.put(LedgerFact.FIGURES_SHA256, figures(run));
    ledger.append(NOON, new LedgerEvent(LedgerEntry.Kind.PREPARED, run, "job", "IRB-1", facts));
    ledger.append(NOON, new LedgerEvent(LedgerEntry.Kind.PUBLISHED, run, "job", "IRB-1", facts));
    new RunRecords(state).write(record(run, RunRecord.State.PUBLISHED));
  }

  private String figures(String run) {
    KeyedPeople none =
        new KeyedPeople(
            new FigureBook.People() {
              @Override
              public int count() {
                return 0;
              }

              @Override
              public void digest(int person, byte[] into, int at) {
                throw new IllegalStateException("there is no one");
              }
            });
    FigureFile.Head head = new FigureFile.Head(run, List.of(), List.of());
    return FigureFile.write(state.figures(run), head, List.of(), none);
  }

  private String members(String run) {
    return MembershipWriter.write(
        state.membership(run),
        new MembershipHead(run, "sha256:key", Map.of(), List.of(), List.of(), List.of()),
        new ArrayList<>(),
        new NoMembers());
  }

  private static String manifest(String run, long entry, String hash) {
    return predicate(
        run,
        entry,
        hash,
        ",\"recipientEdition\":{\"sha256\":\"" + sha256(recipients(run, entry, hash)) + "\"}");
  }

  private static String recipients(String run, long entry, String hash) {
    return predicate(run, entry, hash, "");
  }

  private static String predicate(String run, long entry, String hash, String more) {
    String head =
        entry == 0 ? "" : ",\"ledgerHead\":{\"entry\":" + entry + ",\"sha256\":\"" + hash + "\"}";
    return "{\"predicate\":{\"release\":{\"run\":\""
        + run
        + "\",\"job\":\"job\",\"name\":\""
        + run
        + "\""
        + head
        + "},\"authority\":{\"study\":{\"id\":\"IRB-1\",\"purpose\":\"CLINTRCH\"},"
        + "\"recipient\":{\"id\":\"uni-x\"},\"requestedBy\":\"steward\",\"legalBasis\":\"waiver\"},"
        + "\"tables\":[{\"rows\":{\"released\":9},\"files\":[{\"rows\":9},{\"rows\":9}]},"
        + "{\"rows\":{\"released\":3},\"files\":[{\"rows\":3}]}],"
        + "\"inputs\":{\"keys\":{\"study key\":\"sha256:key\"}}"
        + more
        + "}}";
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
      throw new UncheckedIOException(failed);
    }
  }

  private static String sha256(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
  }

  private RunRecord record(String run, RunRecord.State at) {
    String day = "2026-11-23T12:00:00Z";
    return new RunRecord(
        run,
        "job",
        "IRB-1",
        "/j.yaml",
        output.toString(),
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
