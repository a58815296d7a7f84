package org.consentry.keys;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.consentry.data.Sha256;

/**
 * The secret of a study: 32 random bytes from which every keyed code, date shift and vault key of
 * that study is derived (HKDF-SHA-256, RFC 5869). Two studies, and two domains of one study, have
 * independent keys, so their codes cannot be joined. Safe for any number of threads.
 *
 * <p>Its file is text: lines that begin with {@code #} are remarks, one line is {@code
 * consentry-study-key-1} and the bytes in base64.
 *
 * <p><b>Security promise:</b> the key cannot be read back, toString does not show it, and the
 * fingerprint is of a value derived from it, not of the key.
 */
public final class StudyKey {

  private static final String HEADER = "consentry-study-key-1";

  private final Secret secret;

  private StudyKey(Secret secret) {
    this.secret = secret;
  }

  /** Draws a new key. */
  public static StudyKey generate() {
    byte[] bytes = new byte[Derivation.KEY_SIZE];
    new SecureRandom().nextBytes(bytes);
    return ofBytes(bytes);
  }

  /** Keeps the 32 bytes and wipes the array. */
  static StudyKey ofBytes(byte[] bytes) {
    if (bytes.length != Derivation.KEY_SIZE) {
      throw new IllegalArgumentException("a study key has 32 bytes but was given " + bytes.length);
    }
    Secret secret = Secret.copyOf(bytes, SecretAccess.granted());
    Arrays.fill(bytes, (byte) 0);
    return new StudyKey(secret);
  }

  /**
   * Reads a key.
   *
   * @throws org.consentry.problem.ProblemException of category KEY when it is absent, open to
   *     others, of another format or not exactly 32 bytes long
   */
  public static StudyKey read(KeyReference reference) {
    try (Secret content = reference.read()) {
      return ofBytes(KeyText.read(content, HEADER, Derivation.KEY_SIZE, reference.place()));
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
        # A Consentry study key. Keep a backup in another place: without it, codes of this study
        # cannot be made again. Never release it and never put it under version control.
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

  /**
   * The function whose answers become keyed codes ({@link Codes}).
   *
   * @param study the study's id, 1 to 200 characters
   * @param domain what is coded, such as {@code patient}: letters, digits and {@code . _ -}
   */
  public Prf pseudonyms(String study, String domain) {
    return prf("pseudonym", study, domain);
  }

  /** The function from which date shifts are drawn ({@link DateShifts}). */
  public Prf dateShifts(String study) {
    return Derivation.prf(secret, "deid/v1/dateshift/" + Derivation.requireStudy(study));
  }

  /** The function under which the vault files random codes. */
  Prf vaultEntries(String study, String domain) {
    return prf("vault", study, domain);
  }

  /** The function that seals the vault's appends. */
  Prf vaultSeals(String study, String domain) {
    return prf("vault-seal", study, domain);
  }

  private Prf prf(String purpose, String study, String domain) {
    return Derivation.prf(
        secret,
        "deid/v1/"
            + purpose
            + "/"
            + Derivation.requireStudy(study)
            + "/"
            + Derivation.requireDomain(domain));
  }

  /** What people and manifests may see of the key: {@code sha256:} and 64 hexadecimal digits. */
  public String fingerprint() {
    byte[] shown = Derivation.derive(secret, "deid/v1/fingerprint");
    return Sha256.PREFIX + Sha256.hex(shown);
  }

  /** Shows nothing of the key. */
  @Override
  public String toString() {
    return "StudyKey";
  }
}
