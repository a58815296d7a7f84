package org.consentry.ledger;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.consentry.data.DurableFiles;
import org.consentry.data.Sha256;
import org.consentry.keys.BackupKey;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * A file that {@link Backup} made. Every byte of it is read, authenticated and compared with the
 * digests in it.
 *
 * <p><b>Security promise:</b> nothing is written outside of the folder to restore to, no link is
 * made or followed there, and no file grows beyond the size that was checked before; the folder
 * appears whole and checked or not at all, for its owner only.
 *
 * @param file the file
 */
public record BackupFile(Path file) {

  private static final String AGE = "age-encryption.org/";
  private static final String VERSION = AGE + "v1\n";
  private static final int BUFFER = 1 << 16;

  /**
   * Reads the file and writes nothing.
   *
   * @throws ProblemException category KEY when the key is another one, VERIFY when the file is
   *     damaged or no backup, USAGE when there is none
   */
  public BackupContent check(BackupKey key) {
    return read(key, Optional.empty());
  }

  /**
   * Writes what is in the file. The restored ledger records that it was restored, because runs may
   * have read restrictions after the backup that are not in it.
   *
   * @param folder a folder that does not exist, or is empty
   * @param operator who restores, as the operating system names the person
   * @param clock the moment of the ledger's entry
   * @throws ProblemException as {@link #check}; USAGE when the folder is not free, TEMPORARY or
   *     RUN_FAILED when the disk refuses. Then nothing is left
   */
  public BackupContent restore(
      BackupKey key, Path folder, String operator, Supplier<Instant> clock) {
    Path target = folder.toAbsolutePath().normalize();
    Path fresh = target.resolveSibling(target.getFileName() + ".new");
    requireFree(target, fresh);
    try {
      try {
        DurableFiles.createNewFolder(fresh);
      } catch (FileAlreadyExistsException raced) { // it is another one's, so nothing is deleted
        throw left(fresh);
      }
      boolean isWhole = false;
      try {
        BackupContent content = read(key, Optional.of(fresh));
        Ledger.open(new StateFolder(fresh.resolve(BackupIndex.STATE)), clock)
            .append(clock.get(), LedgerEvent.restored(content.made(), operator));
        syncFolders(fresh);
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        isWhole = true;
        DurableFiles.sync(DurableFiles.folderOf(target));
        return content;
      } finally {
        if (!isWhole) {
          DurableFiles.delete(fresh);
        }
      }
    } catch (IOException refused) {
      throw ProblemException.of(
          DiskFailure.category(refused),
          "RESTORE_UNWRITABLE",
          Place.of(Place.name(target)),
          "the folder cannot be written",
          "check free space and permissions of " + Place.name(DurableFiles.folderOf(target)));
    }
  }

  private static void requireFree(Path target, Path fresh) {
    Path parent = DurableFiles.folderOf(target);
    if (!Files.isDirectory(parent)) {
      throw usage(
          "RESTORE_FOLDER", target, "there is no folder " + Place.name(parent), "make it first");
    }
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !isEmptyFolder(target)) {
      throw usage(
          "RESTORE_EXISTS",
          target,
          "something is there already; a backup is restored into a new or an empty folder",
          "name another folder");
    }
    if (Files.exists(fresh, LinkOption.NOFOLLOW_LINKS)) {
      throw left(fresh);
    }
  }

  private static ProblemException left(Path fresh) {
    return usage(
        "RESTORE_LEFT",
        fresh,
        "something is in the place where the folder is prepared, such as what a killed restore"
            + " left, with keys in it",
        "remove it, then try again");
  }

  private static boolean isEmptyFolder(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static void syncFolders(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path each : walk.filter(Files::isDirectory).toList()) {
        DurableFiles.sync(each);
      }
    }
  }

  private BackupContent read(BackupKey key, Optional<Path> target) {
    if (!Files.isRegularFile(file)) {
      throw usage("BACKUP_MISSING", file, "there is no file here", "check the path");
    }
    Place place = Place.of(Place.name(file));
    Map<String, byte[]> known = new HashMap<>();
    try (FileChannel channel = FileChannel.open(file)) {
      requireVersion(channel, place);
      try (InputStream in = key.open(channel, place);
          ZipInputStream zip = new ZipInputStream(in)) {
        BackupIndex index = index(zip, place);
        target.ifPresent(folder -> requireSpace(index, folder));
        for (BackupIndex.Entry entry : index.files()) {
          entry(zip, entry, target, known);
        }
        requireEnd(zip, in);
        return BackupContent.of(index, known, place);
      }
    } catch (ZipException | EOFException | IllegalArgumentException other) {
      throw otherContent(place);
    } catch (IOException refused) {
      throw ProblemException.of(
          DiskFailure.category(refused),
          "RESTORE_DISK",
          place,
          "the backup cannot be read, or its files cannot be written",
          "check the disks of both, free space and permissions");
    } finally {
      known.values().forEach(bytes -> Arrays.fill(bytes, (byte) 0));
    }
  }

  private static void requireVersion(FileChannel channel, Place place) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(VERSION.length());
    while (start.hasRemaining() && channel.read(start) >= 0) {
      // reads on
    }
    channel.position(0);
    String found = new String(start.array(), 0, start.position(), StandardCharsets.US_ASCII);
    if (found.equals(VERSION)) {
      return;
    }
    throw found.startsWith(AGE)
        ? verify(
            "BACKUP_VERSION",
            place,
            "expected a file of age, version 1, but found another version",
            "restore it with the version of Consentry that made it")
        : verify(
            "BACKUP_FORMAT",
            place,
            "this is no backup: it does not begin as a file of age does",
            "name a file that consentry backup made");
  }

  private static BackupIndex index(ZipInputStream zip, Place place) throws IOException {
    ZipEntry first = zip.getNextEntry();
    if (first == null || !first.getName().equals(BackupIndex.NAME)) {
      throw otherContent(place);
    }
    byte[] content = zip.readNBytes(BackupIndex.LONGEST);
    if (zip.read() >= 0) {
      throw otherContent(place);
    }
    return BackupIndex.parse(content, place);
  }

  private static void requireSpace(BackupIndex index, Path folder) {
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      long needed = 0;
      for (BackupIndex.Entry entry : index.files()) {
        needed = Math.addExact(needed, entry.size());
      }
      if (needed > free) {
        throw ProblemException.of(
            Category.TEMPORARY,
            "RESTORE_SPACE",
            Place.of(Place.name(folder)),
            String.format(
                Locale.ROOT, "%,d bytes are needed and %,d bytes are free here", needed, free),
            "make room, or name a folder on another disk");
      }
    } catch (ArithmeticException | IOException unknown) {
      throw verify(
          "BACKUP_INDEX",
          Place.of(Place.name(folder)),
          "the size of the backup or the free space here is not known",
          "check the disk, or take an older backup");
    }
  }

  private void entry(
      ZipInputStream zip, BackupIndex.Entry entry, Optional<Path> target, Map<String, byte[]> known)
      throws IOException {
    Place place = Place.of(Place.name(file));
    ZipEntry next = zip.getNextEntry();
    if (next == null || !next.getName().equals(entry.path())) {
      throw otherContent(place);
    }
    InputStream limited = new Limited(zip, entry.size());
    InputStream content = limited;
    if (BackupContent.isKnownBy(entry.path())) {
      if (entry.size() > BackupFiles.longest(entry.path())) {
        throw otherContent(place);
      }
      byte[] bytes = limited.readNBytes((int) entry.size());
      known.put(entry.path(), bytes);
      content = new java.io.ByteArrayInputStream(bytes);
    }
    MessageDigest sha = Sha256.begin();
    long size =
        target.isPresent()
            ? write(content, target.get().resolve(entry.path()), sha)
            : content.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha));
    if (size != entry.size() || zip.read() >= 0 || !Sha256.hex(sha).equals(entry.sha256())) {
      throw otherContent(place);
    }
  }

  private static long write(InputStream content, Path file, MessageDigest sha) throws IOException {
    DurableFiles.createFolder(DurableFiles.folderOf(file));
    try (FileChannel channel = DurableFiles.openNew(file);
        OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), sha)) {
      long size = content.transferTo(out);
      channel.force(true);
      return size;
    }
  }

  /** What follows the files is the zip file's own list, which is authenticated too. */
  private void requireEnd(ZipInputStream zip, InputStream in) throws IOException {
    if (zip.getNextEntry() != null) {
      throw otherContent(Place.of(Place.name(file)));
    }
    byte[] rest = new byte[BUFFER];
    while (in.read(rest, 0, rest.length) >= 0) {
      // reads on
    }
  }

  private static ProblemException otherContent(Place place) {
    return verify(
        "BACKUP_CONTENT",
        place,
        "its files are not those that its list names",
        "consentry backup makes no such file: take another backup, and find out who made this one");
  }

  private static ProblemException verify(String code, Place place, String message, String hint) {
    return ProblemException.of(Category.VERIFY, code, place, message, hint);
  }

  private static ProblemException usage(String code, Path path, String message, String hint) {
    return ProblemException.of(Category.USAGE, code, Place.of(Place.name(path)), message, hint);
  }

  /** The first bytes of a stream. */
  private static final class Limited extends InputStream {
    private final InputStream in;
    private long left;

    Limited(InputStream in, long size) {
      this.in = in;
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = left == 0 ? -1 : in.read(bytes, from, (int) Math.min(length, left));
      left -= Math.max(0, read);
      return read;
    }
  }
}
