package org.consentry.problem;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.List;

/**
 * Whether another try can fix what the disk refused. A full disk, a broken connection and a file
 * that is away may pass; permissions, a read-only disk and a folder in place of a file need a
 * person.
 */
public final class DiskFailure {

  private static final List<Class<? extends IOException>> PERMANENT =
      List.of(
          AccessDeniedException.class,
          FileAlreadyExistsException.class,
          DirectoryNotEmptyException.class,
          NotDirectoryException.class,
          NotLinkException.class,
          FileSystemLoopException.class);

  /** Words of the operating system. */
  private static final List<String> PERMANENT_WORDS =
      List.of(
          "Permission denied",
          "Operation not permitted",
          "Read-only file system",
          "Is a directory",
          "Not a directory",
          "File name too long",
          "Too many levels of symbolic links",
          "Invalid cross-device link",
          "Operation not supported");

  private DiskFailure() {}

  /** TEMPORARY when another try may succeed; RUN_FAILED when a person must change something. */
  public static Category category(IOException failure) {
    String words = String.valueOf(failure.getMessage());
    boolean isPermanent =
        PERMANENT.stream().anyMatch(kind -> kind.isInstance(failure))
            || PERMANENT_WORDS.stream().anyMatch(words::endsWith);
    return isPermanent ? Category.RUN_FAILED : Category.TEMPORARY;
  }
}
