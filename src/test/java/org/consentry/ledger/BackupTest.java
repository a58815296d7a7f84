package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.consentry.data.DurableFiles;
import org.consentry.data.Sha256;
import org.consentry.keys.BackupKey;
import org.consentry.keys.StudyKey;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.Deaths;
import org.consentry.testing.KillingFiles;
import org.consentry.testing.PowerLoss;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is made whole or not at all, and is restored whole or not at all. */
final class BackupTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir Path root;

  private final BackupKey key = BackupKey.generate();
  private final StudyKey studyKey = StudyKey.generate();
  private StateFolder state = new StateFolder(Path.of(""));
  private Path keys = Path.of("");
  private Path file = Path.of("");
  private Path target = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    state = new StateFolder(root.resolve("here/state"));
    keys = root.resolve("here/keys");
    file = root.resolve("there/a.age");
    target = root.resolve("there/restored");
    DurableFiles.createFolder(root.resolve("there"));
    state.prepare();
    Ledger.open(state, () -> NOON).append(NOON, published("run-1", studyKey.fingerprint()));
    studyKey.writeNew(keys.resolve("s.key"));
    write(state.vault().resolve("IRB 1 é/patient.vault"), "c".repeat(200_000));
    write(state.lock(), "");
    write(state.progress(), "{}");
    write(state.database("lck"), "lock");
    write(state.home().resolve("ledger/head.json.new"), "left");
    write(state.home().resolve("db.damaged-20260101T000000Z/consentry.script"), "old");
    write(state.serviceLock(), "");
    write(state.service().resolve("db/timetable.data"), "at work");
    write(state.service().resolve("db.damaged-1/timetable.data"), "old");
    write(state.service().resolve("paused/job.json"), "{}");
  }

  @Test
  void restoresEveryFileForItsOwnerOnly() throws IOException {
    backup().write(file);

    BackupContent content = restore(target);

    SortedMap<String, String> expected = digests(root.resolve("here"));
    expected
        .keySet()
        .removeIf(
            name ->
                name.matches("state/(lock|progress.json|last-backup.json|db/consentry.lck)")
                    || name.matches(".*\\.new|state/db\\.damaged-.*")
                    || name.matches("state/service/(lock|db/.*|db\\.damaged-.*)"));
    SortedMap<String, String> restored = digests(target);
    expected.keySet().removeIf(name -> name.startsWith("state/ledger/"));
    restored.keySet().removeIf(name -> name.startsWith("state/ledger/"));
    assertThat(restored).isEqualTo(expected).hasSize(4);
    assertThat(modes(target)).containsOnly("rwx------", "rw-------");
    assertThat(modes(file)).containsExactly("rw-------");
    assertThat(content.entries()).hasSize(1);
    assertThat(content.stateFiles()).isEqualTo(5);
    assertThat(content.keyFiles()).isEqualTo(1);
    assertThat(content.home()).isEqualTo(state.home().toString());
    assertThat(content.keyFolders()).containsExactly(keys.toString());
    assertThat(content.studyKeys())
        .containsExactly(Map.entry("keys/s.key", studyKey.fingerprint()));
    assertThat(new BackupFile(file).check(key)).isEqualTo(content);
  }

  @Test
  void aLogThatGrowsMeanwhileIsCopiedAsFarAsItWasAtFirst() throws Exception {
    Path log = state.service().resolve("audit-2026-11.jsonl");
    write(log, "line 0\n");
    ExecutorService writer = Executors.newSingleThreadExecutor();
    AtomicBoolean isOver = new AtomicBoolean();
    Future<Integer> lines =
        writer.submit(
            () -> {
              int number = 0;
              while (!isOver.get()) {
                Files.writeString(log, "line " + ++number + "\n", StandardOpenOption.APPEND);
              }
              return number;
            });
    try {
      backup().write(file);
    } finally {
      isOver.set(true);
      writer.shutdown();
    }

    restore(target);

    assertThat(lines.get()).isPositive();
    String restored = Files.readString(target.resolve("state/service/audit-2026-11.jsonl"));
    assertThat(restored).startsWith("line 0\n");
    assertThat(Files.readString(log)).startsWith(restored);
  }

  @Test
  void theRestoredLedgerGoesOnWithWhoRestoredWhichBackup() {
    backup().write(file);
    List<LedgerEntry> before = Ledger.read(state).entries();

    BackupContent content = restore(target);

    List<LedgerEntry> after = Ledger.read(new StateFolder(target.resolve("state"))).entries();
    assertThat(after).hasSize(2).startsWith(before.get(0));
    assertThat(after.get(1).kind()).isEqualTo(LedgerEntry.Kind.RESTORED);
    assertThat(after.get(1).moment()).isEqualTo(NOON);
    assertThat(after.get(1).facts())
        .isEqualTo(Map.of(LedgerFact.BACKUP, "2026-11-23T12:00:00Z", LedgerFact.ASKED_BY, "ada"));
    assertThat(content.relationTo(after)).isEqualTo(BackupContent.Relation.SAME);
    assertThat(content.relationTo(before)).isEqualTo(BackupContent.Relation.SAME);
  }

  @Test
  void nothingOfTheContentIsInTheFile() throws IOException {
    backup().write(file);

    String text = Files.readString(file, StandardCharsets.ISO_8859_1);

    assertThat(text).startsWith("age-encryption.org/v1\n").doesNotContain("run-1", "ccc", "state");
  }

  @Test
  void recordsTheNewestBackupInTheStateFolder() {
    assertThat(LastBackup.read(state)).isEmpty();

    Backup.Made made = backup().write(file);

    assertThat(LastBackup.read(state))
        .contains(new LastBackup("2026-11-23T12:00:00Z", file.toString(), 1));
    assertThat(made.sha256()).isEqualTo(sha256(file));
    assertThat(made.size()).isEqualTo(file.toFile().length());
  }

  @Test
  void followsLinksAndRefusesWhatIsNoFile() throws IOException {
    Path elsewhere = root.resolve("elsewhere");
    DurableFiles.createFolder(elsewhere);
    write(elsewhere.resolve("approvers"), "pinned");
    Files.createSymbolicLink(state.approvers(), elsewhere.resolve("approvers"));
    backup().write(file);

    restore(target);

    assertThat(target.resolve("state/approvers")).hasContent("pinned").isRegularFile();
    assertThat(Files.isSymbolicLink(target.resolve("state/approvers"))).isFalse();
    Files.createSymbolicLink(state.home().resolve("broken"), root.resolve("absent"));
    Files.delete(file);
    requireRefused(Category.USAGE, "BACKUP_SOURCE", () -> backup().write(file));
  }

  @Test
  void refusesAPlaceThatIsNotFree() throws IOException {
    write(file, "another");
    requireRefused(Category.USAGE, "BACKUP_EXISTS", () -> backup().write(file));
    assertThat(file).hasContent("another");

    for (Path place :
        List.of(
            root.resolve("absent/a.age"),
            state.home().resolve("a.age"),
            keys.resolve("../keys/a.age"))) {
      requireRefused(Category.USAGE, "BACKUP_FOLDER", () -> backup().write(place));
    }
  }

  @Test
  void refusesWithoutTheKeyOfAStudyThatReleased() {
    Backup without = backup(List.of(), Backup.MissingKeys.REFUSE);

    assertThatThrownBy(() -> without.write(file))
        .hasMessage(
            "study IRB-1: error BACKUP_WITHOUT_KEY the key of its newest release, "
                + studyKey.fingerprint()
                + ", is in none of the folders of keys; name the folder by --keys; where keys are"
                + " in a vault or another backup, add --without-keys");

    BackupContent accepted = backup(List.of(), Backup.MissingKeys.ACCEPT).write(file).content();
    assertThat(accepted.missingStudyKeys())
        .containsExactly(Map.entry("IRB-1", studyKey.fingerprint()));
  }

  @Test
  void refusesToLockItsOwnKeyIn() {
    key.writeNew(keys.resolve("backup.key"));

    requireRefused(Category.KEY, "BACKUP_KEY_INSIDE", () -> backup().write(file));
    assertThat(file).doesNotExist();
  }

  @Test
  void refusesAFolderThatIsNoFolderOfKeys() throws IOException {
    write(keys.resolve("visits.csv"), "x".repeat(70_000));

    requireRefused(Category.USAGE, "BACKUP_SIZE", () -> backup().write(file));
    requireRefused(
        Category.USAGE,
        "BACKUP_SOURCE",
        () -> backup(List.of(root.resolve("absent")), Backup.MissingKeys.ACCEPT).write(file));
  }

  @Test
  void refusesADamagedLedger() throws IOException {
    Path entries = LedgerFiles.entries(state);
    Files.writeString(entries, Files.readString(entries).replace("run-1", "run-2"));

    requireRefused(Category.VERIFY, "LEDGER_CHAIN", () -> backup().write(file));
    assertThat(file).doesNotExist();
  }

  @Test
  void comparesItsLedgerWithAnotherOne() {
    BackupContent first = backup().write(file).content();
    List<LedgerEntry> one = Ledger.read(state).entries();
    Ledger.open(state, () -> NOON).append(NOON, published("run-2", studyKey.fingerprint()));
    List<LedgerEntry> two = Ledger.read(state).entries();
    BackupContent second = backup().write(root.resolve("there/b.age")).content();

    assertThat(first.relationTo(one)).isEqualTo(BackupContent.Relation.SAME);
    assertThat(first.relationTo(two)).isEqualTo(BackupContent.Relation.OLDER);
    assertThat(second.relationTo(one)).isEqualTo(BackupContent.Relation.NEWER);
    assertThat(first.relationTo(two.subList(1, 2))).isEqualTo(BackupContent.Relation.OTHER);
  }

  @Test
  void isThereAfterALossOfPower() {
    PowerLoss.begin(root.resolve("there"));
    backup().write(onDisk(file));
    PowerLoss.strike();

    assertThat(new BackupFile(file).check(key).entries()).hasSize(1);
  }

  @Test
  void isRestoredAfterALossOfPower() {
    backup().write(file);
    SortedMap<String, String> whole = restoredOnce();

    PowerLoss.begin(root.resolve("there"));
    restore(onDisk(target));
    PowerLoss.strike();

    assertThat(digests(target)).isEqualTo(whole);
  }

  @Test
  void killedAtAnyChangeOfTheDiskItIsWholeOrNotThere() throws IOException {
    long steps = steps(() -> backup().write(onDisk(file)));
    assertThat(steps).isGreaterThan(4);
    for (long step = 1; step <= steps; step++) {
      Files.deleteIfExists(file);
      long last = step;
      Deaths.begin(root.resolve("there"), (number, kind, path) -> number == last);
      assertThatThrownBy(() -> backup().write(onDisk(file))).isInstanceOf(Deaths.Died.class);
      Deaths.end();

      if (Files.exists(file)) {
        new BackupFile(file).check(key);
        Files.delete(file);
      }
      backup().write(file);
      assertThat(root.resolve("there/a.age.new")).doesNotExist();
    }
  }

  @Test
  void onAFullDiskNothingIsLeftOfIt() throws IOException {
    long steps = steps(() -> backup().write(onDisk(file)));
    int refusals = 0;
    for (long step = 1; step <= steps; step++) {
      Files.deleteIfExists(file);
      long full = step;
      Deaths.beginFilling(
          root.resolve("there"), (number, kind, path) -> number >= full && Deaths.needsRoom(kind));
      ProblemException refused =
          catchThrowableOfType(ProblemException.class, () -> backup().write(onDisk(file)));
      Deaths.end();

      if (refused != null) {
        assertThat(refused.category()).isEqualTo(Category.TEMPORARY);
        assertThat(root.resolve("there")).isEmptyDirectory();
        refusals++;
      }
    }
    assertThat(refusals).isGreaterThan(1);
  }

  @Test
  void killedAtAnyChangeOfTheDiskARestoredFolderIsWholeOrNotThere() throws IOException {
    backup().write(file);
    SortedMap<String, String> whole = restoredOnce();
    long steps = steps(() -> restore(onDisk(target)));
    assertThat(steps).isGreaterThan(20);
    DurableFiles.delete(target);

    for (long step = 1; step <= steps; step++) {
      long last = step;
      Deaths.begin(root.resolve("there"), (number, kind, path) -> number == last);
      assertThatThrownBy(() -> restore(onDisk(target))).isInstanceOf(Deaths.Died.class);
      Deaths.end();

      Path left = root.resolve("there/restored.new");
      if (Files.exists(target)) {
        assertThat(digests(target)).isEqualTo(whole);
      } else if (Files.exists(left)) {
        requireRefused(Category.USAGE, "RESTORE_LEFT", () -> restore(target));
      }
      DurableFiles.delete(left);
      DurableFiles.delete(target);
    }
  }

  @Test
  void onAFullDiskNothingIsLeftOfARestoredFolder() throws IOException {
    backup().write(file);
    long steps = steps(() -> restore(onDisk(target)));
    DurableFiles.delete(target);

    int refusals = 0;
    for (long step = 1; step <= steps; step++) {
      long full = step;
      Deaths.beginFilling(
          root.resolve("there"), (number, kind, path) -> number >= full && Deaths.needsRoom(kind));
      ProblemException refused =
          catchThrowableOfType(ProblemException.class, () -> restore(onDisk(target)));
      Deaths.end();

      if (refused != null) {
        assertThat(refused.category()).isEqualTo(Category.TEMPORARY);
        assertThat(root.resolve("there")).isDirectoryNotContaining("glob:**/restored*");
        refusals++;
      }
      DurableFiles.delete(target);
    }
    assertThat(refusals).isGreaterThan(10);
  }

  @Test
  void isRestoredOnlyIntoANewOrEmptyFolder() throws IOException {
    backup().write(file);
    Files.createDirectories(target);
    restore(target);
    SortedMap<String, String> whole = digests(target);

    requireRefused(Category.USAGE, "RESTORE_EXISTS", () -> restore(target));
    requireRefused(Category.USAGE, "RESTORE_EXISTS", () -> restore(file));
    requireRefused(Category.USAGE, "RESTORE_FOLDER", () -> restore(root.resolve("absent/a")));
    assertThat(digests(target)).isEqualTo(whole);
  }

  private BackupContent restore(Path folder) {
    return new BackupFile(file).restore(key, folder, "ada", () -> NOON);
  }

  private SortedMap<String, String> restoredOnce() {
    Path once = root.resolve("once");
    restore(once);
    return digests(once);
  }

  private Backup backup() {
    return backup(List.of(keys), Backup.MissingKeys.REFUSE);
  }

  private Backup backup(List<Path> folders, Backup.MissingKeys missing) {
    return new Backup(state, folders, List.of(key.publicKey()), missing, "consentry test", NOON);
  }

  private static LedgerEvent published(String run, String studyKey) {
    return new LedgerEvent(
        LedgerEntry.Kind.PUBLISHED, run, "job", "IRB-1", Map.of(LedgerFact.STUDY_KEY, studyKey));
  }

  private long steps(Runnable work) {
    Deaths.begin(root.resolve("there"), (number, kind, path) -> false);
    work.run();
    return Deaths.end();
  }

  private static Path onDisk(Path path) {
    return new KillingFiles(FileSystems.getDefault().provider()).getPath(path.toUri());
  }

  private static void requireRefused(Category category, String code, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            ProblemException.class,
            thrown -> {
              assertThat(thrown.category()).isEqualTo(category);
              assertThat(thrown.problems().get(0).code()).isEqualTo(code);
            });
  }

  private static void write(Path path, String text) throws IOException {
    DurableFiles.createFolder(DurableFiles.folderOf(path));
    DurableFiles.replace(path, text);
  }

  private static String sha256(Path path) {
    try {
      return Sha256.hex(Files.readAllBytes(path));
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private static SortedMap<String, String> digests(Path folder) {
    SortedMap<String, String> digests = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.filter(Files::isRegularFile)
          .forEach(each -> digests.put(folder.relativize(each).toString(), sha256(each)));
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
    return digests;
  }

  private static List<String> modes(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.map(
              each -> {
                try {
                  return PosixFilePermissions.toString(Files.getPosixFilePermissions(each));
                } catch (IOException unreadable) {
                  throw new IllegalStateException(unreadable);
                }
              })
          .distinct()
          .toList();
    }
  }
}
