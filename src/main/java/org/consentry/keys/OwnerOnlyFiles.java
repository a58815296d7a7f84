package org.consentry.keys;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.consentry.data.DurableFiles;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/** Files that only their owner may read or write: keys, the code vault. */
final class OwnerOnlyFiles {

  /** No key file is longer, so a wrong path cannot fill the memory. */
  private static final int MAX_BYTES = 64 * 1024;

  private OwnerOnlyFiles() {}

  /**
   * Reads a whole key file.
   *
   * @throws ProblemException of category KEY when it is absent, no plain file, too long, or open to
   *     anyone but its owner
   */
  static Secret read(Path file, String hintWhenMissing) {
    Place place = Place.of(file);
    try {
      requireOwnerOnly(file, place);
      if (Files.size(file) > MAX_BYTES) {
        throw problem("KEY_FORMAT", place, "a key file of this size is no key", "check the path");
      }
      return Secret.take(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw problem("KEY_MISSING", place, "the key is not there", hintWhenMissing);
    } catch (IOException e) {
      throw problem(
          "KEY_UNREADABLE", place, "the key file cannot be read", "check the path and its owner");
    }
  }

  /**
   * Creates a file, as {@link DurableFiles#create} does, and wipes the content given.
   *
   * @throws ProblemException of category KEY when the file exists, TEMPORARY when it cannot be
   *     written
   */
  static void create(Path file, byte[] content) {
    Place place = Place.of(file);
    try {
      if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        throw noPermissions(place);
      }
      DurableFiles.create(file, content);
    } catch (FileAlreadyExistsException e) {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw problem(
            "KEY_UNWRITABLE",
            place,
            "a file is in the place of a folder of this path",
            "name a path below a folder");
      }
      throw problem(
          "KEY_EXISTS",
          place,
          "a file is there already and keys are never overwritten",
          "choose another name");
    } catch (IOException e) {
      throw ProblemException.of(
          DiskFailure.category(e),
          "KEY_UNWRITABLE",
          place,
          "the file cannot be written",
          "check free space and the folder's permissions");
    } finally {
      Arrays.fill(content, (byte) 0);
    }
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
    if (!DurableFiles.ofOthers(attributes.permissions()).isEmpty()) {
      throw problem(
          "KEY_PERMISSIONS",
          place,
          "expected a file only its owner can read but its permissions are "
              + PosixFilePermissions.toString(attributes.permissions()),
          "run chmod 600 on it, and replace the key if others had access");
    }
  }

  /** A user who may write in the folder of a key may replace the key. */
  private static void requireFolder(Path file, Place place) throws IOException {
    Path folder = DurableFiles.folderOf(file.toRealPath());
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(folder);
    if (found.contains(PosixFilePermission.GROUP_WRITE)
        || found.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw problem(
          "KEY_FOLDER",
          place,
          "group or others may write in its folder, whose permissions are "
              + PosixFilePermissions.toString(found),
          "find out who used that, then run: chmod go-w '" + Place.name(folder) + "'");
    }
  }

  private static ProblemException noPermissions(Place place) {
    return problem(
        "KEY_PERMISSIONS",
        place,
        "this file system cannot restrict a file to its owner",
        "give the key by env: or exec:, or move it");
  }

  static ProblemException problem(String code, Place place, String message, String hint) {
    return ProblemException.of(Category.KEY, code, place, message, hint);
  }
}
