package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.consentry.data.Prf;
import org.consentry.data.Sha256;
import org.consentry.keys.LedgerKey;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.Deaths;
import org.consentry.testing.KillingFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A change without the ledger's key is detected, and no crash destroys the ledger. */
class LedgerTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Instant RESTART = Instant.parse("2026-11-24T12:00:00Z");
  private static final String RESTORE =
      "; restore the folder ledger of the state folder from its newest backup and find out who"
          + " changed it";

  @TempDir Path home = Path.of("");

  private StateFolder state = new StateFolder(home);
  private LedgerForger forger = new LedgerForger(state);

  @BeforeEach
  void prepare() {
    state = new StateFolder(home);
    state.prepare();
    forger = new LedgerForger(state);
  }

  @Test
  void writesOneLineAnEntryThatAPersonCanRead() throws Exception {
    Ledger ledger = open();
    ledger.append(
        NOON,
        new LedgerEvent(
            LedgerEntry.Kind.RECALLED,
            "run-1",
            "jób",
            "IRB-1",
            Map.of(LedgerFact.RELEASE, "2026-11-23-r1", LedgerFact.FOLDER, "ä\u0000\n\"")));
    append(ledger, "run-2");

    String first = forger.lines().get(0);
    int mac = first.indexOf(",\"mac\":");
    String signed = first.substring(0, mac) + "}";
    assertThat(signed)
        .isEqualTo(
            "{\"number\":1,\"at\":\"2026-11-23T12:00:00Z\",\"kind\":\"RECALLED\","
                + "\"run\":\"run-1\",\"job\":\"jób\",\"study\":\"IRB-1\",\"facts\":{"
                + "\"folder\":\"ä\\u0000\\n\\\"\",\"release\":\"2026-11-23-r1\"},\"previous\":\""
                + "0".repeat(64)
                + "\"}");
    assertThat(first.substring(mac))
        .isEqualTo(",\"mac\":\"" + mac(ledger.key().entries(), signed) + "\"}");
    String digest = sha256(first);
    assertThat(forger.lines().get(1)).contains("\"previous\":\"" + digest + "\"");
    assertThat(ledger.entries().get(0).hash()).isEqualTo(digest);
    assertThat(Files.readString(forger.file())).endsWith("}\n");
  }

  @Test
  void readsBackWhatWasWritten() {
    Ledger ledger = open();
    List<LedgerEntry> written = writeThree(ledger);

    assertThat(ledger.entries()).isEqualTo(written);
    assertThat(read().entries()).isEqualTo(written);
    assertThat(open().entries()).isEqualTo(written);
    assertThat(ledger.head()).contains(written.get(2));
    assertThat(written.get(0).fact(LedgerFact.RECIPIENT)).contains("uni-x");
    assertThat(written.get(0).fact(LedgerFact.PURPOSE)).isEmpty();
  }

  @Test
  void isEmptyAtFirstAndItsOwnersAlone() throws IOException {
    Ledger ledger = open();

    assertThat(ledger.entries()).isEmpty();
    assertThat(ledger.head()).isEmpty();
    assertThat(ledger.latest()).isEmpty();
    assertThat(read().entries()).isEmpty();
    for (Path file : List.of(forger.file(), forger.head(), state.ledgerKey())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void continuesWhereAnEarlierProcessEnded() {
    List<LedgerEntry> written = writeThree(open());

    LedgerEntry fourth = append(open(), "run-4");

    assertThat(fourth.number()).isEqualTo(4);
    assertThat(fourth.previous()).isEqualTo(written.get(2).hash());
    assertThat(read().entries()).hasSize(4);
  }

  @Test
  void detectsEveryChangedByteOfTheEntries() throws IOException {
    writeThree(open());
    byte[] whole = Files.readAllBytes(forger.file());

    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      forger.bytes(changed);

      assertThat(refusal()).as("byte " + at).isIn("LEDGER_CHAIN", "LEDGER_CUT");
    }
  }

  @Test
  void detectsEveryChangedByteOfTheHead() throws IOException {
    writeThree(open());
    byte[] whole = Files.readAllBytes(forger.head());

    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      Files.write(forger.head(), changed);

      assertThat(refusal()).as("byte " + at).isIn("LEDGER_HEAD", "OTHER_LEDGER_KEY");
    }
  }

  /** The key is not at fault then, so no message may ask for another one. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "[]", "{}", "null", "7", "{\"entries\":3", "{\"entries\":3}"})
  void reportsAHeadThatIsNoneAsChanged(String content) throws IOException {
    writeThree(open());
    Files.writeString(forger.head(), content);

    assertThat(refusal()).isEqualTo("LEDGER_HEAD");
    assertThatThrownBy(this::open).hasMessageContaining("the ledger's head file was changed");
  }

  @Test
  void detectsAFileThatEndsTooEarlyWhereverItEnds() throws IOException {
    writeThree(open());
    byte[] whole = Files.readAllBytes(forger.file());

    for (int length = 0; length < whole.length; length++) {
      forger.bytes(Arrays.copyOf(whole, length));

      assertThat(refusal()).as("length " + length).isIn("LEDGER_CHAIN", "LEDGER_CUT");
    }
  }

  @Test
  void reportsTheLineThatWasChanged() {
    writeThree(open());
    forger.change(2, "uni-x", "uni-y");

    assertThatThrownBy(this::open)
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            forger.file()
                + ":2: error LEDGER_CHAIN the ledger was changed: this line does not follow the one"
                + " before"
                + RESTORE)
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.VERIFY);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void detectsARemovedTrailingEntryOfAnyKind(int left) {
    Ledger ledger = open();
    append(ledger, "run-1");
    ledger.append(NOON, new LedgerEvent(LedgerEntry.Kind.EXPLAINED, "", "job", "IRB-1", Map.of()));
    ledger.append(NOON, new LedgerEvent(LedgerEntry.Kind.REFUSED, "", "job", "IRB-1", Map.of()));
    forger.keepFirst(left);

    assertThatThrownBy(this::open)
        .hasMessage(
            forger.file()
                + ": error LEDGER_CUT the ledger ends with entry "
                + left
                + ", its head file names entry 3"
                + RESTORE);
  }

  @Test
  void detectsEntriesInAnotherOrder() {
    writeThree(open());
    List<String> lines = new ArrayList<>(forger.lines());
    Collections.swap(lines, 0, 1);
    forger.lines(lines);

    assertThat(refusal()).isEqualTo("LEDGER_CHAIN");
  }

  @Test
  void detectsAnEntryThatIsThereTwice() {
    writeThree(open());
    List<String> lines = new ArrayList<>(forger.lines());
    lines.add(1, lines.get(0));
    forger.lines(lines);

    assertThat(refusal()).isEqualTo("LEDGER_CHAIN");
  }

  @Test
  void detectsAFileOfAnotherLedger(@TempDir Path other) throws IOException {
    writeThree(open());
    StateFolder elsewhere = new StateFolder(other);
    elsewhere.prepare();
    writeThree(Ledger.open(elsewhere, () -> NOON));
    Files.write(forger.file(), Files.readAllBytes(LedgerFiles.entries(elsewhere)));

    assertThat(refusal()).isEqualTo("LEDGER_CHAIN");

    Files.write(forger.head(), Files.readAllBytes(LedgerFiles.head(elsewhere)));

    assertThat(refusal()).isEqualTo("OTHER_LEDGER_KEY");
  }

  @Test
  void detectsAnOlderHead() throws IOException {
    Ledger ledger = open();
    append(ledger, "run-1");
    byte[] older = Files.readAllBytes(forger.head());
    append(ledger, "run-2");
    append(ledger, "run-3");
    Files.write(forger.head(), older);

    assertThatThrownBy(this::open)
        .hasMessage(
            forger.head()
                + ": error LEDGER_HEAD the head file is not of this ledger, or older than its"
                + " newest entries"
                + RESTORE);
  }

  @Test
  void detectsAHeadThatIsGone() throws IOException {
    writeThree(open());
    Files.delete(forger.head());

    assertThatThrownBy(this::open)
        .hasMessage(forger.head() + ": error LEDGER_HEAD the ledger's head file is gone" + RESTORE);
    assertThat(refusal()).isEqualTo("LEDGER_HEAD");
  }

  @Test
  void detectsThatTheEntriesAreGone() throws IOException {
    writeThree(open());
    Files.delete(forger.file());

    assertThatThrownBy(this::open)
        .hasMessage(
            forger.file() + ": error LEDGER_CUT the ledger's file of entries is gone" + RESTORE);
    assertThat(forger.file()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"runs/a.json", "manifests/a/manifest.internal.json", "members/a.members"})
  void detectsThatAllOfItIsGoneByWhatEarlierRunsLeft(String left) throws IOException {
    Files.createDirectories(home.resolve(left).getParent());
    Files.createFile(home.resolve(left));

    assertThatThrownBy(this::open)
        .hasMessageStartingWith(
            forger.file()
                + ": error LEDGER_CUT the ledger is gone, but "
                + home.resolve(Path.of(left).getName(0)))
        .hasMessageEndingWith(" has files of earlier runs" + RESTORE);
    assertThat(forger.file()).doesNotExist();
    assertThat(refusal()).isEqualTo("LEDGER_CUT");
  }

  @Test
  void refusesAFolderThatNeverHadALedgerWhenItIsOnlyRead() {
    assertThatThrownBy(this::read)
        .hasMessage(
            home
                + ": error NO_STATE this is no state folder of Consentry: it has no ledger; name"
                + " the right one by --home or CONSENTRY_HOME")
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.USAGE);
    assertThat(forger.file()).doesNotExist();
  }

  @Test
  void knowsWhetherAFolderHasALedgerOrAPartOfOne() throws IOException {
    StateFolder absent = new StateFolder(home.resolve("absent"));
    assertThat(Ledger.isThere(absent)).isFalse();
    assertThatThrownBy(() -> Ledger.requireThere(absent)).hasMessageContaining("error NO_STATE");
    assertThat(Ledger.isThere(state)).isFalse();

    open();
    Ledger.requireThere(state);
    assertThat(Ledger.isThere(state)).isTrue();
    Files.delete(forger.file());
    assertThat(Ledger.isThere(state)).isTrue();
    Files.delete(forger.head());
    assertThat(Ledger.isThere(state)).isFalse();
  }

  @Test
  void refusesAnotherKeyAndAMissingOne() throws IOException {
    writeThree(open());
    Files.delete(state.ledgerKey());

    ProblemException missing = catchThrowableOfType(ProblemException.class, this::open);
    assertThat(missing.category()).isEqualTo(Category.KEY);
    assertThat(missing.problems().get(0).code()).isEqualTo("KEY_MISSING");
    assertThat(state.ledgerKey()).doesNotExist();

    LedgerKey.generate().writeNew(state.ledgerKey());
    ProblemException other = catchThrowableOfType(ProblemException.class, this::open);
    assertThat(other.category()).isEqualTo(Category.KEY);
    assertThat(other)
        .hasMessage(
            state.ledgerKey()
                + ": error OTHER_LEDGER_KEY the ledger key is not the one this ledger was written"
                + " under; restore the earlier key from its backup");
  }

  @Test
  void setsATornLastLineAsideAndReportsItWhereverItIsTorn() throws IOException {
    Ledger ledger = open();
    writeThree(ledger);
    byte[] three = Files.readAllBytes(forger.file());
    byte[] head = Files.readAllBytes(forger.head());
    append(ledger, "run-4");
    byte[] four = Files.readAllBytes(forger.file());

    for (int length = three.length + 1; length < four.length; length += 7) {
      byte[] torn = Arrays.copyOf(four, length);
      forger.bytes(torn);
      Files.write(forger.head(), head);

      assertThat(read().entries()).hasSize(3);
      assertThat(forger.file()).hasBinaryContent(torn);
      Ledger repaired = open();

      byte[] rest = Arrays.copyOfRange(torn, three.length, length);
      assertThat(repaired.entries()).hasSize(4);
      LedgerEntry report = repaired.entries().get(3);
      assertThat(report.kind()).isEqualTo(LedgerEntry.Kind.REPAIRED);
      assertThat(report.moment()).isEqualTo(RESTART);
      Path aside = state.ledger().resolve(report.fact(LedgerFact.TORN_FILE).orElseThrow());
      assertThat(String.valueOf(aside.getFileName())).matches("torn-4-[0-9a-f]{12}");
      assertThat(aside).hasBinaryContent(rest);
      assertThat(report.fact(LedgerFact.TORN_SHA256)).contains(Sha256.hex(rest));
      assertThat(repaired.repairs())
          .containsExactly(
              aside
                  + ": a crash left the ledger's last line torn; the line is in this file and the"
                  + " ledger goes on without it");
      assertThat(open().repairs()).isEmpty();
      assertThat(read().entries()).isEqualTo(repaired.entries());
      Files.delete(aside);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0\0\0\0", "\0\0\0\0\n", "{\"number\":4}\n", "\n", "x"})
  void setsAsideWhatACrashLeftBehindTheLastEntry(String rest) throws IOException {
    writeThree(open());
    Files.writeString(forger.file(), Files.readString(forger.file()) + rest);

    Ledger repaired = open();

    assertThat(repaired.entries()).hasSize(4);
    assertThat(repaired.entries().get(3).kind()).isEqualTo(LedgerEntry.Kind.REPAIRED);
  }

  @Test
  void reportsATornLineWhoseReportWasLostInAnotherCrash() throws IOException {
    writeThree(open());
    Files.writeString(state.ledger().resolve("torn-4-0123456789ab"), "{\"num");
    Files.writeString(state.ledger().resolve("torn-4-0123456789ab.new"), "{\"n");
    Files.writeString(state.ledger().resolve("notes.txt"), "of a person");

    assertThat(open().entries())
        .hasSize(4)
        .last()
        .satisfies(
            report ->
                assertThat(report.fact(LedgerFact.TORN_FILE)).contains("torn-4-0123456789ab"));
  }

  @Test
  void acceptsTheEntryThatACrashLeftBeforeTheHeadWasWritten() throws IOException {
    Ledger ledger = open();
    writeThree(ledger);
    byte[] head = Files.readAllBytes(forger.head());
    LedgerEntry fourth = append(ledger, "run-4");
    byte[] complete = Files.readAllBytes(forger.head());
    Files.write(forger.head(), head);

    assertThat(read().head()).contains(fourth);
    assertThat(open().head()).contains(fourth);

    assertThat(forger.head()).hasBinaryContent(complete);
  }

  @Test
  void completesALedgerWhoseMakingWasInterrupted() throws IOException {
    open();
    Files.delete(forger.file());

    assertThat(open().entries()).isEmpty();
  }

  @Test
  void doesNotTakeAnEntryThatWasWrittenWithoutTheKeyForATornLine() throws IOException {
    writeThree(open());
    String forged = forger.lines().get(2).replace("\"number\":3", "\"number\":4");
    Files.writeString(forger.file(), Files.readString(forger.file()) + forged + "\n");

    Ledger repaired = open();

    assertThat(repaired.entries()).hasSize(4);
    assertThat(repaired.entries().get(3).kind()).isEqualTo(LedgerEntry.Kind.REPAIRED);
    assertThat(repaired.entries(LedgerEntry.Kind.PUBLISHED)).hasSize(3);
  }

  @Test
  void hasNothingOfAnEntryThatTheDiskRefused() throws IOException {
    Ledger ledger = open();
    writeThree(ledger);
    byte[] before = Files.readAllBytes(forger.file());
    forger.refuseEntries();

    assertThatThrownBy(() -> append(ledger, "run-4"))
        .isInstanceOf(ProblemException.class)
        .hasNoCause()
        .hasMessage(
            state.ledger()
                + ": error LEDGER the disclosure ledger cannot be read or written; check free space"
                + " and permissions of the state folder, then try again")
        .extracting(failure -> ((ProblemException) failure).category())
        .isEqualTo(Category.RUN_FAILED);
    assertThat(forger.file()).hasBinaryContent(before);
    assertThat(ledger.entries()).hasSize(3);
    forger.acceptEntries();
    assertThat(append(ledger, "run-4").number()).isEqualTo(4);
    assertThat(read().entries()).hasSize(4);
  }

  /** As a full disk, too many open files or a broken disk would, at any moment. */
  @Test
  void hasAnEntryOrHasItNotWhicheverChangeTheDiskRefuses() throws IOException {
    writeThree(open());
    KillingFiles disk = new KillingFiles(FileSystems.getDefault().provider());
    long written = 3;
    boolean refused = true;
    for (int change = 1; refused; change++) {
      int failing = change;
      Ledger ledger = Ledger.open(new StateFolder(disk.getPath(home.toUri())), () -> RESTART);
      Deaths.beginRefusing(state.ledger(), (step, kind, path) -> step == failing);
      try {
        append(ledger, "run-" + change);
        refused = false;
      } catch (ProblemException notWritten) {
        assertThat(notWritten.category()).isEqualTo(Category.TEMPORARY);
      } finally {
        Deaths.end();
      }
      written += refused ? 0 : 1;

      assertThat(ledger.entries()).as("change %d", change).hasSize((int) written);
      assertThat(read().entries()).as("change %d, read again", change).hasSize((int) written);
      assertThat(forger.file().resolveSibling("head.json.new")).doesNotExist();
    }
    assertThat(written).isEqualTo(4);
    assertThat(append(open(), "run-next").number()).isEqualTo(5);
  }

  /** As a disk that breaks for good: the entry may remain, and then none follows it here. */
  @Test
  void appendsNothingAfterAnEntryThatCouldNotBeTakenBack() throws IOException {
    KillingFiles disk = new KillingFiles(FileSystems.getDefault().provider());
    open();
    long entries = 0;
    int outOfStep = 0;
    for (int change = 1; change <= 12; change++) {
      int first = change;
      Ledger ledger = Ledger.open(new StateFolder(disk.getPath(home.toUri())), () -> RESTART);
      Deaths.beginRefusing(state.ledger(), (step, kind, path) -> step >= first);
      try {
        append(ledger, "run-" + change);
      } catch (ProblemException refused) {
        assertThat(refused.category()).isEqualTo(Category.TEMPORARY);
      } finally {
        Deaths.end();
      }
      long now = open().entries().size();
      assertThat(now).isBetween(entries, entries + 1);
      if (now != ledger.entries().size()) {
        outOfStep++;
        assertThatThrownBy(() -> append(ledger, "run-again"))
            .hasMessageContaining("error LEDGER the disclosure ledger cannot be read or written");
        assertThat(open().entries()).hasSize((int) now);
      }
      entries = now;
    }
    assertThat(outOfStep).isPositive();
  }

  @Test
  void refusesToAppendToAFileThatAnotherProgramChanged() throws IOException {
    Ledger ledger = open();
    writeThree(ledger);
    Files.writeString(forger.file(), Files.readString(forger.file()) + "x");

    assertThatThrownBy(() -> append(ledger, "run-4")).isInstanceOf(ProblemException.class);

    assertThat(ledger.entries()).hasSize(3);
  }

  @Test
  void appendsNothingWhenItWasOpenedToRead() {
    writeThree(open());

    assertThatThrownBy(() -> append(read(), "run-4")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void canBeReadWhileAnotherThreadAppends() throws Exception {
    Ledger ledger = open();
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      Future<?> all =
          writer.submit(
              () -> {
                for (int run = 1; run <= 100; run++) {
                  append(ledger, "run-" + run);
                }
              });
      int seen = 0;
      do {
        int now = read().entries().size();
        assertThat(now).isGreaterThanOrEqualTo(seen);
        seen = now;
      } while (!all.isDone());
      all.get();
      assertThat(read().entries()).hasSize(100);
    } finally {
      writer.shutdownNow();
    }
  }

  @Test
  void knowsTheLatestMomentSinceAClockWasAccepted() {
    Ledger ledger = open();
    Instant ahead = Instant.parse("2028-01-01T00:00:00Z");
    ledger.append(NOON, new LedgerEvent(LedgerEntry.Kind.EXPLAINED, "", "", "", Map.of()));
    ledger.append(ahead, new LedgerEvent(LedgerEntry.Kind.EXPLAINED, "", "", "", Map.of()));
    ledger.append(RESTART, new LedgerEvent(LedgerEntry.Kind.EXPLAINED, "", "", "", Map.of()));
    assertThat(ledger.latest()).contains(ahead);

    ledger.append(
        RESTART,
        new LedgerEvent(
            LedgerEntry.Kind.ACCEPTED,
            "",
            "",
            "",
            Map.of(LedgerFact.ACCEPTED, LedgerFact.Accepted.CLOCK.name())));

    assertThat(ledger.latest()).contains(RESTART);
  }

  @Test
  void knowsTheNewestReleaseOfAStudyAndHowOftenAJobReleased() {
    Ledger ledger = open();
    release(ledger, LedgerEntry.Kind.PUBLISHED, "a-1", "a", "IRB-1");
    release(ledger, LedgerEntry.Kind.PUBLISHED, "b-1", "b", "IRB-1");
    release(ledger, LedgerEntry.Kind.PUBLISHED, "a-2", "a", "IRB-2");
    release(ledger, LedgerEntry.Kind.PREPARED, "a-3", "a", "IRB-1");
    release(ledger, LedgerEntry.Kind.NOT_PUBLISHED, "a-3", "a", "IRB-1");

    assertThat(ledger.lastPublished("IRB-1").map(LedgerEntry::run)).contains("b-1");
    assertThat(ledger.lastPublished("IRB-3")).isEqualTo(Optional.empty());
    assertThat(ledger.published("a")).isEqualTo(2);
  }

  @Test
  void knowsTheRunsWhosePreparedReleaseHasNoOutcomeYet() {
    Ledger ledger = open();
    release(ledger, LedgerEntry.Kind.STAGED, "a-1", "a", "IRB-1");
    assertThat(ledger.unsettled()).isEmpty();

    release(ledger, LedgerEntry.Kind.PREPARED, "a-1", "a", "IRB-1");
    release(ledger, LedgerEntry.Kind.PREPARED, "b-1", "b", "IRB-1");
    release(ledger, LedgerEntry.Kind.PREPARED, "c-1", "c", "IRB-1");
    assertThat(ledger.unsettled())
        .extracting(LedgerEntry::run)
        .containsExactly("a-1", "b-1", "c-1");

    release(ledger, LedgerEntry.Kind.PUBLISHED, "a-1", "a", "IRB-1");
    release(ledger, LedgerEntry.Kind.NOT_PUBLISHED, "b-1", "b", "IRB-1");
    release(ledger, LedgerEntry.Kind.REFUSED, "c-1", "c", "IRB-1");
    assertThat(ledger.unsettled()).extracting(LedgerEntry::run).containsExactly("c-1");

    release(ledger, LedgerEntry.Kind.PREPARED, "b-1", "b", "IRB-1");
    assertThat(ledger.unsettled())
        .extracting(LedgerEntry::number)
        .as("the newest of the run")
        .containsExactly(8L, 4L);
  }

  @Test
  void anAdoptedReleaseIsOneToo() {
    Ledger ledger = open();
    release(ledger, LedgerEntry.Kind.PUBLISHED, "a-1", "a", "IRB-1");
    release(ledger, LedgerEntry.Kind.ADOPTED, "a-2", "a", "IRB-1");
    release(ledger, LedgerEntry.Kind.STAGED, "a-3", "a", "IRB-1");

    assertThat(ledger.releases()).extracting(LedgerEntry::run).containsExactly("a-1", "a-2");
    assertThat(ledger.lastPublished("IRB-1").map(LedgerEntry::run)).contains("a-2");
    assertThat(ledger.published("a")).isEqualTo(2);
  }

  @Test
  void adoptedReleasesHaveTheOrderInWhichTheyWereSealed() {
    Ledger ledger = open();
    release(ledger, LedgerEntry.Kind.PUBLISHED, "here-1", LedgerFact.CREATED_AT, "2026-11-10");
    release(ledger, LedgerEntry.Kind.PUBLISHED, "here-2", LedgerFact.CREATED_AT, "2026-11-20");
    release(ledger, LedgerEntry.Kind.ADOPTED, "between", LedgerFact.PREPARED_AT, "2026-11-15");
    release(ledger, LedgerEntry.Kind.ADOPTED, "before", LedgerFact.PREPARED_AT, "2026-11-01");

    assertThat(ledger.releases())
        .extracting(LedgerEntry::run)
        .containsExactly("before", "here-1", "between", "here-2");
    assertThat(ledger.lastPublished("IRB-1").map(LedgerEntry::run)).contains("here-2");

    release(ledger, LedgerEntry.Kind.ADOPTED, "newest", LedgerFact.PREPARED_AT, "2026-11-21");

    assertThat(ledger.lastPublished("IRB-1").map(LedgerEntry::run)).contains("newest");
  }

  private static void release(
      Ledger ledger, LedgerEntry.Kind kind, String run, LedgerFact moment, String day) {
    ledger.append(
        NOON, new LedgerEvent(kind, run, "a", "IRB-1", Map.of(moment, day + "T08:00:00Z")));
  }

  /** A line that this program could not have written is none, though its MAC is right. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"number\":1|\"number\":\"1\"",
        "\"number\":1|\"number\":1.0",
        ",\"at\"|, \"at\"",
        "\"kind\":\"PUBLISHED\"|\"kind\":\"SOLD\"",
        "\"kind\":\"PUBLISHED\"|\"kind\":7",
        "\"run\":\"run-1\"|\"run\":null",
        "2026-11-23T12:00:00Z|yesterday",
        "\"recipient\":\"uni-x\"|\"sold\":\"uni-x\"",
        "\"recipient\":\"uni-x\"|\"recipient\":true",
        "\"study\"|\"Study\""
      })
  void readsNoLineOfAnotherForm(String from, String to) throws IOException {
    Ledger ledger = open();
    append(ledger, "run-1");
    String line = forger.lines().get(0);
    String open = line.substring(0, line.indexOf(",\"mac\"")).replace(from, to) + "}";
    String signed =
        open.substring(0, open.length() - 1)
            + ",\"mac\":\""
            + mac(ledger.key().entries(), open)
            + "\"}";

    assertThat(LedgerEntry.read(bytes(line), ledger.key().entries())).isPresent();
    assertThat(LedgerEntry.read(bytes(signed), ledger.key().entries())).isEmpty();
    assertThat(LedgerEntry.read(bytes(line + " "), ledger.key().entries())).isEmpty();
    assertThat(LedgerEntry.read(bytes(line), LedgerKey.generate().entries())).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void countsTheBytesBehindItsNewestEntryUntilItIsOpenToWrite() throws IOException {
    writeThree(open());
    assertThat(read().rest()).isZero();
    Files.writeString(forger.file(), Files.readString(forger.file()) + "{\"num");

    assertThat(read().rest()).isEqualTo(5);
    assertThat(open().rest()).isZero();
    assertThat(read().rest()).isZero();
  }

  @Test
  void knowsTheNewestReleaseOfAStudyForEachRecipientAndEachByName() {
    Ledger ledger = open();
    release(ledger, "a-1", "IRB-1", "uni-x", "2026-11-01-r1");
    release(ledger, "a-2", "IRB-1", "uni-y", "2026-11-02-r2");
    release(ledger, "a-3", "IRB-2", "uni-x", "2026-11-03-r3");

    assertThat(ledger.lastPublished("IRB-1", "uni-x").map(LedgerEntry::run)).contains("a-1");
    assertThat(ledger.lastPublished("IRB-1", "uni-y").map(LedgerEntry::run)).contains("a-2");
    assertThat(ledger.lastPublished("IRB-1", "uni-z")).isEmpty();
    assertThat(ledger.lastPublished("IRB-1", "a", "uni-x").map(LedgerEntry::run)).contains("a-1");
    assertThat(ledger.lastPublished("IRB-1", "b", "uni-x")).isEmpty();
    assertThat(ledger.lastPublished("IRB-2", "a", "uni-y")).isEmpty();
    assertThat(ledger.release("a", "2026-11-03-r3").map(LedgerEntry::run)).contains("a-3");
    assertThat(ledger.release("b", "2026-11-03-r3")).isEmpty();
    assertThat(ledger.release("a", "2026-11-04-r4")).isEmpty();
  }

  private Ledger open() {
    return Ledger.open(state, () -> RESTART);
  }

  private Ledger read() {
    return Ledger.read(state);
  }

  /** The code of the problem with which the ledger is refused. */
  private String refusal() {
    ProblemException refused = catchThrowableOfType(ProblemException.class, this::read);
    return refused == null ? "none" : refused.problems().get(0).code();
  }

  private static void release(
      Ledger ledger, LedgerEntry.Kind kind, String run, String job, String study) {
    ledger.append(NOON, new LedgerEvent(kind, run, job, study, Map.of()));
  }

  private static void release(
      Ledger ledger, String run, String study, String recipient, String name) {
    ledger.append(
        NOON,
        new LedgerEvent(
            LedgerEntry.Kind.PUBLISHED,
            run,
            "a",
            study,
            Map.of(LedgerFact.RECIPIENT, recipient, LedgerFact.RELEASE, name)));
  }

  private static List<LedgerEntry> writeThree(Ledger ledger) {
    return List.of(append(ledger, "run-1"), append(ledger, "run-2"), append(ledger, "run-3"));
  }

  private static LedgerEntry append(Ledger to, String run) {
    return to.append(
        NOON,
        new LedgerEvent(
            LedgerEntry.Kind.PUBLISHED,
            run,
            "job",
            "IRB-1",
            Map.of(LedgerFact.RECIPIENT, "uni-x")));
  }

  private static String mac(Prf key, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] answer = new byte[Prf.SIZE];
    key.compute(bytes, 0, bytes.length, answer, 0);
    return HexFormat.of().formatHex(answer);
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
