package org.consentry.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups are files of age, and nothing of a changed one is believed. */
final class BackupKeyTest {

  private static final Place PLACE = Place.of("a.age");

  /** Made by age-keygen and age 1.1.1. */
  private static final String KEY =
      "AGE-SECRET-KEY-1NV5N40V7JL0NT0XLJD3X70GFHAPX4WFFTLFKMJU03VD88A5R9SHQLLAJX4";

  private static final String PUBLIC_KEY =
      "age16kxky2dse9s552fsk34ywr26zmmj0yymcld6cmwjvaqpsh2tr4xsq2pg00";

  private static final String FILE =
      "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSA5U3NpZnpOMkdheGtZdjNLSU94VWk0STlvSyt0SGJyQVcv"
          + "aHgvanVQU3lBCkNmT1NHVDZHN3BSanB4VUhST2x6UnNJYWtXRXU1elAzVlA2anNuUDZpa1UKLS0tIEZ0QVEz"
          + "YXp2TmVENnFuNWxKZ014MVBxdGRibEdiYmRBY0RiVzRlSVVzdjQK9/XiGdXVzXWDS8SkxMb2iCj3HgEhTr+B"
          + "03gu8MT4sesjHyEBHs0t3beZuuJ34wTgYW+jgDEgxcsjgQ==";

  @TempDir Path folder;

  @Test
  void opensWhatAgeEncrypted() throws IOException {
    BackupKey key = written(KEY);

    assertThat(key.publicKey()).hasToString(PUBLIC_KEY);
    assertThat(opened(key, Base64.getDecoder().decode(FILE)))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("a text that age encrypted\n");
  }

  @Test
  void ageOpensWhatIsEncryptedHere() throws Exception {
    assumeTrue(Program.isInstalled("age"), "skipped: age is not installed");
    Path key = folder.resolve("new.key");
    BackupKey generated = BackupKey.generate();
    generated.writeNew(key);
    byte[] content = bytes(200_000);
    Path file = Files.write(folder.resolve("a.age"), encrypted(content, generated.publicKey()));
    Path plain = folder.resolve("plain");

    Program.Ended ended =
        Program.of("age", "-d", "-i", key.toString(), "-o", plain.toString(), file.toString())
            .run();

    assertThat(ended.exitCode()).as(ended.text()).isZero();
    assertThat(plain).hasBinaryContent(content);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 200_000})
  void givesBackWhatWasEncryptedForEachOfSeveralKeys(int size) throws IOException {
    BackupKey first = BackupKey.generate();
    BackupKey second = BackupKey.generate();
    byte[] content = bytes(size);

    byte[] file = encrypted(content, first.publicKey(), second.publicKey());

    assertThat(opened(first, file)).isEqualTo(content);
    assertThat(opened(second, file)).isEqualTo(content);
  }

  @Test
  void refusesAFileForAnotherKey() throws IOException {
    byte[] file = encrypted(bytes(10), BackupKey.generate().publicKey());

    assertThatThrownBy(() -> opened(BackupKey.generate(), file))
        .isInstanceOfSatisfying(
            ProblemException.class, thrown -> assertThat(thrown.category()).isEqualTo(Category.KEY))
        .hasMessage(
            "a.age: error BACKUP_KEY this key does not open the file: it was made for other keys,"
                + " or its first lines were changed; name the key of this backup by --key;"
                + " consentry keys show backup FILE shows the public key of a key");
  }

  @Test
  void refusesAFileThatWasCutAnywhere() throws IOException {
    BackupKey key = BackupKey.generate();
    byte[] file = encrypted(bytes(70_000), key.publicKey());

    for (int length = 0; length < file.length; length += length < 400 ? 1 : 1009) {
      byte[] cut = java.util.Arrays.copyOf(file, length);
      requireRefused(key, cut);
    }
    requireRefused(key, java.util.Arrays.copyOf(file, file.length - 1));
    requireRefused(key, java.util.Arrays.copyOf(file, file.length + 1));
    int firstChunk = file.length - (70_000 - 65_536) - 16;
    requireRefused(key, java.util.Arrays.copyOf(file, firstChunk));
  }

  @Test
  void refusesAFileOfWhichOneBitWasChangedAnywhere() throws IOException {
    BackupKey key = BackupKey.generate();
    byte[] file = encrypted(bytes(70_000), key.publicKey());

    for (int i = 0; i < file.length; i += i < 400 ? 1 : 1009) {
      byte[] changed = file.clone();
      changed[i] ^= 1;
      requireRefused(key, changed);
    }
  }

  private static void requireRefused(BackupKey key, byte[] file) {
    ProblemException thrown = catchThrowableOfType(ProblemException.class, () -> opened(key, file));
    assertThat(thrown).isNotNull();
    assertThat(thrown.category()).isIn(Category.VERIFY, Category.KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AGE-SECRET-KEY-1",
        "AGE-SECRET-KEY-1NV5N40V7JL0NT0XLJD3X70GFHAPX4WFFTLFKMJU03VD88A5R9SHQLLAJX5",
        "age16kxky2dse9s552fsk34ywr26zmmj0yymcld6cmwjvaqpsh2tr4xsq2pg00",
        "consentry-study-key-1 AAAA"
      })
  void refusesWhatIsNoKey(String line) {
    assertThatThrownBy(() -> written(line))
        .hasMessage(
            Place.name(folder.resolve("a.key"))
                + ": error KEY_FORMAT expected a key of age: a line with AGE-SECRET-KEY-1 and 58"
                + " letters and digits; take it from where it is stored, such as a safe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "age1", "ssh-ed25519 AAAA", KEY})
  void refusesWhatIsNoPublicKeyWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> BackupPublicKey.parse(text, Place.of("--public-key")))
        .hasMessage(
            "--public-key: error BACKUP_PUBLIC_KEY expected a public key of age: age1 and 58"
                + " letters and digits; consentry keys new backup FILE makes a key, consentry keys"
                + " show backup FILE shows its public key; if a secret key was here, replace it");
  }

  @Test
  void writesTheFileOfAgeKeygenForItsOwnerOnly() throws IOException {
    Path file = folder.resolve("b.key");
    BackupKey key = BackupKey.generate();

    key.writeNew(file);

    assertThat(Files.readString(file))
        .contains("# public key: " + key.publicKey() + "\nAGE-SECRET-KEY-1");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(BackupKey.read(new KeyReference.InFile(file)).publicKey())
        .isEqualTo(key.publicKey());
    assertThat(key.toString()).isEqualTo("BackupKey[" + key.publicKey() + "]");
    assertThat(BackupKey.isIn(Files.readAllBytes(file))).isTrue();
    assertThat(BackupKey.isIn("AGE-SECRET-KEY-".getBytes(StandardCharsets.US_ASCII))).isFalse();
  }

  private BackupKey written(String line) throws IOException {
    Path file = folder.resolve("a.key");
    Files.writeString(file, "# a remark\n" + line + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return BackupKey.read(new KeyReference.InFile(file));
  }

  private static byte[] bytes(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  private static byte[] encrypted(byte[] content, BackupPublicKey... keys) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (OutputStream out = BackupPublicKey.encrypt(List.of(keys), file)) {
      out.write(content);
    }
    return file.toByteArray();
  }

  private static byte[] opened(BackupKey key, byte[] file) throws IOException {
    try (InputStream in = key.open(Channels.newChannel(new ByteArrayInputStream(file)), PLACE)) {
      return in.readAllBytes();
    }
  }
}
