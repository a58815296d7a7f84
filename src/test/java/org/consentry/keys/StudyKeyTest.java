package org.consentry.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import org.consentry.data.Codes;
import org.consentry.data.Prf;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyKeyTest {

  @TempDir Path folder;

  /** The derivation's published vectors, so that any two implementations agree. */
  @Test
  void derivesTheKeysOfTheVectors() {
    Secret master = Secret.copyOf(sequence(), SecretAccess.granted());

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
  void neverOverwritesAKey() throws IOException {
    Path file = write("something");

    ProblemException thrown = refused(() -> StudyKey.generate().writeNew(file));

    assertThat(thrown)
        .hasMessage(
            file
                + ": error KEY_EXISTS a file is there already and keys are never overwritten; choose"
                + " another name");
    assertThat(file).hasContent("something");
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
    Secret secret = Secret.copyOf(sequence(), SecretAccess.granted());
    StudyKey key = StudyKey.generate();

    assertThat(secret).hasToString("Secret[32 bytes]");
    assertThat(key).hasToString("StudyKey");
    assertThat(key.dateShifts("S")).hasToString("HmacSha256");
  }

  @Test
  void aWipedSecretDoesNotOpen() {
    Secret secret = Secret.copyOf(sequence(), SecretAccess.granted());

    secret.close();

    assertThatThrownBy(() -> secret.open(SecretAccess.granted())).hasMessage("the secret is wiped");
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
