package org.consentry.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.consentry.data.BytesColumn;
import org.consentry.data.CodeForm;
import org.consentry.data.Codes;
import org.consentry.data.IntegerCodes;
import org.consentry.data.Prf;
import org.consentry.data.Sha256;
import org.consentry.data.SubjectKeys;

/**
 * Random codes, drawn once per subject and kept: the only subject code that is not derived from
 * information about the person (45 CFR 164.514(c)(1)). One vault per study and domain, in one file
 * under the state folder. Not thread-safe; only one process at a time may use a vault, which the
 * caller's lock on the state folder guarantees.
 *
 * <p><b>Security promise:</b> the file has no id, only its keyed digest under a key derived from
 * the study's key; codes come from a secure random source and carry neither order nor time.
 */
public final class CodeVault {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final int DRAWN_AT_ONCE = 256;

  private final String domain;
  private final Prf entries;
  private final VaultFile file;
  private final VaultTable table;
  private final SecureRandom random;
  private final byte[] drawn = new byte[DRAWN_AT_ONCE * Codes.BYTES];
  private int nextDrawn = drawn.length;
  private int committed;

  private CodeVault(String domain, Prf entries, VaultFile file, SecureRandom random) {
    this.domain = domain;
    this.entries = entries;
    this.file = file;
    this.random = random;
    this.table = file.read();
    this.committed = table.size();
  }

  /**
   * Reads the vault of a study and domain, of texts or, where the domain is that of numbers ({@link
   * CodeForm#secrets}), of numbers; one that does not exist yet is empty. Writes nothing.
   *
   * @param stateFolder the installation's state folder; the file is {@code
   *     vault/STUDY/DOMAIN.vault} below it
   * @throws org.consentry.problem.ProblemException of category KEY when the vault was written under
   *     another key, is open to others or is damaged
   */
  public static CodeVault open(Path stateFolder, StudyKey key, String study, String domain) {
    return open(stateFolder, key, study, domain, new SecureRandom());
  }

  static CodeVault open(
      Path stateFolder, StudyKey key, String study, String domain, SecureRandom random) {
    VaultFile file =
        new VaultFile(fileOf(stateFolder, study, domain), key.vaultSeals(study, domain));
    return new CodeVault(domain, key.vaultEntries(study, domain), file, random);
  }

  static Path fileOf(Path stateFolder, String study, String domain) {
    return stateFolder
        .resolve("vault")
        .resolve(folderName(Derivation.requireStudy(study)))
        .resolve(Derivation.requireDomain(domain) + ".vault");
  }

  private static String folderName(String study) {
    if (PLAIN.matcher(study).matches()) {
      return study;
    }
    byte[] digest = Sha256.digest(study.getBytes(StandardCharsets.UTF_8));
    return "study-" + HexFormat.of().formatHex(digest, 0, Codes.BYTES);
  }

  /** Number of subjects that have a code. */
  public int size() {
    return committed;
  }

  /**
   * What the vault begins and ends with now; empty for a vault without codes. The ledger records it
   * with every release.
   */
  public Optional<VaultHead> head() {
    List<String> seals = file.heads();
    return seals.isEmpty()
        ? Optional.empty()
        : Optional.of(new VaultHead(domain, committed, seals.get(0), seals.get(seals.size() - 1)));
  }

  /**
   * Refuses a vault from which codes were released and which does not have all of them any more. A
   * vault that went on since, in a run that did not release, has them all.
   *
   * @param released the vault's head at the study's newest release
   * @throws org.consentry.problem.ProblemException of category KEY when the vault is missing,
   *     empty, older or another one
   */
  public static void require(Path stateFolder, StudyKey key, String study, VaultHead released) {
    Path path = fileOf(stateFolder, study, released.domain());
    VaultFile file = new VaultFile(path, key.vaultSeals(study, released.domain()));
    file.requireCodes(released.codes());
    file.read();
    if (file.heads().contains(released.newest())) {
      return;
    }
    if (file.heads().isEmpty()) {
      throw file.empty(released.codes());
    }
    throw file.heads().contains(released.first())
        ? file.lost("VAULT_OLDER", "the vault of codes is older", released.codes())
        : file.lost("VAULT_OTHER", "the vault of codes is another one", released.codes());
  }

  /** How many of the selected subjects have no code yet. Draws and writes nothing. */
  public int missing(SubjectKeys keys, IntPredicate selected) {
    byte[] entry = new byte[Prf.SIZE];
    int missing = 0;
    for (int subject = 0; subject < keys.size(); subject++) {
      if (selected.test(subject) && find(keys, subject, entry) < 0) {
        missing++;
      }
    }
    return missing;
  }

  /**
   * The codes of many subjects. Codes drawn for new subjects are on the disk when this returns.
   *
   * @param form how the codes are written; the vault has them without a prefix
   * @param selected whose code is wanted
   * @return one row per subject, missing for those not selected
   * @throws org.consentry.problem.ProblemException of category RUN_FAILED when the vault cannot be
   *     written; the vault must be opened again then
   */
  public BytesColumn codes(SubjectKeys keys, CodeForm form, IntPredicate selected) {
    if (committed != table.size()) {
      throw new IllegalStateException("an append failed; open the vault again");
    }
    BytesColumn column = form.emptyColumn(keys.size(), selected);
    byte[] entry = new byte[Prf.SIZE];
    int[] positions = new int[keys.size()];
    for (int subject = 0; subject < positions.length; subject++) {
      if (!column.isMissing(subject)) {
        int found = find(keys, subject, entry);
        positions[subject] = found >= 0 ? found : draw(entry, form);
      }
    }
    commit();
    for (int subject = 0; subject < positions.length; subject++) {
      if (!column.isMissing(subject)) {
        table.encode(positions[subject], form, column.buffer(), column.starts()[subject]);
      }
    }
    return column;
  }

  /** Leaves the digest of the subject's id in the first half of the entry. */
  private int find(SubjectKeys keys, int subject, byte[] entry) {
    byte[] id = keys.key(subject);
    entries.compute(id, 0, id.length, entry, 0);
    return table.find(entry, 0);
  }

  /** Adds an entry with the digest given and a code that no other has. */
  private int draw(byte[] entry, CodeForm form) {
    do {
      if (nextDrawn == drawn.length) {
        random.nextBytes(drawn);
        nextDrawn = 0;
      }
      System.arraycopy(drawn, nextDrawn, entry, Codes.BYTES, Codes.BYTES);
      Arrays.fill(drawn, nextDrawn, nextDrawn + Codes.BYTES, (byte) 0);
      nextDrawn += Codes.BYTES;
    } while ((form.isInteger() && !isNumber(entry)) || table.hasCode(entry, Codes.BYTES));
    table.add(entry, 0);
    return table.size() - 1;
  }

  /**
   * Makes a number of the bits that were drawn, with zeros behind it. One beyond the numbers that
   * there are is drawn again, so that each is as likely as any other.
   */
  private static boolean isNumber(byte[] entry) {
    ByteBuffer code = ByteBuffer.wrap(entry, Codes.BYTES, Codes.BYTES);
    int number = code.getInt(Codes.BYTES) >>> 2;
    if (number >= IntegerCodes.COUNT) {
      return false;
    }
    code.putInt(IntegerCodes.of(number)).putInt(0).putLong(0);
    return true;
  }

  private void commit() {
    if (table.size() > committed) {
      file.append(table.from(committed), committed);
      committed = table.size();
    }
  }

  /** Shows the number of codes and nothing else. */
  @Override
  public String toString() {
    return "CodeVault[" + committed + " codes]";
  }
}
