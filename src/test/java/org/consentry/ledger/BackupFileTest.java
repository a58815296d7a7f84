package org.consentry.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.consentry.data.DurableFiles;
import org.consentry.data.Sha256;
import org.consentry.keys.BackupKey;
import org.consentry.keys.BackupPublicKey;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who knows a public key can encrypt anything for it. A file that consentry did not make is refused
 * and writes nothing outside of the folder, whatever is in it.
 */
final class BackupFileTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir Path root;

  private final BackupKey key = BackupKey.generate();
  private Path file = Path.of("");
  private Path target = Path.of("");
  private Map<String, byte[]> entries = new LinkedHashMap<>();

  @BeforeEach
  void makeOne() throws IOException {
    StateFolder state = new StateFolder(root.resolve("state"));
    state.prepare();
    Ledger.open(state, () -> NOON).append(NOON, LedgerEvent.explained("job", "IRB", "ada", "x"));
    file = root.resolve("a.age");
    target = root.resolve("inner/restored");
    DurableFiles.createFolder(root.resolve("inner"));
    new Backup(
            state,
            List.of(),
            List.of(key.publicKey()),
            Backup.MissingKeys.REFUSE,
            "consentry test",
            NOON)
        .write(file);
    try (ZipInputStream zip = new ZipInputStream(open())) {
      for (ZipEntry next = zip.getNextEntry(); next != null; next = zip.getNextEntry()) {
        entries.put(next.getName(), zip.readAllBytes());
      }
    }
    Files.delete(file);
    DurableFiles.delete(state.home());
  }

  private java.io.InputStream open() throws IOException {
    return key.open(Files.newByteChannel(file), org.consentry.problem.Place.of("a"));
  }

  @Test
  void whatIsRepackedWithoutAChangeIsTaken() throws IOException {
    forge(index -> index, entries);

    assertThat(restore().entries()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside",
        "state/../../outside",
        "/outside",
        "//outside",
        "state//outside",
        "state/./outside",
        "state/..",
        "state/",
        "state",
        "outside",
        "other/outside",
        "keys-0/outside",
        "state\\\\..\\\\outside",
        "state/a\\\\..\\\\..\\\\outside",
        "state/C:outside",
        "state/a\\u0000b",
        "state/a\\u000ab",
        ""
      })
  void aNameThatIsNoFileOfTheFolderIsRefused(String name) throws IOException {
    String added = "{\"path\":\"" + name + "\",\"size\":1,\"sha256\":\"" + Sha256.hex(bytes("x"));
    Map<String, byte[]> more = new LinkedHashMap<>(entries);
    more.put(
        name.replace("\\\\", "\\").replace("\\u0000", "\0").replace("\\u000a", "\n"), bytes("x"));

    forge(index -> index.replace("\"files\":[", "\"files\":[" + added + "\"},"), more);

    requireRefused("BACKUP_PATH");
  }

  @Test
  void aLinkThatIsMadeInTheFolderMeanwhileIsNotFollowed() throws IOException {
    Path outside = root.resolve("outside");
    Files.createSymbolicLink(root.resolve("inner/restored.new"), outside);
    forge(index -> index, entries);

    ProblemException refused = catchThrowableOfType(ProblemException.class, () -> restore());

    assertThat(refused.problems().get(0).code()).isEqualTo("RESTORE_LEFT");
    assertThat(outside).doesNotExist();
  }

  @Test
  void filesThatTheListDoesNotNameOrNamesTwiceAreRefused() throws IOException {
    Map<String, byte[]> more = new LinkedHashMap<>(entries);
    more.put("state/approvers", bytes("eve"));
    forge(index -> index, more);
    requireRefused("BACKUP_CONTENT");

    Map<String, byte[]> fewer = new LinkedHashMap<>(entries);
    fewer.remove("state/ledger/head.json");
    forge(index -> index, fewer);
    requireRefused("BACKUP_CONTENT");

    forge(
        index -> index.replaceFirst("(\\{\"path\":\"state/ledger.key\"[^}]*},)", "$1$1"), entries);
    requireRefused("BACKUP_PATH");
  }

  @Test
  void contentOfAnotherSizeOrDigestIsRefused() throws IOException {
    Map<String, byte[]> changed = new LinkedHashMap<>(entries);
    changed.put("state/ledger.key", bytes("x".repeat(entry("state/ledger.key").length)));
    forge(index -> index, changed);
    requireRefused("BACKUP_CONTENT");

    changed.put("state/ledger.key", new byte[50_000_000]);
    forge(index -> index, changed);
    requireRefused("BACKUP_CONTENT");

    changed.put("state/ledger.key", bytes(""));
    forge(index -> index, changed);
    requireRefused("BACKUP_CONTENT");
  }

  @Test
  void aLedgerThatWasChangedIsRefused() throws IOException {
    String before = new String(entry("state/ledger/entries.jsonl"), StandardCharsets.UTF_8);
    byte[] forged = bytes(before.replace("ada", "eve"));
    Map<String, byte[]> changed = new LinkedHashMap<>(entries);
    changed.put("state/ledger/entries.jsonl", forged);
    forge(
        index -> index.replace(Sha256.hex(entry("state/ledger/entries.jsonl")), Sha256.hex(forged)),
        changed);

    requireRefused("LEDGER_CHAIN");
  }

  @Test
  void aFileWithoutALedgerIsRefused() throws IOException {
    Map<String, byte[]> fewer = new LinkedHashMap<>(entries);
    fewer.remove("state/ledger/entries.jsonl");
    forge(
        index -> index.replaceFirst(",?\\{\"path\":\"state/ledger/entries.jsonl\"[^}]*}", ""),
        fewer);

    requireRefused("BACKUP_LEDGER");
  }

  @Test
  void sizesBeyondTheDiskAreRefusedBeforeAnythingIsWritten() throws IOException {
    forge(index -> index.replaceFirst("\"size\":[0-9]+", "\"size\":9000000000000000000"), entries);
    ProblemException refused = catchThrowableOfType(ProblemException.class, () -> restore());

    assertThat(refused.category()).isEqualTo(Category.TEMPORARY);
    assertThat(refused.problems().get(0).code()).isEqualTo("RESTORE_SPACE");

    forge(index -> index.replaceAll("\"size\":[0-9]+", "\"size\":9000000000000000000"), entries);
    assertThatThrownBy(() -> restore())
        .hasMessageContaining("error BACKUP_INDEX the size of the backup");
    forge(index -> index.replaceFirst("\"size\":[0-9]+", "\"size\":-1"), entries);
    requireRefused("BACKUP_PATH");
  }

  @Test
  void anotherVersionIsRefused() throws IOException {
    forge(index -> index.replace("consentry-backup-1", "consentry-backup-2"), entries);
    requireRefused("BACKUP_VERSION");

    Files.writeString(file, "age-encryption.org/v2\n-> X25519 a\n");
    requireRefused("BACKUP_VERSION");

    for (String other : List.of("", "age", "PK\3\4", "-----BEGIN AGE ENCRYPTED FILE-----\n")) {
      Files.writeString(file, other);
      requireRefused("BACKUP_FORMAT");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"format\":\"consentry-backup-1\"}",
        "{\"format\":\"consentry-backup-1\",\"made\":\"x\",\"software\":\"\",\"home\":\"\","
            + "\"keys\":[],\"files\":[]}",
        "{\"format\":\"consentry-backup-1\",\"made\":\"2026-11-23T12:00:00Z\",\"software\":\"\","
            + "\"home\":\"\",\"keys\":[],\"files\":[null]}",
        "{\"format\":\"consentry-backup-1\",\"made\":\"2026-11-23T12:00:00Z\",\"software\":\"\","
            + "\"home\":\"\",\"keys\":[],\"files\":[],\"more\":1}"
      })
  void aListThatIsNoneIsRefused(String index) throws IOException {
    forge(old -> index, entries);

    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> new BackupFile(file).check(key));
    assertThat(refused.category()).isEqualTo(Category.VERIFY);
    assertThat(refused.problems().get(0).code()).isIn("BACKUP_INDEX", "BACKUP_VERSION");
  }

  @ParameterizedTest
  @ValueSource(strings = {"software", "home", "keys"})
  void aNameThatCannotBeShownIsRefused(String field) throws IOException {
    for (String name : List.of("a\\u001b[2J", "a\\u202eb", "a\\nb", "a".repeat(2001))) {
      String value = field.equals("keys") ? "[\"" + name + "\"]" : "\"" + name + "\"";
      forge(
          index ->
              index.replaceFirst(
                  "\"" + field + "\":(\"[^\"]*\"|\\[[^]]*\\])",
                  java.util.regex.Matcher.quoteReplacement("\"" + field + "\":" + value)),
          entries);
      requireRefused("BACKUP_INDEX");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // files, folders, keys, nesting and names beyond those of any backup
        "FILES 100001 {\"path\":\"state/a%d\",\"size\":1,\"sha256\":\"%064d\"}",
        "FILES 1001 {\"path\":\"keys/a%d\",\"size\":1,\"sha256\":\"%064d\"}",
        "FILES 1 [[[[[[%d%d]]]]]]",
        "KEYS 1000 \"/a%d%d\"",
        "KEYS 2000000 1%d%d",
      })
  void aListThatNeedsMuchMemoryIsRefused(String parts) throws IOException {
    String[] words = parts.split(" ", 3);
    String many =
        IntStream.range(0, Integer.parseInt(words[1]))
            .mapToObj(i -> String.format(Locale.ROOT, words[2], i, i))
            .collect(Collectors.joining(","));
    String array = words[0].equals("FILES") ? "\"files\":[" : "\"keys\":[";
    boolean isAlone = words[0].equals("KEYS");

    forge(index -> index.replace(array, array + many + (isAlone ? "" : ",")), entries);

    requireRefused("BACKUP_INDEX");
  }

  @Test
  void aNameAsLongAsAPathMayBeIsTaken() throws IOException {
    forge(
        index ->
            index.replaceFirst(
                "\"software\":\"[^\"]*\"", "\"software\":\"" + "ä".repeat(2000) + "\""),
        entries);

    assertThat(new BackupFile(file).check(key).software()).hasSize(2000);
  }

  @Test
  void whatIsNoZipFileIsRefused() throws IOException {
    Files.deleteIfExists(file);
    try (OutputStream out =
        BackupPublicKey.encrypt(List.of(key.publicKey()), Files.newOutputStream(file))) {
      out.write(bytes("PK\3\4 and no more"));
    }
    requireRefused("BACKUP_CONTENT");
  }

  @Test
  void aMissingFileIsWrongUsage() {
    assertThatThrownBy(() -> new BackupFile(root.resolve("absent")).check(key))
        .hasMessageEndingWith("absent: error BACKUP_MISSING there is no file here; check the path");
  }

  private BackupContent restore() {
    return new BackupFile(file).restore(key, target, "ada", () -> NOON);
  }

  private byte[] entry(String path) {
    return java.util.Objects.requireNonNull(entries.get(path));
  }

  private void requireRefused(String code) throws IOException {
    for (Runnable work :
        List.<Runnable>of(() -> new BackupFile(file).check(key), () -> restore())) {
      ProblemException refused = catchThrowableOfType(ProblemException.class, work::run);
      assertThat(refused).isNotNull();
      assertThat(refused.category()).isEqualTo(Category.VERIFY);
      assertThat(refused.problems().get(0).code()).isEqualTo(code);
    }
    assertThat(root.resolve("inner")).isEmptyDirectory();
    try (Stream<Path> list = Files.list(root)) {
      assertThat(list).containsExactlyInAnyOrder(file, root.resolve("inner"));
    }
  }

  /** Encrypts files with a list that was changed. */
  private void forge(UnaryOperator<String> change, Map<String, byte[]> files) throws IOException {
    List<String> names = new ArrayList<>(files.keySet());
    names.remove("backup.json");
    Files.deleteIfExists(file);
    try (ZipOutputStream zip =
        new ZipOutputStream(
            BackupPublicKey.encrypt(List.of(key.publicKey()), Files.newOutputStream(file)))) {
      String index = new String(entries.get("backup.json"), StandardCharsets.UTF_8);
      zip.putNextEntry(new ZipEntry("backup.json"));
      zip.write(bytes(change.apply(index)));
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(files.get(name));
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
