package org.consentry.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Durable, owner-only files and folders. Every answer is on the disk when the method returns. */
public final class Folders {

  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rwx------");

  private Folders() {}

  /** Creates a folder and its parents; what is created can be entered by its owner alone. */
  public static void create(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      create(parent);
    }
    try {
      if (isPosix(folder)) {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
      } else {
        Files.createDirectory(folder);
      }
    } catch (FileAlreadyExistsException raced) {
      if (!Files.isDirectory(folder)) {
        throw raced;
      }
    }
    if (parent != null) {
      sync(parent);
    }
  }

  /** Creates a folder, or shuts one that is there already to everybody but its owner. */
  static void createShut(Path folder) throws IOException {
    create(folder);
    if (isPosix(folder) && !Files.getPosixFilePermissions(folder).equals(OWNER_ALONE)) {
      Files.setPosixFilePermissions(folder, OWNER_ALONE);
    }
  }

  private static boolean isPosix(Path path) throws IOException {
    return Files.getFileStore(existing(path)).supportsFileAttributeView("posix");
  }

  private static Path existing(Path folder) {
    Path at = folder.toAbsolutePath();
    while (!Files.exists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    return at;
  }

  /** Replaces a file at once: a reader sees the old text or the new one, never half. */
  static void replace(Path file, byte[] content) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException("a file needs a folder");
    }
    Path temporary = parent.resolve(file.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    try (FileChannel channel = openNew(temporary)) {
      java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(parent);
  }

  /** As {@link #replace(Path, byte[])}, for text in UTF-8. */
  static void replace(Path file, String content) throws IOException {
    replace(file, content.getBytes(StandardCharsets.UTF_8));
  }

  static FileChannel openNew(Path file) throws IOException {
    Set<java.nio.file.OpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (isPosix(file)) {
      return FileChannel.open(
          file,
          options,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    return FileChannel.open(file, options);
  }

  /** Puts a folder's entries on the disk. */
  public static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Gives a folder, and every file and folder below, one time stamp, so that no file shows when it
   * was written, and puts them on the disk, children before parents. Follows no link.
   *
   * @param moment the time stamp, whose fraction of a second is dropped
   */
  public static void settle(Path folder, Instant moment) throws IOException {
    FileTime stamp = FileTime.from(moment.truncatedTo(ChronoUnit.SECONDS));
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.toList();
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      Files.getFileAttributeView(
              all.get(i), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setTimes(stamp, stamp, null);
      sync(all.get(i));
    }
  }

  /** Deletes a folder and what is below it; follows no link. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path directory, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
