package org.consentry.data;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files and folders that are on the disk when a method returns, and that only their owner may read,
 * write or enter. A file appears under its name whole or not at all. One that is replaced is
 * written as {@code NAME.new} and renamed; what a crash left under that name is replaced. One that
 * must be new is written as {@code NAME.NUMBER.new}, where the number is random, so that of several
 * writers one wins; what a crash leaves of it is for a person to remove. When the disk refuses,
 * nothing is left.
 */
public final class DurableFiles {

  private static final Set<PosixFilePermission> OWNER_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final int BUFFER = 1 << 16;

  private DurableFiles() {}

  /** Writes the content of a file. */
  public interface Content {
    void writeTo(DataOutputStream out) throws IOException;
  }

  /** Creates a folder and its missing parents, each for its owner only. */
  public static void createFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      createFolder(parent);
    }
    try {
      Files.createDirectory(folder, ownerOnly(folder, OWNER_FOLDER));
    } catch (FileAlreadyExistsException raced) {
      if (!Files.isDirectory(folder)) {
        throw raced;
      }
    }
    if (parent != null) {
      sync(parent);
    }
  }

  /**
   * Creates a folder that is not there, for its owner only; its parent is there.
   *
   * @throws FileAlreadyExistsException when something is there, whatever it is
   */
  public static void createNewFolder(Path folder) throws IOException {
    Files.createDirectory(folder, ownerOnly(folder, OWNER_FOLDER));
    sync(folderOf(folder));
  }

  /** Creates a folder, or closes an existing one to group and others. */
  public static void createClosedFolder(Path folder) throws IOException {
    createFolder(folder);
    boolean hasModes = Files.getFileStore(folder).supportsFileAttributeView("posix");
    if (hasModes && !Files.getPosixFilePermissions(folder).equals(OWNER_FOLDER)) {
      Files.setPosixFilePermissions(folder, OWNER_FOLDER);
    }
  }

  /** Replaces a file at once: a reader sees the old content or the new one. */
  public static void replace(Path file, byte[] content) throws IOException {
    write(file, channel -> writeFully(channel, ByteBuffer.wrap(content)));
  }

  /** As {@link #replace(Path, byte[])}, for text in UTF-8. */
  public static void replace(Path file, String content) throws IOException {
    replace(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * As {@link #replace(Path, byte[])}, for content that is written piece by piece. Creates the
   * folder, or closes it to group and others.
   *
   * @return SHA-256 of the content, 64 lower-case hexadecimal digits
   */
  public static String replace(Path file, Content content) throws IOException {
    createClosedFolder(folderOf(file));
    MessageDigest sha = Sha256.begin();
    write(file, channel -> fill(channel, sha, content));
    return Sha256.hex(sha);
  }

  /**
   * Creates a file, and its folder where there is none.
   *
   * @throws FileAlreadyExistsException when the file exists, be it a link to nothing
   */
  public static void create(Path file, byte[] content) throws IOException {
    createFolder(folderOf(file));
    writeNew(file, channel -> writeFully(channel, ByteBuffer.wrap(content)));
  }

  /**
   * As {@link #create(Path, byte[])} in a folder that exists, for content that is written piece by
   * piece.
   *
   * @return SHA-256 of the content, 64 lower-case hexadecimal digits
   */
  public static String create(Path file, Content content) throws IOException {
    MessageDigest sha = Sha256.begin();
    writeNew(file, channel -> fill(channel, sha, content));
    return Sha256.hex(sha);
  }

  private static void fill(FileChannel channel, MessageDigest sha, Content content)
      throws IOException {
    DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(
                new DigestOutputStream(Channels.newOutputStream(channel), sha), BUFFER));
    content.writeTo(out);
    out.flush();
  }

  private interface Filling {
    void fill(FileChannel channel) throws IOException;
  }

  private interface Naming {
    void name(Path fresh) throws IOException;
  }

  private static void write(Path file, Filling filling) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    write(
        openNew(fresh),
        fresh,
        filling,
        whole ->
            Files.move(
                whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
  }

  private static void writeNew(Path file, Filling filling) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Path fresh =
        Files.createTempFile(
            folderOf(file), file.getFileName() + ".", ".new", ownerOnly(file, OWNER_FILE));
    write(open(fresh), fresh, filling, whole -> nameNew(whole, file));
  }

  /** A link never replaces a file. Where a disk has none, a look before the rename must do. */
  private static void nameNew(Path whole, Path file) throws IOException {
    try {
      Files.createLink(file, whole);
    } catch (FileAlreadyExistsException taken) {
      throw taken;
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      Files.move(whole, file);
      return;
    }
    Files.delete(whole);
  }

  private static void write(FileChannel open, Path fresh, Filling filling, Naming naming)
      throws IOException {
    try {
      try (FileChannel channel = open) {
        filling.fill(channel);
        channel.force(true);
      }
      naming.name(fresh);
    } catch (IOException | RuntimeException refused) {
      deleteAfter(refused, fresh);
      throw refused;
    }
    sync(folderOf(fresh));
  }

  private static void deleteAfter(Exception refused, Path fresh) {
    try {
      Files.deleteIfExists(fresh);
    } catch (IOException remains) {
      refused.addSuppressed(remains);
    }
  }

  /** Opens a file that must be new, to write and read. */
  public static FileChannel openNew(Path file) throws IOException {
    return open(file, StandardOpenOption.CREATE_NEW);
  }

  /** Opens a file to write and read; creates it when it is absent. */
  public static FileChannel open(Path file) throws IOException {
    return open(file, StandardOpenOption.CREATE);
  }

  private static FileChannel open(Path file, StandardOpenOption create) throws IOException {
    return FileChannel.open(
        file,
        EnumSet.of(create, StandardOpenOption.READ, StandardOpenOption.WRITE),
        ownerOnly(file, OWNER_FILE));
  }

  private static FileAttribute<?>[] ownerOnly(Path path, Set<PosixFilePermission> permissions) {
    boolean hasModes = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return hasModes
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  /** Those of the permissions of a file or folder that group and others have. */
  public static Set<PosixFilePermission> ofOthers(Set<PosixFilePermission> permissions) {
    EnumSet<PosixFilePermission> others = EnumSet.noneOf(PosixFilePermission.class);
    others.addAll(permissions);
    others.removeAll(OWNER_FOLDER);
    return others;
  }

  /** Writes all bytes that remain in the buffer. */
  public static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Waits until the names in a folder, or the content of a file, are on the disk. */
  public static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** The folder that a file is in; a root is its own. */
  public static Path folderOf(Path file) {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    return folder == null ? absolute : folder;
  }

  /**
   * Gives a folder, and every file and folder below, one time stamp, so that no file shows when it
   * was written, and puts them on the disk, children before parents. Follows no link.
   *
   * @param moment the time stamp, whose fraction of a second is dropped
   */
  public static void stamp(Path folder, Instant moment) throws IOException {
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

  /** Deletes a folder and what is below it, where it exists. Follows no link. */
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
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
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
