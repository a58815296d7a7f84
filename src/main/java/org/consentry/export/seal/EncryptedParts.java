package org.consentry.export.seal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.consentry.connector.PartWriter.PartFile;
import org.consentry.data.DurableFiles;
import org.consentry.data.Sha256;
import org.consentry.export.Parallel;
import org.consentry.export.seal.TableOutcome.PartInRelease;
import org.consentry.keys.BackupPublicKey;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.release.Disclosure.DataFile;

/**
 * The data files of a staged release, encrypted to its recipient in the format
 * age-encryption.org/v1. Each is one file of that format beside which the plain file is removed,
 * once all are encrypted. A run that is interrupted here writes the plain files that are missing
 * again, and then encrypts all of them.
 *
 * <p><b>Security promise:</b> what is encrypted has the digest of what was written and searched
 * before, and no plain file is left.
 *
 * @param release the staged release
 * @param key the recipient's
 */
public record EncryptedParts(Path release, BackupPublicKey key) {

  /**
   * Encrypts.
   *
   * @param tables with their plain files
   * @return the same with their encrypted files
   * @throws ProblemException category TEMPORARY or RUN_FAILED when the disk refuses, RUN_FAILED
   *     when a file is not what was written
   */
  public Map<String, TableOutcome> replace(Map<String, TableOutcome> tables, Parallel parallel) {
    List<Callable<PartInRelease>> pieces = new ArrayList<>();
    for (TableOutcome table : tables.values()) {
      table.files().forEach(file -> pieces.add(() -> encrypted(file)));
    }
    Iterator<PartInRelease> encrypted = parallel.all(pieces).iterator();
    Map<String, TableOutcome> replaced = new LinkedHashMap<>();
    tables.forEach(
        (name, table) ->
            replaced.put(
                name, table.with(table.files().stream().map(file -> encrypted.next()).toList())));
    tables.values().stream().flatMap(table -> table.files().stream()).forEach(this::remove);
    return replaced;
  }

  private PartInRelease encrypted(PartInRelease plain) {
    Path target = release.resolve(plain.name() + DataFile.AGE);
    MessageDigest read = Sha256.begin();
    try {
      String sha256 = DurableFiles.replace(target, out -> encrypt(plain, read, out));
      if (!Sha256.hex(read).equals(plain.part().sha256())) {
        throw ProblemException.of(
            Category.RUN_FAILED,
            "STAGED_FILE",
            Place.of(plain.name()),
            "the staged file is not what was written",
            "abandon this run and start another");
      }
      return new PartInRelease(
          plain.name() + DataFile.AGE,
          plain.sink(),
          new PartFile(plain.part().rows(), Files.size(target), sha256),
          plain.part().sha256());
    } catch (IOException refused) {
      throw failed(plain, refused);
    }
  }

  private void encrypt(PartInRelease plain, MessageDigest read, OutputStream out)
      throws IOException {
    try (InputStream in =
            new DigestInputStream(
                Files.newInputStream(release.resolve(plain.name()), LinkOption.NOFOLLOW_LINKS),
                read);
        OutputStream encrypted = BackupPublicKey.encrypt(List.of(key), out)) {
      in.transferTo(encrypted);
    }
  }

  private void remove(PartInRelease plain) {
    Path file = release.resolve(plain.name());
    try {
      Files.delete(file);
    } catch (IOException refused) {
      throw failed(plain, refused);
    }
  }

  private static ProblemException failed(PartInRelease plain, IOException refused) {
    return ProblemException.of(
        DiskFailure.category(refused),
        "STAGING",
        Place.of(plain.name()),
        "the data file cannot be encrypted or removed in staging",
        "check free space and permissions of the output folder, then resume");
  }
}
