package org.consentry.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.consentry.data.DurableFiles;
import org.consentry.data.Sha256;
import org.consentry.keys.BackupPublicKey;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * One encrypted file of a release, for its hand-over: a zip file in the format of age, which {@code
 * age -d} and {@code unzip} open. It appears whole or not at all and never replaces a file.
 *
 * <p><b>Security promise:</b> it has the files that {@code SHA256SUMS} names, with the digests that
 * it states, and nothing else of the folder; nothing is written unencrypted.
 *
 * @param folder the release
 * @param sumsSha256 digest of its {@code SHA256SUMS}, as the ledger has it
 * @param publicKeys for which keys it is encrypted; each opens it alone
 */
public record ReleasePackage(Path folder, String sumsSha256, List<BackupPublicKey> publicKeys) {

  private static final int MAX_SUMS = 16 << 20;
  private static final int MAX_SIGNATURE = 16 << 10;

  public ReleasePackage {
    publicKeys = List.copyOf(publicKeys);
  }

  /**
   * Writes the file.
   *
   * @param noted receives SHA-256 of the file, 64 lower-case hexadecimal digits, when it is whole
   *     and before it has its name: what it throws leaves no file
   * @return SHA-256 of it, 64 lower-case hexadecimal digits
   * @throws ProblemException category USAGE when the file exists; VERIFY when the release is not
   *     what the ledger knows; TEMPORARY or RUN_FAILED when the disk refuses
   */
  public String write(Path file, Consumer<String> noted) {
    Place place = Place.of(Place.name(folder));
    Path target = target(file);
    try {
      byte[] sums = ReleaseFiles.read(folder.resolve(ReleaseFiles.SUMS), MAX_SUMS);
      byte[] signature =
          ReleaseFiles.read(folder.resolve(ReleaseFiles.SUMS_SIGNATURE), MAX_SIGNATURE);
      Optional<SortedMap<String, String>> digests =
          Optional.of(sums)
              .filter(bytes -> Sha256.hex(bytes).equals(sumsSha256))
              .flatMap(Checksums::read);
      if (digests.isEmpty()) {
        throw changed(Place.of(Place.name(folder.resolve(ReleaseFiles.SUMS))));
      }
      return DurableFiles.create(
          target, out -> encrypt(sums, signature, digests.get(), out, noted));
    } catch (FileAlreadyExistsException taken) {
      throw ProblemException.of(
          Category.USAGE,
          "PACKAGE_EXISTS",
          Place.of(Place.name(file)),
          "a file is there already",
          "name another file");
    } catch (IOException refused) {
      throw ProblemException.of(
          DiskFailure.category(refused),
          "PACKAGE_UNWRITABLE",
          place,
          "a file of the release cannot be read, or the file cannot be written",
          "check free space and permissions of both");
    }
  }

  private Path target(Path file) {
    Path target = file.toAbsolutePath().normalize();
    try {
      if (DurableFiles.folderOf(target).toRealPath().startsWith(folder.toRealPath())) {
        throw ProblemException.of(
            Category.USAGE,
            "PACKAGE_INSIDE",
            Place.of(Place.name(file)),
            "the file would be inside of the release, which then would not verify",
            "name a file elsewhere");
      }
      return target;
    } catch (IOException absent) {
      throw ProblemException.of(
          Category.USAGE,
          "PACKAGE_FOLDER",
          Place.of(Place.name(file)),
          "there is no folder " + Place.name(DurableFiles.folderOf(target)),
          "make it first");
    }
  }

  private void encrypt(
      byte[] sums,
      byte[] signature,
      SortedMap<String, String> digests,
      OutputStream out,
      Consumer<String> noted)
      throws IOException {
    MessageDigest whole = Sha256.begin();
    String top = String.valueOf(folder.getFileName()) + "/";
    try (ZipOutputStream zip =
        new ZipOutputStream(
            BackupPublicKey.encrypt(publicKeys, new DigestOutputStream(out, whole)))) {
      for (Map.Entry<String, String> member : digests.entrySet()) {
        zip.putNextEntry(entry(top + member.getKey()));
        MessageDigest sha = Sha256.begin();
        try (InputStream in =
            new DigestInputStream(Files.newInputStream(folder.resolve(member.getKey())), sha)) {
          in.transferTo(zip);
        }
        if (!Sha256.hex(sha).equals(member.getValue())) {
          throw changed(Place.of(Place.name(folder.resolve(member.getKey()))));
        }
      }
      zip.putNextEntry(entry(top + ReleaseFiles.SUMS));
      zip.write(sums);
      zip.putNextEntry(entry(top + ReleaseFiles.SUMS_SIGNATURE));
      zip.write(signature);
    }
    noted.accept(Sha256.hex(whole));
  }

  /** The same bytes whenever it is made, before they are encrypted. */
  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    return entry;
  }

  private static ProblemException changed(Place place) {
    return ProblemException.of(
        Category.VERIFY,
        "DIGEST",
        place,
        "the content is not what was published",
        "consentry verify shows what is wrong; restore the release from a copy");
  }
}
