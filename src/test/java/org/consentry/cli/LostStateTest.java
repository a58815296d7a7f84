package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.consentry.cli.Installation.Answer;
import org.consentry.keys.KeyReference;
import org.consentry.keys.SigningKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state folder that lost what later releases depend on refuses to release. */
final class LostStateTest {

  private static final String JOB = "eyelid-outcomes";

  @TempDir private static Path folder;
  private static Installation place;
  private static Path vault = Path.of("");

  @BeforeAll
  static void releaseOnce() throws IOException {
    place = SmallSample.in(folder.toRealPath());
    assertThat(place.run(JOB).exitCode()).isEqualTo(0);
    vault =
        Installation.files(place.home().resolve("vault")).stream()
            .filter(file -> file.endsWith("patient.vault"))
            .findFirst()
            .orElseThrow();
    place.keepCopy();
  }

  @BeforeEach
  void beginWithOneRelease() {
    place.restoreCopy();
  }

  @Test
  void aMissingVaultRefusesARun() throws IOException {
    Files.delete(vault);

    requireRefused(14, vault + ": error VAULT_MISSING the vault of codes is missing" + restore());
  }

  @Test
  void anEmptyVaultRefusesARun() throws IOException {
    Files.write(vault, new byte[0]);

    requireRefused(14, vault + ": error VAULT_EMPTY the vault of codes is empty" + restore());
  }

  @Test
  void aVaultOfItsHeaderAloneRefusesARun() throws IOException {
    Files.write(vault, Arrays.copyOf(Files.readAllBytes(vault), 48));

    requireRefused(14, vault + ": error VAULT_EMPTY the vault of codes is empty" + restore());
  }

  @Test
  void anotherVaultUnderTheSameKeyRefusesARun() throws IOException {
    Installation.delete(place.home());
    Installation.delete(place.root().resolve("releases"));
    assertThat(place.run(JOB).exitCode()).isEqualTo(0);
    byte[] other = Files.readAllBytes(vault);
    place.restoreCopy();
    Files.write(vault, other);

    requireRefused(14, vault + ": error VAULT_OTHER the vault of codes is another one" + restore());
  }

  @Test
  void aVaultOfAnotherKeyRefusesARun() throws IOException {
    byte[] other = Files.readAllBytes(vault);
    other[20] ^= 1;
    Files.write(vault, other);

    requireRefused(
        14,
        vault
            + ": error VAULT_KEY the vault was written under another study key, or for another"
            + " study or domain; use the key the study began with; if the key is right, restore the"
            + " vault from its backup\n");
  }

  @Test
  void aVaultOfATornBlockAloneRefusesARun() throws IOException {
    byte[] whole = Files.readAllBytes(vault);
    Files.write(vault, Arrays.copyOf(whole, whole.length - 40));

    requireRefused(14, vault + ": error VAULT_EMPTY the vault of codes is empty" + restore());
  }

  @Test
  void lostPinsOfAStudyThatReleasedRefuseARun() {
    Path pins = place.home().resolve("trusted_signers");
    String line = Installation.read(pins).strip();
    Installation.remove(pins);

    Answer answer = place.call("run", place.job(JOB).toString());

    String key = fingerprint();
    assertThat(answer.exitCode()).isEqualTo(14);
    assertThat(answer.err())
        .endsWith(
            pins
                + ": error NO_SIGNER_PINNED no signer is pinned, but this state folder has"
                + " released; the newest release was signed by "
                + key
                + "; restore the file from its backup, or pin that key: (umask 077; echo '"
                + line
                + "' > '"
                + pins
                + "')\n");
    assertThat(place.releases(JOB)).hasSize(1);
  }

  @Test
  void theFirstReleasePinsItsSignerWhereverTheKeyCameFrom() {
    Installation.delete(place.home());
    Installation.delete(place.root().resolve("releases"));

    assertThat(place.call("run", place.job(JOB).toString()).exitCode()).isEqualTo(0);

    assertThat(Installation.read(place.home().resolve("trusted_signers")))
        .matches("clinic-releases namespaces=\"consentry-manifest\" ssh-ed25519 \\S+\n");
    assertThat(place.call("verify", place.release(JOB).toString()).exitCode()).isEqualTo(0);
  }

  @Test
  void verifyReportsAReleaseThatTheLedgerDoesNotKnow() {
    assertThat(place.run(JOB).exitCode()).isEqualTo(0);
    Path second = place.release(JOB);
    place.restoreCopyOf("state");

    Answer pinned = place.call("verify", second.toString());
    Answer named = place.call("verify", second.toString(), "--fingerprint", fingerprint());

    String message =
        " UNKNOWN_RELEASE the ledger of the state folder "
            + place.home()
            + " does not know this release; find out who made it; if another state folder did, name"
            + " that one by --home\n";
    assertThat(pinned.err()).isEqualTo(second + ": error" + message);
    assertThat(pinned.exitCode()).isEqualTo(20);
    assertThat(named.err()).isEqualTo(second + ": warning" + message);
    assertThat(named.exitCode()).isEqualTo(0);
  }

  @Test
  void anOpenStateFolderIsRefusedByStatusAndList() throws IOException {
    Files.setPosixFilePermissions(place.home(), PosixFilePermissions.fromString("rwxrwxrwx"));

    for (String command : List.of("status", "list")) {
      Answer answer = place.call(command);
      assertThat(answer.exitCode()).isEqualTo(14);
      assertThat(answer.err())
          .isEqualTo(
              place.home()
                  + ": error STATE_OPEN it is open to group or others: its permissions are rwxrwxrwx;"
                  + " find out who used that, then run: chmod -R go= '"
                  + place.home()
                  + "'\n");
    }
  }

  @Test
  void anOpenFolderOfKeysRefusesARun() throws IOException {
    Path keys = place.root().resolve("keys");
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwxrwxrwx"));

    requireRefused(
        14,
        keys.resolve("eyelid-outcomes.key")
            + ": error KEY_FOLDER group or others may write in its folder, whose permissions are"
            + " rwxrwxrwx; find out who used that, then run: chmod go-w '"
            + keys
            + "'\n");
  }

  @Test
  void theDatabaseIsInAStateFolderWithAStrangeName() {
    Installation.delete(place.root().resolve("releases"));
    Path strange = place.root().resolve("st*te #1 100% é?");

    Answer answer =
        Installation.execute(
            List.of("run", place.job(JOB).toString(), "--home", strange.toString()));

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
    assertThat(Installation.files(strange.resolve("db"))).isNotEmpty();
    Installation.delete(strange);
  }

  @Test
  void aMistypedOrQuotedPatientIsNoAccount() {
    Path file = place.root().resolve("asked");
    Installation.write(file, "\"P000001\"\n");
    Answer quoted = place.call("accounting", "--patient-file", file.toString());
    Installation.write(file, "P99999999\n");
    Answer mistyped = place.call("accounting", "--patient-file", file.toString());

    assertThat(quoted.exitCode()).isEqualTo(2);
    assertThat(quoted.out()).isEmpty();
    assertThat(quoted.err())
        .isEqualTo(
            file
                + ": error PATIENT the id is in quotes, which no id begins with; write the id alone,"
                + " without quotes\n");
    assertThat(mistyped.exitCode()).isEqualTo(2);
    assertThat(mistyped.out()).isEmpty();
    assertThat(mistyped.err())
        .isEqualTo(
            "patient: error UNKNOWN_PATIENT no release of this state folder has a patient of this"
                + " id; check the id letter by letter; if it is right, nothing of this patient was"
                + " disclosed\n");
  }

  private static String fingerprint() {
    Path key = place.root().resolve("keys/manifest-signing.pem");
    return SigningKey.read(new KeyReference.InFile(key)).publicKey().fingerprint();
  }

  private static String restore() {
    return ", but releases of the study have codes from it; it had "
        + "CODES codes; restore it from the newest backup of the state folder: with new codes the"
        + " next release would not match those before\n";
  }

  private static void requireRefused(int exitCode, String message) {
    Answer answer = place.call("run", place.job(JOB).toString());
    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(exitCode);
    assertThat(answer.err().replaceAll("had [0-9]+ codes", "had CODES codes")).endsWith(message);
    assertThat(place.releases(JOB)).hasSize(1);
  }
}
