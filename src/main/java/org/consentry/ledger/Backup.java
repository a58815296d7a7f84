package org.consentry.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
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
 * Makes a backup of a state folder and of the folders of keys: one zip file, encrypted in the
 * format of age. Who makes one has the installation's lock. The file appears whole or not at all,
 * for its owner only, and never replaces one.
 *
 * <p><b>Security promise:</b> nothing is written unencrypted. What is encrypted was checked: the
 * ledger entry by entry, every file twice by its digest.
 *
 * @param state the state folder
 * @param keys the folders of keys
 * @param publicKeys for which keys the file is encrypted; each opens it alone
 * @param missing what is done when the key of a study's newest release is in no folder of keys
 * @param software what makes the backup
 * @param now the moment
 */
public record Backup(
    StateFolder state,
    List<Path> keys,
    List<BackupPublicKey> publicKeys,
    MissingKeys missing,
    String software,
    Instant now) {

  private static final int BUFFER = 1 << 16;

  /** What is done when the key of a study's newest release is in no folder of keys. */
  public enum MissingKeys {
    REFUSE,
    /** The person knows that they are elsewhere. */
    ACCEPT
  }

  /**
   * A finished backup.
   *
   * @param content what is in it
   * @param size bytes of the file
   * @param sha256 digest of the file, in hexadecimal
   */
  public record Made(BackupContent content, long size, String sha256) {}

  public Backup {
    keys = keys.stream().map(folder -> folder.toAbsolutePath().normalize()).toList();
    publicKeys = List.copyOf(publicKeys);
  }

  /**
   * Writes the file and records it in the state folder.
   *
   * @param file a file that does not exist, in a folder that exists
   * @throws ProblemException category USAGE when the place is not free; KEY when a study key is
   *     missing or the backup's own key is among the keys; VERIFY when the ledger is damaged;
   *     TEMPORARY or RUN_FAILED when the disk refuses
   */
  public Made write(Path file) {
    Path target = file.toAbsolutePath().normalize();
    requireFree(target);
    Place place = Place.of(Place.name(target));
    try {
      List<BackupFiles.Source> sources = BackupFiles.of(state, keys);
      Map<String, byte[]> known = new HashMap<>();
      BackupIndex index = index(sources, known);
      requirePossible(index);
      BackupContent content = BackupContent.of(index, known, Place.of(Place.name(state.home())));
      known.values().forEach(bytes -> Arrays.fill(bytes, (byte) 0));
      requireKeys(content.missingStudyKeys());
      String sha256 = DurableFiles.create(target, out -> encrypt(index, sources, out));
      new LastBackup(index.made(), target.toString(), content.entries().size()).write(state);
      return new Made(content, Files.size(target), sha256);
    } catch (FileAlreadyExistsException raced) {
      throw taken(target);
    } catch (IOException refused) {
      throw ProblemException.of(
          DiskFailure.category(refused),
          "BACKUP_UNWRITABLE",
          place,
          "the backup cannot be written, or a file of the state folder or the keys cannot be read",
          "check free space and permissions of both, then try again");
    }
  }

  private void requireFree(Path target) {
    if (Files.exists(target, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      throw taken(target);
    }
    Path folder = DurableFiles.folderOf(target);
    if (!Files.isDirectory(folder)) {
      throw usage(
          "BACKUP_FOLDER", target, "there is no folder " + Place.name(folder), "make it first");
    }
    List<Path> sources = new ArrayList<>(keys);
    sources.add(state.home().toAbsolutePath().normalize());
    for (Path source : sources) {
      if (target.startsWith(source)) {
        throw usage(
            "BACKUP_FOLDER",
            target,
            "the file would be inside of what it is a backup of, " + Place.name(source),
            "name a file elsewhere, best on another machine");
      }
    }
  }

  private static ProblemException taken(Path target) {
    return usage(
        "BACKUP_EXISTS",
        target,
        "something is there already, and a backup is never replaced",
        "name another file, such as one with the date");
  }

  private static ProblemException usage(String code, Path target, String message, String hint) {
    return ProblemException.of(Category.USAGE, code, Place.of(Place.name(target)), message, hint);
  }

  private void requireKeys(SortedMap<String, String> absent) {
    if (missing == MissingKeys.REFUSE && !absent.isEmpty()) {
      throw ProblemException.of(
          Category.KEY,
          "BACKUP_WITHOUT_KEY",
          Place.of("study " + absent.firstKey()),
          "the key of its newest release, "
              + absent.get(absent.firstKey())
              + ", is in none of the folders of keys"
              + (absent.size() > 1 ? ", and so with " + (absent.size() - 1) + " more" : ""),
          "name the folder by --keys; where keys are in a vault or another backup, add"
              + " --without-keys");
    }
  }

  private void requirePossible(BackupIndex index) {
    if (!index.isPossible() || index.bytes().length > BackupIndex.LONGEST) {
      throw usage(
          "BACKUP_SIZE",
          state.home(),
          "it has more than "
              + BackupIndex.MOST_FILES
              + " files, or the folders of keys more than "
              + BackupFiles.MOST_KEYS
              + ", or their names are too long",
          "consentry purge removes old run records; name a folder by --keys that has keys only");
    }
  }

  private BackupIndex index(List<BackupFiles.Source> sources, Map<String, byte[]> known)
      throws IOException {
    List<BackupIndex.Entry> entries = new ArrayList<>();
    for (BackupFiles.Source source : sources) {
      if (BackupContent.isKnownBy(source.path())) {
        byte[] content = source.readSmall();
        known.put(source.path(), content);
        entries.add(new BackupIndex.Entry(source.path(), content.length, Sha256.hex(content)));
      } else {
        entries.add(copy(source, OutputStream.nullOutputStream(), Long.MAX_VALUE));
      }
    }
    return new BackupIndex(
        BackupIndex.FORMAT,
        now.truncatedTo(ChronoUnit.SECONDS).toString(),
        software,
        state.home().toAbsolutePath().normalize().toString(),
        keys.stream().map(Path::toString).toList(),
        entries);
  }

  private static BackupIndex.Entry copy(BackupFiles.Source source, OutputStream out, long most)
      throws IOException {
    MessageDigest sha = Sha256.begin();
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    try (InputStream in = new DigestInputStream(Files.newInputStream(source.file()), sha)) {
      int count = in.read(buffer, 0, (int) Math.min(BUFFER, most));
      while (count > 0) {
        out.write(buffer, 0, count);
        size += count;
        count = in.read(buffer, 0, (int) Math.min(BUFFER, most - size));
      }
      return new BackupIndex.Entry(source.path(), size, Sha256.hex(sha));
    }
  }

  /** A log grows while the service is at work: what is copied is what it had at first. */
  private static long most(BackupFiles.Source source, BackupIndex.Entry known) {
    return source.isLog() ? known.size() : Long.MAX_VALUE;
  }

  private void encrypt(BackupIndex index, List<BackupFiles.Source> sources, OutputStream out)
      throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(BackupPublicKey.encrypt(publicKeys, out))) {
      zip.putNextEntry(new ZipEntry(BackupIndex.NAME));
      zip.write(index.bytes());
      for (int i = 0; i < sources.size(); i++) {
        zip.putNextEntry(new ZipEntry(sources.get(i).path()));
        BackupIndex.Entry known = index.files().get(i);
        if (!copy(sources.get(i), zip, most(sources.get(i), known)).equals(known)) {
          throw ProblemException.of(
              Category.TEMPORARY,
              "BACKUP_CHANGED",
              Place.of(Place.name(sources.get(i).file())),
              "the file was changed while the backup was made",
              "find out which program writes it, then try again");
        }
      }
    }
  }
}
