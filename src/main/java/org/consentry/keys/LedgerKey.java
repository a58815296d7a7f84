package org.consentry.keys;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.consentry.data.Sha256;
import org.consentry.problem.Place;

/**
 * The secret of an installation's disclosure ledger: 32 random bytes. One function of it
 * authenticates the ledger's entries, so that only who has the key can write one. Another one files
 * patients, so that the ledger can answer whether a patient was in a release and is no list of
 * patients. It is no study's key: it finds a patient again across studies, which no released code
 * may. Safe for any number of threads.
 *
 * <p>Its file is text: lines that begin with {@code #} are remarks, one line is {@code
 * consentry-ledger-key-1} and the bytes in base64.
 *
 * <p><b>Security promise:</b> the key cannot be read back, toString does not show it, and the
 * fingerprint is of a value derived from it, not of the key.
 */
public final class LedgerKey {

  private static final String HEADER = "consentry-ledger-key-1";

  private final Secret secret;

  private LedgerKey(Secret secret) {
    this.secret = secret;
  }

  /** Draws a new key. */
  public static LedgerKey generate() {
    byte[] bytes = new byte[Derivation.KEY_SIZE];
    new SecureRandom().nextBytes(bytes);
    return ofBytes(bytes);
  }

  /** Keeps the 32 bytes and wipes the array. */
  static LedgerKey ofBytes(byte[] bytes) {
    Secret secret = Secret.copyOf(bytes, SecretAccess.granted());
    Arrays.fill(bytes, (byte) 0);
    return new LedgerKey(secret);
  }

  /**
   * Reads a key.
   *
   * @throws org.consentry.problem.ProblemException of category KEY when it is absent, open to
   *     others, of another format or not exactly 32 bytes long
   */
  public static LedgerKey read(Path file) {
    String hint = "restore it from its backup: without it no earlier release can be searched";
    try (Secret content = OwnerOnlyFiles.read(file, hint)) {
      Place place = Place.of(file.toString());
      return ofBytes(KeyText.read(content, HEADER, Derivation.KEY_SIZE, place));
    }
  }

  /**
   * Writes the key to a new file that only its owner can read, and waits until it is on the disk.
   *
   * @throws org.consentry.problem.ProblemException of category KEY when the file exists or cannot
   *     be written
   */
  public void writeNew(Path file) {
    String remark =
        """
        # The key of a Consentry disclosure ledger. Keep a backup in another place: without it nobody
        # can tell which releases hold a patient. Never release it, never put it under version control.
        """;
    byte[] bytes = secret.open(SecretAccess.granted());
    byte[] text = KeyText.write(remark, HEADER, bytes);
    Arrays.fill(bytes, (byte) 0);
    try {
      OwnerOnlyFiles.create(file, text);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /** The function whose answers stand for patients in the ledger. */
  public Prf subjects() {
    return Derivation.prf(secret, "deid/v1/ledger/subjects");
  }

  /** The function that authenticates each entry of the ledger. */
  public Prf entries() {
    return Derivation.prf(secret, "deid/v1/ledger/entries");
  }

  /** The function that authenticates the ledger's newest entry and their number. */
  public Prf head() {
    return Derivation.prf(secret, "deid/v1/ledger/head");
  }

  /** The function that authenticates run records. */
  public Prf runs() {
    return Derivation.prf(secret, "deid/v1/ledger/runs");
  }

  /** The function whose answers stand for restrictions that a run has read. */
  public Prf restrictions() {
    return Derivation.prf(secret, "deid/v1/ledger/restrictions");
  }

  /** What the ledger and people may see of the key: {@code sha256:} and 64 hexadecimal digits. */
  public String fingerprint() {
    byte[] shown = Derivation.derive(secret, "deid/v1/fingerprint");
    return Sha256.PREFIX + Sha256.hex(shown);
  }

  /** Shows nothing of the key. */
  @Override
  public String toString() {
    return "LedgerKey";
  }
}
