package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.consentry.cli.Installation.Answer;
import org.consentry.ledger.RunLock;
import org.consentry.ledger.StateFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An installation that is lost comes back from its backup with the same codes. */
final class BackupCommandTest {

  private static final String JOB = "eyelid-outcomes";

  @TempDir private static Path folder;
  private static Installation place;
  private static Path key = Path.of("");
  private static String publicKey = "";

  @BeforeAll
  static void releaseOnce() throws IOException {
    place = Installation.in(folder.toRealPath());
    Answer released = place.run(JOB);
    assertThat(released.exitCode()).as(released.err()).isZero();
    key = place.root().resolve("safe/backup.key");
    Answer made = place.call("keys", "new", "backup", key.toString());
    assertThat(made.exitCode()).isZero();
    publicKey = made.out().strip().replaceFirst(".* ", "");
    place.keepCopy();
  }

  @BeforeEach
  void beginWithOneRelease() throws IOException {
    place.restoreCopy();
    Files.deleteIfExists(file());
    if (Files.exists(restored())) {
      Installation.delete(restored());
    }
  }

  @Test
  void theNextReleaseOfALostInstallationHasTheSameCodes() {
    String first = people();
    assertThat(first).isNotEmpty();
    assertThat(backup().exitCode()).isZero();
    Installation.delete(place.home());
    Installation.delete(place.root().resolve("keys"));

    Answer answer = restore("--to", restored().toString());

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(answer.out())
        .contains("there is no state folder here to compare with: " + place.home() + "\n")
        .contains("restored  " + file() + "\n")
        .contains("next      consentry doctor --home " + restored().resolve("state") + "\n")
        .contains("consentry run --accept-missing-restrictions REASON JOB\n");
    Installation.copy(restored().resolve("state"), place.home());
    Installation.copy(restored().resolve("keys"), place.root().resolve("keys"));
    requireRefused(place.call("run", place.job(JOB).toString()));
    requireRefused(place.call("recall"));
    Answer doctor = place.call("doctor", place.job(JOB).toString());
    assertThat(doctor.exitCode()).as(doctor.out()).isEqualTo(10);
    assertThat(doctor.out())
        .containsPattern("(?m)^error    consent    .*: RESTRICTIONS_OLD ")
        .contains(" 1 error\n");
    assertThat(place.call("verify", place.release(JOB).toString()).exitCode()).isZero();
    assertThat(place.call("ledger", "verify", "--full").exitCode()).isZero();
    assertThat(place.call("recall", "--accept-missing-restrictions", "compared").exitCode())
        .as("of which study is not stated")
        .isEqualTo(2);
    Answer recall =
        place.call(
            "recall", "--study", "IRB-2026-014", "--accept-missing-restrictions", "compared");
    assertThat(recall.exitCode()).as(recall.err()).isZero();
    assertThat(recall.err()).contains("accepted: RESTRICTIONS_OLD the state folder was restored");
    Answer run = place.call("run", place.job(JOB).toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(place.releases(JOB)).hasSize(2);
    assertThat(people()).isEqualTo(first);
    assertThat(place.call("doctor", place.job(JOB).toString()).out()).contains(" 0 errors\n");
  }

  private static void requireRefused(Answer answer) {
    assertThat(answer.exitCode()).isEqualTo(10);
    assertThat(answer.err()).contains("error RESTRICTIONS_OLD the state folder was restored");
  }

  @Test
  void showsWhatIsInItAndChangesNothing() {
    Answer made = backup();
    SortedMap<String, String> before = Installation.digests(place.root());

    Answer answer = restore("--check");

    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(made.out())
        .contains("opens with the key of " + publicKey + "\n")
        .containsPattern("(?m)^sha256 [0-9a-f]{64}$");
    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out())
        .contains("the ledger of " + place.home() + " is the same\n")
        .contains("whole     " + file() + "\n")
        .containsPattern(
            "(?m)^ledger    2 entries, the newest of .* sha256:[0-9a-f]{64}, key sha256:")
        .contains("keys      2 files of " + place.root().resolve("keys") + "\n")
        .containsPattern("(?m)^study key keys/eyelid-outcomes.key sha256:[0-9a-f]{64}$");
    assertThat(Installation.digests(place.root())).isEqualTo(before);
  }

  @Test
  void noSecretIsPrinted() {
    String secrets =
        Installation.read(key)
            + Installation.read(place.home().resolve("ledger.key"))
            + Installation.read(place.root().resolve("keys/eyelid-outcomes.key"));

    String printed =
        backup().out()
            + restore("--check", "--json").out()
            + restore("--to", restored().toString()).out();

    List<String> keys =
        secrets
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.replaceFirst(".* ", ""))
            .toList();
    assertThat(keys).hasSize(3);
    assertThat(keys).noneMatch(printed::contains);
  }

  @Test
  void reportsThatARestoredStateWouldBeOlder() {
    assertThat(backup().exitCode()).isZero();
    assertThat(place.call("run", place.job(JOB).toString()).exitCode()).isZero();

    Answer answer = restore("--check");

    assertThat(answer.exitCode()).isZero();
    assertThat(answer.err())
        .isEqualTo(
            place.home()
                + ": warning BACKUP_OLDER its ledger has 2 entries more than the backup, with 1"
                + " release: eyelid-outcomes/"
                + place.release(JOB).getFileName()
                + ". The restored state does not know them, nor the codes that new patients were"
                + " given there; restore a newer backup if there is one; else consentry adopt DIR"
                + " makes each of these releases known, and a study with random codes begins new"
                + " ones\n");
  }

  @Test
  void reportsThatABackupIsOfAnotherInstallation() {
    assertThat(backup().exitCode()).isZero();
    Installation.delete(place.home());
    Installation.delete(place.root().resolve("releases"));
    assertThat(place.run(JOB).exitCode()).isZero();

    assertThat(restore("--check").err())
        .contains(": warning BACKUP_OTHER its ledger is another one");
  }

  @Test
  void waitsForNoRunAtWork() {
    try (RunLock lock = RunLock.take(new StateFolder(place.home()))) {
      assertThat(lock).isNotNull();
      Answer answer = backup();
      assertThat(answer.exitCode()).isEqualTo(11);
      assertThat(answer.err()).contains(" error LOCKED another run has the lock; ");
    }
    assertThat(file()).doesNotExist();
  }

  @Test
  void aDamagedStateIsNotBackedUp() throws IOException {
    Path manifest =
        Installation.files(place.home().resolve("manifests")).stream()
            .filter(each -> each.endsWith("manifest.internal.json"))
            .findFirst()
            .orElseThrow();
    Files.writeString(manifest, Installation.read(manifest).replaceFirst("a", "b"));

    Answer answer = backup();

    assertThat(answer.exitCode()).isEqualTo(20);
    assertThat(file()).doesNotExist();
  }

  @Test
  void aDamagedFileOfFiguresIsNotBackedUp() throws IOException {
    Path figures =
        Installation.files(place.home()).stream()
            .filter(each -> each.toString().endsWith(".figures"))
            .findFirst()
            .orElseThrow();
    byte[] bytes = Files.readAllBytes(figures);
    bytes[bytes.length / 2] ^= 1;
    Files.write(figures, bytes);

    Answer answer = backup();

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(20);
    assertThat(file()).doesNotExist();
  }

  @Test
  void endsWith14ForAnotherKeyAndWith20ForADamagedFile() throws IOException {
    assertThat(backup().exitCode()).isZero();
    Path other = place.root().resolve("safe/other.key");
    Files.deleteIfExists(other);
    place.call("keys", "new", "backup", other.toString());

    Answer wrong = call("restore", "--check", "--key", "file:" + other, file().toString());
    byte[] bytes = Files.readAllBytes(file());
    Files.write(file(), java.util.Arrays.copyOf(bytes, bytes.length - 100));
    Answer cut = restore("--to", restored().toString());
    bytes[bytes.length / 2] ^= 1;
    Files.write(file(), bytes);
    Answer changed = restore("--check");

    assertThat(wrong.exitCode()).isEqualTo(14);
    assertThat(wrong.err()).contains(": error BACKUP_KEY this key does not open the file");
    assertThat(cut.exitCode()).isEqualTo(20);
    assertThat(cut.err())
        .isEqualTo(
            file()
                + ": error BACKUP_DAMAGED the file was cut off or changed after it was made; take"
                + " another copy of it, or an older backup\n");
    assertThat(restored()).doesNotExist();
    assertThat(changed.exitCode()).isEqualTo(20);
  }

  @Test
  void askForOnePurposeAndNoMore() {
    assertThat(call("restore", "--key", "file:x", "y").exitCode()).isEqualTo(2);
    assertThat(call("restore", "--check", "--to", "z", "--key", "file:x", "y").exitCode())
        .isEqualTo(2);
    assertThat(call("restore", "--check", "--key", "plain", "y").exitCode()).isEqualTo(2);
    assertThat(call("backup", file().toString()).exitCode()).isEqualTo(2);
  }

  @Test
  void doctorShowsTheAgeOfTheNewestBackup() throws IOException {
    String none = place.call("doctor", place.job(JOB).toString()).out();
    backup();
    String fresh = place.call("doctor", place.job(JOB).toString()).out();
    Path record = place.home().resolve("last-backup.json");
    Files.writeString(
        record,
        Files.readString(record, StandardCharsets.UTF_8)
            .replaceFirst("\"made\":\"[^\"]*\"", "\"made\":\"2026-01-02T03:04:05Z\"")
            .replaceFirst("\"entries\":2", "\"entries\":1"));
    String old = place.call("doctor", place.job(JOB).toString()).out();

    assertThat(none)
        .contains(
            "warning  backup     "
                + place.home()
                + ": NO_BACKUP no backup of this state folder is recorded; consentry backup"
                + " --public-key KEY FILE --home "
                + place.home()
                + "\n");
    assertThat(fresh)
        .containsPattern(
            "(?m)^ok       backup     the newest backup is of .*, 0 days ago, with 0 ledger entries"
                + " since$");
    assertThat(old)
        .containsPattern(
            "(?m)^warning  backup     .*a.age: BACKUP_OLD the newest backup is of 2026-01-01"
                + " 20:04:05 -07:00 America/Phoenix, [0-9]+ days ago, with 1 ledger entry since;");
  }

  @Test
  void writesOneResultForPrograms() {
    Answer made = backup("--json");
    JsonNode checked = restore("--check", "--json").results().get(0);

    assertThat(made.results()).hasSize(1);
    assertThat(made.results().get(0).path("ledgerHead")).isEqualTo(checked.path("ledgerHead"));
    assertThat(checked.path("studyKeys").size()).isEqualTo(1);
    assertThat(checked.has("restoredTo")).isFalse();
  }

  /** The table with the codes of the vault; codes in the other tables are of one release alone. */
  private static String people() {
    SortedMap<String, String> data = Installation.digests(place.release(JOB).resolve("data"));
    return data.getOrDefault("patients.parquet", "");
  }

  private static Path file() {
    return place.root().resolve("safe/a.age");
  }

  private static Path restored() {
    return place.root().resolve("restored");
  }

  private static Answer backup(String... more) {
    List<String> words = new ArrayList<>(List.of("backup", "--public-key", publicKey));
    words.addAll(List.of("--keys", place.root().resolve("keys").toString(), file().toString()));
    words.addAll(List.of(more));
    return call(words.toArray(String[]::new));
  }

  private static Answer restore(String... more) {
    List<String> words = new ArrayList<>(List.of("restore", "--key", "file:" + key));
    words.add(file().toString());
    words.addAll(List.of(more));
    return call(words.toArray(String[]::new));
  }

  private static Answer call(String... words) {
    return place.call(words);
  }
}
