package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.consentry.cli.Installation.Answer;
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
    place = Installation.in(folder.toRealPath());
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
