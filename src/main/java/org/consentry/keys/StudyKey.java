package org.consentry.keys;

import java.nio.file.Path;
import java.util.Optional;
import org.consentry.data.Codes;
import org.consentry.data.Prf;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * The secret of a study: 32 random bytes from which every keyed code, date shift and vault key of
 * that study is derived (HKDF-SHA-256, RFC 5869). Two studies, and two domains of one study, have
 * independent keys, so their codes cannot be joined. Safe for any number of threads.
 *
 * <p><b>Security promise:</b> the key cannot be read back, toString does not show it, and the
 * fingerprint is of a value derived from it, not of the key.
 */
public final class StudyKey {

  private final Secret secret;

  private StudyKey(Secret secret) {
    this.secret = secret;
  }

  /** Draws a new key. */
  public static StudyKey generate() {
    return new StudyKey(KeyFile.generate());
  }

  /** Copies the 32 bytes and wipes the array. */
  static StudyKey ofBytes(byte[] bytes) {
    return new StudyKey(KeyFile.secret(bytes));
  }

  /**
   * Reads a key.
   *
   * @throws org.consentry.problem.ProblemException of category KEY when it is absent, open to
   *     others, of another format or not exactly 32 bytes long
   */
  public static StudyKey read(KeyReference reference) {
    return new StudyKey(KeyFile.STUDY.read(reference));
  }

  /**
   * The fingerprint of a study key that is in a backup; empty when the content is none. Wipes the
   * array.
   */
  public static Optional<String> fingerprint(byte[] content) {
    try {
      return Optional.of(new StudyKey(KeyFile.STUDY.parse(content, Place.of("key"))).fingerprint());
    } catch (ProblemException none) {
      return Optional.empty();
    }
  }

  /**
   * Writes the key to a new file that only its owner can read, and waits until it is on the disk.
   *
   * @throws org.consentry.problem.ProblemException of category KEY when the file exists or cannot
   *     be written
   */
  public void writeNew(Path file) {
    KeyFile.STUDY.create(file, secret);
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

  /** The key of {@link #pseudonyms}; the caller wipes it. */
  byte[] pseudonymsKey(String study, String domain) {
    return Derivation.derive(secret, label("pseudonym", study, domain));
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
    return Derivation.prf(secret, label(purpose, study, domain));
  }

  private static String label(String purpose, String study, String domain) {
    return "deid/v1/"
        + purpose
        + "/"
        + Derivation.requireStudy(study)
        + "/"
        + Derivation.requireDomain(domain);
  }

  /** What people and manifests may see of the key: {@code sha256:} and 64 hexadecimal digits. */
  public String fingerprint() {
    return Derivation.fingerprint(secret);
  }

  /** Shows nothing of the key. */
  @Override
  public String toString() {
    return "StudyKey";
  }
}
