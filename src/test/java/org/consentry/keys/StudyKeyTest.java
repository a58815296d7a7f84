package org.consentry.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import org.consentry.data.Codes;
import org.consentry.data.Prf;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.Deaths;
import org.consentry.testing.KillingFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudyKeyTest {

  @TempDir Path folder;

  /** The derivation's published vectors, so that any two implementations agree. */
  @Test
  void derivesTheKeysOfTheVectors() {
    Secret master = Secret.take(sequence());

    assertThat(hex(Derivation.derive(master, "deid/v1/pseudonym/STUDY-1/patient")))
        .isEqualTo("89fa8721fd15f504d4ea84f01fa325f3cc11523347cc92c49a934708c4292aaa");
    assertThat(hex(Derivation.derive(master, "deid/v1/dateshift/STUDY-1")))
        .isEqualTo("0b5b5c218c090cbe13d11d439a7b81da0604161558d4dab2ebc3b04d53e46db2");
  }

  @Test
  void makesTheCodeOfTheVector() {
    Prf prf = StudyKey.ofBytes(sequence()).pseudonyms("STUDY-1", "patient");

    assertThat(Codes.keyed(prf, ascii("MRN-000123"))).isEqualTo("b252qiarq4vqur6fob7lyclyde");
  }

  @Test
  void makesTheShiftsOfTheVectors() {
    Prf prf = StudyKey.ofBytes(sequence()).dateShifts("STUDY-1");

    assertThat(DateShifts.days(prf, ascii("MRN-000123"), 365)).isEqualTo(339);
    assertThat(DateShifts.days(prf, ascii("MRN-000124"), 365)).isEqualTo(-277);
    assertThat(DateShifts.days(prf, ascii("MRN-000125"), 365)).isEqualTo(-57);
  }

  @Test
  void codesOfAnotherStudyOrDomainShareNothing() {
    StudyKey key = StudyKey.generate();
    byte[] id = ascii("MRN-000123");

    assertThat(
            new String[] {
              Codes.keyed(key.pseudonyms("A", "patient"), id),
              Codes.keyed(key.pseudonyms("B", "patient"), id),
              Codes.keyed(key.pseudonyms("A", "visit"), id),
              Codes.keyed(key.pseudonyms("A/patient", "patient"), id)
            })
        .doesNotHaveDuplicates();
  }

  @Test
  void refusesADomainThatCouldMeanAnotherPurpose() {
    StudyKey key = StudyKey.generate();

    assertThatThrownBy(() -> key.pseudonyms("A", "b/patient"))
        .hasMessage("a domain is a word of letters, digits and . _ -");
    assertThatThrownBy(() -> key.dateShifts("A\n"))
        .hasMessage("a study id is 1 to 200 characters of text");
  }

  @Test
  void comesBackFromItsFileAsTheSameKey() throws IOException {
    StudyKey key = StudyKey.generate();
    Path file = folder.resolve("keys/study.key");

    key.writeNew(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(StudyKey.read(new KeyReference.InFile(file)).fingerprint())
        .isEqualTo(key.fingerprint())
        .matches("sha256:[0-9a-f]{64}");
  }

  @Test
  void itsFileIsTextThatAPersonCanBackUp() throws IOException {
    Path file = folder.resolve("study.key");

    StudyKey.ofBytes(sequence()).writeNew(file);

    assertThat(file)
        .hasContent(
            """
            # A Consentry study key. Keep a backup in another place: without it, codes of this study
            # cannot be made again. Never release it and never put it under version control.
            consentry-study-key-1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
            """);
  }

  /** As editors and copies leave it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "KEY",
        "KEY\n",
        "KEY\r\n",
        "\n\n# a remark\nKEY\n\n",
        "\r\n# a remark\r\nKEY\r\n\r\n# another",
        "#\nKEY\n#"
      })
  void readsALineAmongRemarks(String text) throws IOException {
    Path file = write(text.replace("KEY", "consentry-study-key-1 " + base64(32)));

    assertThat(StudyKey.read(new KeyReference.InFile(file)).fingerprint())
        .isEqualTo(StudyKey.ofBytes(new byte[32]).fingerprint());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|expected a line that begins with consentry-study-key-1",
        "'# a remark'|expected a line that begins with consentry-study-key-1",
        "consentry-study-key-1|expected a line that begins with consentry-study-key-1",
        "consentry-study-key-2 AAAA|expected a line that begins with consentry-study-key-1",
        "consentry-ledger-key-1 AAAA|expected a line that begins with consentry-study-key-1",
        "'consentry-study-key-1 '|expected 32 bytes after consentry-study-key-1 but found 0",
        "consentry-study-key-1 AAAA|expected 32 bytes after consentry-study-key-1 but found 3",
        "consentry-study-key-1 A|expected base64 after consentry-study-key-1",
        "consentry-study-key-1 AA*A|expected base64 after consentry-study-key-1"
      })
  void refusesAFileThatIsNoStudyKey(String text, String message) throws IOException {
    Path file = write(text);

    assertThat(refused(() -> StudyKey.read(new KeyReference.InFile(file))))
        .hasMessageStartingWith(file + ": error KEY_FORMAT " + message + ";");
  }

  @Test
  void readsNoFileThatIsTooLongForAKey() throws IOException {
    String key = "consentry-study-key-1 " + base64(32) + "\n";
    Path longest = write("#".repeat(64 * 1024 - key.length() - 1) + "\n" + key);
    StudyKey.read(new KeyReference.InFile(longest));

    Path longer = write("#".repeat(64 * 1024 - key.length()) + "\n" + key);

    assertThat(refused(() -> StudyKey.read(new KeyReference.InFile(longer))))
        .hasMessage(
            longer + ": error KEY_FORMAT a key file of this size is no key; check the path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwx---", "rwx-w----", "rwx---rwx", "rwx----w-"})
  void refusesAKeyInAFolderThatOthersMayWrite(String permissions) throws IOException {
    Path file = write("consentry-study-key-1 " + base64(32));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));

    assertThat(refused(() -> StudyKey.read(new KeyReference.InFile(file))))
        .hasMessage(
            file
                + ": error KEY_FOLDER group or others may write in its folder, whose permissions"
                + " are "
                + permissions
                + "; find out who used that, then run: chmod go-w '"
                + folder.toRealPath()
                + "'");
  }

  @Test
  void readsAKeyInAFolderThatOthersMayRead() throws IOException {
    Path file = write("consentry-study-key-1 " + base64(32));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThat(StudyKey.read(new KeyReference.InFile(file))).isNotNull();
  }

  @Test
  void refusesAPathThatLeadsThroughAFile() throws IOException {
    Path file = write("a file").resolve("study.key");

    assertThat(refused(() -> StudyKey.read(new KeyReference.InFile(file))))
        .hasMessage(
            file
                + ": error KEY_UNREADABLE the key file cannot be read; check the path and its"
                + " owner");
  }

  @Test
  void hasNoFileWhenTheDiskRefuses() {
    KillingFiles disk = new KillingFiles(FileSystems.getDefault().provider());
    Path file = disk.getPath(folder.resolve("study.key").toUri());
    Deaths.beginRefusing(folder, (step, kind, path) -> step == 2);
    try {
      assertThatThrownBy(() -> StudyKey.generate().writeNew(file))
          .isInstanceOfSatisfying(
              ProblemException.class,
              thrown -> assertThat(thrown.category()).isEqualTo(Category.TEMPORARY))
          .hasMessage(
              file
                  + ": error KEY_UNWRITABLE the file cannot be written; check free space and the"
                  + " folder's permissions");
    } finally {
      Deaths.end();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void wipesWhatIsWrittenToItsFile() throws IOException {
    byte[] content = {1, 2, 3};
    byte[] refused = {1, 2, 3};
    Path file = folder.resolve("a.key");

    OwnerOnlyFiles.create(file, content);
    assertThatThrownBy(() -> OwnerOnlyFiles.create(file, refused))
        .hasMessageContaining("KEY_EXISTS");

    assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(content).containsOnly(0);
    assertThat(refused).containsOnly(0);
  }

  @Test
  void namesOfStudiesAndDomainsHaveLimits() {
    StudyKey key = StudyKey.generate();

    assertThat(key.pseudonyms("x".repeat(200), "d".repeat(63))).isNotNull();
    for (String study : new String[] {"", "  ", "x".repeat(201), "a\tb"}) {
      assertThatThrownBy(() -> key.dateShifts(study))
          .hasMessage("a study id is 1 to 200 characters of text");
    }
    for (String domain : new String[] {"", "d".repeat(64), "-a", ".a", "a b", "ä"}) {
      assertThatThrownBy(() -> key.pseudonyms("S", domain))
          .hasMessage("a domain is a word of letters, digits and . _ -");
    }
  }

  @Test
  void neverOverwritesAKey() throws IOException {
    Path file = write("something");

    ProblemException thrown = refused(() -> StudyKey.generate().writeNew(file));

    assertThat(thrown)
        .hasMessage(
            file
                + ": error KEY_EXISTS a file is there already and keys are never overwritten;"
                + " choose another name");
    assertThat(file).hasContent("something");
  }

  @Test
  void aFileInThePlaceOfAFolderIsNoKeyThatIsThere() throws IOException {
    Path file = write("something").resolve("study.key");

    assertThat(refused(() -> StudyKey.generate().writeNew(file)))
        .hasMessage(
            file
                + ": error KEY_UNWRITABLE a file is in the place of a folder of this path; name a"
                + " path below a folder");
  }

  @Test
  void refusesAMissingKey() {
    Path file = folder.resolve("absent.key");

    assertThat(refused(() -> StudyKey.read(new KeyReference.InFile(file))))
        .hasMessage(
            file
                + ": error KEY_MISSING the key is not there; restore it from its backup; a study"
                + " that never released may make one: consentry keys new");
  }

  @Test
  void refusesAKeyOthersCanRead() throws IOException {
    Path file = write("consentry-study-key-1 " + base64(32));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThat(refused(() -> StudyKey.read(new KeyReference.InFile(file))))
        .hasMessage(
            file
                + ": error KEY_PERMISSIONS expected a file only its owner can read but its"
                + " permissions are rw-r-----; run chmod 600 on it, and replace the key if others"
                + " had access");
  }

  @Test
  void refusesAKeyOfAnotherLength() throws IOException {
    Path file = write("# a remark\nconsentry-study-key-1 " + base64(31) + "\n");

    assertThat(refused(() -> StudyKey.read(new KeyReference.InFile(file))))
        .hasMessage(
            file
                + ": error KEY_FORMAT expected 32 bytes after consentry-study-key-1 but found 31;"
                + " restore the file from its backup");
  }

  @Test
  void refusesWhatIsNoKeyAndRepeatsNothingOfIt() throws IOException {
    Path file = write("hunter2\n");

    assertThat(refused(() -> StudyKey.read(new KeyReference.InFile(file))))
        .hasMessage(
            file
                + ": error KEY_FORMAT expected a line that begins with consentry-study-key-1; check"
                + " that this is the right file");
  }

  @Test
  void refusesTwoKeysInOneFile() throws IOException {
    String line = "consentry-study-key-1 " + base64(32) + "\n";
    Path file = write(line + line);

    assertThat(refused(() -> StudyKey.read(new KeyReference.InFile(file))))
        .hasMessage(file + ": error KEY_FORMAT expected one line but found more");
  }

  @Test
  void refusesAFolder() {
    assertThat(refused(() -> StudyKey.read(new KeyReference.InFile(folder))))
        .hasMessage(folder + ": error KEY_FORMAT expected a file but found something else");
  }

  @Test
  void neverPrints() {
    Secret secret = Secret.take(sequence());
    StudyKey key = StudyKey.generate();

    assertThat(secret).hasToString("Secret[32 bytes]");
    assertThat(key).hasToString("StudyKey");
    assertThat(key.dateShifts("S")).hasToString("HmacSha256");
  }

  @Test
  void aWipedSecretDoesNotOpen() {
    Secret secret = Secret.take(sequence());

    secret.close();

    assertThatThrownBy(() -> secret.use(bytes -> bytes)).hasMessage("the secret is wiped");
  }

  private static ProblemException refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable c) {
    ProblemException thrown = catchThrowableOfType(ProblemException.class, c);
    assertThat(thrown).isNotNull();
    assertThat(thrown.category()).isEqualTo(Category.KEY);
    return thrown;
  }

  private Path write(String text) throws IOException {
    Path file = folder.resolve("a.key");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private static String base64(int size) {
    return Base64.getEncoder().encodeToString(new byte[size]);
  }

  private static byte[] sequence() {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
