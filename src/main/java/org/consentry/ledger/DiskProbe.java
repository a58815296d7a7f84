package org.consentry.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.consentry.data.DurableFiles;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/** Whether a folder takes a file, keeps it over a rename, and gives it back. */
public final class DiskProbe {

  private static final int SIZE = 64 * 1024;

  private DiskProbe() {}

  /**
   * Writes a file of random bytes, waits until it is on the disk, renames it, reads it and removes
   * it. Leaves nothing in the folder.
   *
   * @throws ProblemException category TEMPORARY when the disk is full or was away, RUN_FAILED when
   *     a person must change something
   */
  public static void require(Path folder) {
    byte[] content = new byte[SIZE];
    new SecureRandom().nextBytes(content);
    String name = ".disk-check-" + HexFormat.of().formatHex(content, 0, 8);
    Path written = folder.resolve(name);
    Path renamed = folder.resolve(name + "-renamed");
    try {
      try (FileChannel channel = DurableFiles.openNew(written)) {
        DurableFiles.writeFully(channel, ByteBuffer.wrap(content));
        channel.force(true);
      }
      Files.move(written, renamed, StandardCopyOption.ATOMIC_MOVE);
      DurableFiles.sync(folder);
      if (!Arrays.equals(Files.readAllBytes(renamed), content)) {
        throw refused(Category.RUN_FAILED, folder, "the disk gave back other bytes than it took");
      }
    } catch (IOException failed) {
      throw refused(
          DiskFailure.category(failed), folder, "no file can be written, flushed and renamed here");
    } finally {
      remove(written);
      remove(renamed);
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException remains) {
      throw refused(
          DiskFailure.category(remains),
          DurableFiles.folderOf(file),
          "the test file " + file.getFileName() + " cannot be removed");
    }
  }

  private static ProblemException refused(Category category, Path folder, String message) {
    return ProblemException.of(
        category, "DISK", Place.of(folder), message, "check its owner, permissions and free space");
  }
}
