package org.consentry.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/** Files that only their owner may read or write: keys, the code vault. */
final class OwnerOnlyFiles {

  /** No key file is longer, so a wrong path cannot fill the memory. */
  private static final int MAX_BYTES = 64 * 1024;

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private OwnerOnlyFiles() {}

  /**
   * Reads a whole key file.
   *
   * @throws ProblemException of category KEY when it is absent, no plain file, too long, or open to
   *     anyone but its owner
   */
  static Secret read(Path file, String hintWhenMissing) {
    Place place = Place.of(file.toString());
    byte[] content = new byte[0];
    try {
      requireOwnerOnly(file, place);
      if (Files.size(file) > MAX_BYTES) {
        throw problem("KEY_FORMAT", place, "a key file of this size is no key", "check the path");
      }
      content = Files.readAllBytes(file);
      return Secret.copyOf(content, SecretAccess.granted());
    } catch (NoSuchFileException e) {
      throw problem("KEY_MISSING", place, "the key is not there", hintWhenMissing);
    } catch (IOException e) {
      throw problem(
          "KEY_UNREADABLE", place, "the key file cannot be read", "check the path and its owner");
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /**
   * Makes a file and waits until it and its name are on the disk. The file appears whole or not at
   * all: it is written as {@code NAME.new} and renamed. What a crash left under that name is
   * replaced.
   *
   * @throws ProblemException of category KEY when the file exists or cannot be written
   */
  static void create(Path file, byte[] content) {
    Place place = Place.of(file.toString());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      createFolders(folderOf(file));
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      Files.deleteIfExists(fresh);
      Set<StandardOpenOption> options =
          EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try (FileChannel channel = FileChannel.open(fresh, options, OWNER_FILE)) {
        writeFully(channel, ByteBuffer.wrap(content));
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      syncFolder(folderOf(file));
    } catch (FileAlreadyExistsException e) {
      throw problem(
          "KEY_EXISTS",
          place,
          "a file is there already and keys are never overwritten",
          "choose another name");
    } catch (IOException e) {
      throw ProblemException.of(
          Category.TEMPORARY,
          "KEY_UNWRITABLE",
          place,
          "the file cannot be written",
          "check free space and the folder's permissions");
    } catch (UnsupportedOperationException e) {
      throw noPermissions(place);
    }
  }

  /**
   * Makes a folder and its missing parents, each for the owner only, and waits until their names
   * are on the disk.
   */
  static void createFolders(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      createFolders(folderOf(folder));
      Files.createDirectories(folder, OWNER_FOLDER);
      syncFolder(folderOf(folder));
    }
  }

  /** Waits until the names in a folder are on the disk. */
  static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Opens for reading and writing; makes the file, for its owner only, when it is absent. */
  static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        OWNER_FILE);
  }

  static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }

  static void requireOwnerOnly(Path file, Place place) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      throw noPermissions(place);
    }
    var attributes = view.readAttributes();
    if (!attributes.isRegularFile()) {
      throw problem("KEY_FORMAT", place, "expected a file but found something else", "");
    }
    requireFolder(file, place);
    EnumSet<PosixFilePermission> found = EnumSet.noneOf(PosixFilePermission.class);
    found.addAll(attributes.permissions());
    found.retainAll(OTHERS);
    if (!found.isEmpty()) {
      throw problem(
          "KEY_PERMISSIONS",
          place,
          "expected a file only its owner can read but its permissions are "
              + PosixFilePermissions.toString(attributes.permissions()),
          "run chmod 600 on it, and replace the key if others had access");
    }
  }

  /** Whoever may write in the folder of a key may put another key in its place. */
  private static void requireFolder(Path file, Place place) throws IOException {
    Path folder = folderOf(file.toRealPath());
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(folder);
    if (found.contains(PosixFilePermission.GROUP_WRITE)
        || found.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw problem(
          "KEY_FOLDER",
          place,
          "group or others may write in its folder, whose permissions are "
              + PosixFilePermissions.toString(found),
          "find out who used that, then run: chmod go-w '" + folder + "'");
    }
  }

  private static ProblemException noPermissions(Place place) {
    return problem(
        "KEY_PERMISSIONS",
        place,
        "this file system cannot keep a file to its owner",
        "give the key by env: or exec:, or move it");
  }

  static ProblemException problem(String code, Place place, String message, String hint) {
    return ProblemException.of(Category.KEY, code, place, message, hint);
  }
}
