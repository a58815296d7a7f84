package org.consentry.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.consentry.data.Codes;
import org.consentry.data.DurableFiles;
import org.consentry.data.Prf;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * A random key for one run. Codes made with it join the tables of one release and link nothing
 * else, because it is destroyed when the release is published. Until then it lives in a file in
 * staging, so that a resumed run makes the same codes. Safe for any number of threads.
 *
 * <p><b>Security promise:</b> the key cannot be read back and toString does not show it.
 */
public final class OneTimeKey {

  private final Secret secret;

  private OneTimeKey(Secret secret) {
    this.secret = secret;
  }

  /**
   * Draws a key and writes it to a new file that only its owner can read. What a killed writer left
   * beside it is destroyed.
   *
   * @throws ProblemException of category KEY when the file exists or cannot be written
   */
  public static OneTimeKey create(Path file) {
    destroyLeftovers(file);
    Secret secret = KeyFile.generate();
    KeyFile.ONE_TIME.create(file, secret);
    return new OneTimeKey(secret);
  }

  /** Draws a key that is in no file: for what is measured at once and never resumed. */
  public static OneTimeKey inMemory() {
    return new OneTimeKey(KeyFile.generate());
  }

  /**
   * Reads the key of a run that is resumed.
   *
   * @throws ProblemException of category KEY when it is absent, open to others or damaged
   */
  public static OneTimeKey read(Path file) {
    return new OneTimeKey(KeyFile.ONE_TIME.read(file));
  }

  /**
   * The function whose answers become codes ({@link Codes}).
   *
   * @param domain what is coded: letters, digits and {@code . _ -}
   */
  public Prf prf(String domain) {
    return Derivation.prf(secret, label(domain));
  }

  /** The key of {@link #prf}; the caller wipes it. */
  byte[] key(String domain) {
    return Derivation.derive(secret, label(domain));
  }

  private static String label(String domain) {
    return "deid/v1/one-time/" + Derivation.requireDomain(domain);
  }

  /**
   * Overwrites and deletes the key's file, and what a killed writer left beside it, and waits until
   * that is on the disk. A file that is gone already is no error. Storage that keeps old blocks
   * (copy-on-write, flash) may still have the bytes. The file therefore belongs on the same
   * encrypted volume as the records.
   *
   * @throws ProblemException of category RUN_FAILED when the file cannot be destroyed
   */
  public static void destroy(Path file) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      destroyOne(file);
    }
    destroyLeftovers(file);
  }

  /** A new file has a temporary name, its own with a number, until it is whole. */
  private static void destroyLeftovers(Path file) {
    Path folder = DurableFiles.folderOf(file.toAbsolutePath());
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(folder, file.getFileName() + ".*new")) {
      left.forEach(OneTimeKey::destroyOne);
    } catch (IOException | DirectoryIteratorException unreadable) {
      throw notDestroyed(file);
    }
  }

  private static void destroyOne(Path file) {
    try {
      overwrite(file);
      Files.delete(file);
      DurableFiles.sync(DurableFiles.folderOf(file));
    } catch (IOException e) {
      throw notDestroyed(file);
    }
  }

  private static ProblemException notDestroyed(Path file) {
    return ProblemException.of(
        Category.RUN_FAILED,
        "KEY_NOT_DESTROYED",
        Place.of(file),
        "the one-time key of the run cannot be destroyed",
        "make the folder writable and run again");
  }

  private static void overwrite(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      DurableFiles.writeFully(channel, ByteBuffer.allocate((int) channel.size()));
      channel.force(true);
    }
  }

  /** Shows nothing of the key. */
  @Override
  public String toString() {
    return "OneTimeKey";
  }
}
