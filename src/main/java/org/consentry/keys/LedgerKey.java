package org.consentry.keys;

import java.nio.file.Path;
import org.consentry.data.Prf;
import org.consentry.problem.Place;

/**
 * The secret of an installation's disclosure ledger: 32 random bytes. One function of it
 * authenticates the ledger's entries: without the key no entry can be written. Another one makes
 * the digests of patients: the ledger can answer whether a patient was in a release, and is no list
 * of patients. It is no study's key: it finds a patient across studies, which no released code may.
 * Safe for any number of threads.
 *
 * <p><b>Security promise:</b> the key cannot be read back, toString does not show it, and the
 * fingerprint is of a value derived from it, not of the key.
 */
public final class LedgerKey {

  private final Secret secret;

  private LedgerKey(Secret secret) {
    this.secret = secret;
  }

  /** Draws a new key. */
  public static LedgerKey generate() {
    return new LedgerKey(KeyFile.generate());
  }

  /** Copies the 32 bytes and wipes the array. */
  static LedgerKey ofBytes(byte[] bytes) {
    return new LedgerKey(KeyFile.secret(bytes));
  }

  /**
   * Reads a key.
   *
   * @throws org.consentry.problem.ProblemException of category KEY when it is absent, open to
   *     others, of another format or not exactly 32 bytes long
   */
  public static LedgerKey read(Path file) {
    return new LedgerKey(KeyFile.LEDGER.read(file));
  }

  /**
   * As {@link #read}, for the content of a file that is in a backup; wipes the array.
   *
   * @throws org.consentry.problem.ProblemException of category KEY when it is no ledger key
   */
  public static LedgerKey parse(byte[] content, Place place) {
    return new LedgerKey(KeyFile.LEDGER.parse(content, place));
  }

  /**
   * Writes the key to a new file that only its owner can read, and waits until it is on the disk.
   *
   * @throws org.consentry.problem.ProblemException of category KEY when the file exists or cannot
   *     be written
   */
  public void writeNew(Path file) {
    KeyFile.LEDGER.create(file, secret);
  }

  /** The function whose answers are the digests of patients in the ledger. */
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

  /** The function whose answers are the digests of restrictions that a run has read. */
  public Prf restrictions() {
    return Derivation.prf(secret, "deid/v1/ledger/restrictions");
  }

  /** The function whose answers are the digests of the content of released tables. */
  public Prf contents() {
    return Derivation.prf(secret, "deid/v1/ledger/contents");
  }

  /** The function that draws where the ranges of receipts begin. */
  public Prf receipts() {
    return Derivation.prf(secret, "deid/v1/ledger/receipts");
  }

  /** What the ledger and people may see of the key: {@code sha256:} and 64 hexadecimal digits. */
  public String fingerprint() {
    return Derivation.fingerprint(secret);
  }

  /** Shows nothing of the key. */
  @Override
  public String toString() {
    return "LedgerKey";
  }
}
