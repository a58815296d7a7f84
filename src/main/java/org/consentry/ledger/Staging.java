package org.consentry.ledger;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.consentry.data.DurableFiles;
import org.consentry.problem.Category;
import org.consentry.problem.DiskFailure;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * Where a release is made: a hidden, owner-only folder beside the releases, so that publication is
 * one rename inside one file system. {@code release/} becomes the release; {@code work/} has
 * markers, released keys and the one-time key, and never leaves.
 *
 * @param folder the staging folder of one run
 * @param writers who may write the same file at once
 */
public record Staging(Path folder, Writers writers) {

  private static final String HIDDEN = ".staging";
  private static final String PROBE = ".rename-check";

  /** Names of {@link #fresh} and of {@link DurableFiles}, which files have until they are whole. */
  private static final Pattern HALF = Pattern.compile("[0-9a-f]{16}~.*|.*\\.new");

  private static final long LATE_SECONDS = Long.getLong("consentry.sharedSeconds", 60);
  private static final long LOOK_MILLIS = 100;

  /** Whether a file is written by one process at a time, or by several that write the same. */
  public enum Writers {
    ONE,
    SEVERAL
  }

  /** A staging folder that one process works in. */
  public Staging(Path folder) {
    this(folder, Writers.ONE);
  }

  /** The same folder where another process may write the same files at the same time. */
  public Staging ofSeveral() {
    return new Staging(folder, Writers.SEVERAL);
  }

  /**
   * Where the content of a file is written until it is whole: the file itself, or beside it under a
   * name that no other process has.
   */
  public Path fresh(Path file) {
    if (writers == Writers.ONE) {
      return file;
    }
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    return file.resolveSibling(HexFormat.of().formatHex(random) + "~" + file.getFileName());
  }

  /** Gives a whole file that was written at {@link #fresh} its name, in place of one there. */
  public void settle(Path fresh, Path file) {
    guard(
        "STAGING",
        "staging cannot be written",
        () -> {
          if (!fresh.equals(file)) {
            Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
          }
        });
  }

  /**
   * The staging folder of a run under an output folder.
   *
   * @throws IllegalArgumentException when the run's id would lead out of it
   */
  public static Staging of(Path output, String run) {
    return new Staging(output.resolve(HIDDEN).resolve(RunRecord.requireId(run)));
  }

  /**
   * The staging folders under an output folder, sorted by name; none where it cannot be read.
   *
   * @param output an output folder, which may be absent
   */
  public static List<Path> in(Path output) {
    try (Stream<Path> folders = Files.list(output.resolve(HIDDEN))) {
      return folders.sorted().toList();
    } catch (IOException none) {
      return List.of();
    }
  }

  /** What becomes the release. */
  public Path release() {
    return folder.resolve("release");
  }

  /** The folder of the staging areas, by the {@link #release()} of one of them. */
  public static Path areas(Path release) {
    return release.toAbsolutePath().resolve("../..").normalize();
  }

  /** What never leaves. */
  public Path work() {
    return folder.resolve("work");
  }

  /** Creates the folders that are missing. */
  public void prepare() {
    guard(
        "STAGING",
        "the staging folder cannot be created",
        () -> {
          DurableFiles.createFolder(release());
          DurableFiles.createFolder(work());
        });
  }

  /**
   * Checks that a release can be renamed into a folder, by renaming an empty folder there and
   * removing it. A folder that is not there yet will be made beside staging, where it can.
   *
   * @throws ProblemException category RUN_FAILED when the folder is on another file system or
   *     cannot be written
   */
  public void requireRename(Path releases) {
    if (!Files.isDirectory(releases)) {
      return;
    }
    Path probe = folder.resolve(PROBE);
    Path moved = releases.resolve(PROBE);
    try {
      DurableFiles.createFolder(probe);
      Files.move(probe, moved, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(moved);
    } catch (AtomicMoveNotSupportedException otherFileSystem) {
      throw notRenamed(
          releases,
          "the folder of the job's releases is on another file system than staging, "
              + Place.name(folder)
              + ", so a release cannot be published in one step",
          "make it a folder of the same file system, or name another output folder in the job");
    } catch (IOException refused) {
      throw notRenamed(
          releases,
          "no release can be put into the folder of the job's releases",
          "check its owner, permissions and free space");
    }
  }

  private static ProblemException notRenamed(Path releases, String message, String hint) {
    return ProblemException.of(
        Category.RUN_FAILED, "OUTPUT_FOLDER", Place.of(releases), message, hint);
  }

  /** Whether there is anything staged. */
  public boolean exists() {
    return Files.isDirectory(folder);
  }

  /** Creates a folder inside the release. */
  public Path folderFor(Path file) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    if (parent == null || !parent.startsWith(release().toAbsolutePath().normalize())) {
      throw new IllegalArgumentException("a part file is inside the release");
    }
    guard(
        "STAGING",
        "a folder in staging cannot be created",
        () -> DurableFiles.createFolder(parent));
    return parent;
  }

  /** Puts a folder's entries on the disk. */
  public void sync(Path inner) {
    guard("STAGING", "staging cannot be flushed to the disk", () -> DurableFiles.sync(inner));
  }

  /** Keeps a text in {@code work/}, at once and durably. */
  public void keep(String name, String text) {
    keep(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Keeps numbers in {@code work/}, piece behind piece, eight bytes each, at once and durably. */
  public void keep(String name, List<LongBuffer> pieces) {
    keep(name, file -> DurableFiles.replace(file, out -> write(pieces, out)));
  }

  private static void write(List<LongBuffer> pieces, DataOutputStream out) throws IOException {
    for (LongBuffer piece : pieces) {
      for (int at = piece.position(); at < piece.limit(); at++) {
        out.writeLong(piece.get(at));
      }
    }
  }

  /** Keeps bytes in {@code work/}, at once and durably. */
  public void keep(String name, byte[] bytes) {
    keep(name, file -> DurableFiles.replace(file, bytes));
  }

  private interface Replacing {
    void replace(Path file) throws IOException;
  }

  private void keep(String name, Replacing replacing) {
    Path file = inWork(name);
    Path fresh = fresh(file);
    guard("STAGING", "staging cannot be written", () -> replacing.replace(fresh));
    settle(fresh, file);
  }

  /**
   * Keeps bytes in {@code work/}, unless another process of the run kept some under the name: then
   * those remain.
   */
  public void keepFirst(String name, byte[] bytes) {
    if (writers == Writers.ONE) {
      keep(name, bytes);
      return;
    }
    guard(
        "STAGING",
        "staging cannot be written",
        () -> {
          try {
            DurableFiles.create(inWork(name), bytes);
          } catch (FileAlreadyExistsException another) {
            return;
          }
        });
  }

  /** Removes what was kept under a name, if anything was. */
  public void remove(String name) {
    guard("STAGING", "staging cannot be written", () -> Files.deleteIfExists(inWork(name)));
  }

  /**
   * Removes from {@code work/} what ended processes left half written. One that still writes such a
   * file cannot give it its name then, and reports that it failed.
   */
  public void removeHalves() {
    guard(
        "STAGING",
        "staging cannot be written",
        () -> {
          try (Stream<Path> files = Files.list(work())) {
            for (Path file : files.filter(Staging::isHalf).toList()) {
              Files.deleteIfExists(file);
            }
          }
        });
  }

  private static boolean isHalf(Path file) {
    return HALF.matcher(String.valueOf(file.getFileName())).matches() && Files.isRegularFile(file);
  }

  /** What was kept under a name; empty when nothing was, or it cannot be read as UTF-8. */
  public Optional<String> text(String name) {
    return bytes(name).flatMap(Staging::decode);
  }

  private static Optional<String> decode(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }

  private Path inWork(String name) {
    Path file = work().resolve(name).normalize();
    if (!work().normalize().equals(file.getParent())) {
      throw new IllegalArgumentException("what is kept is in work");
    }
    return file;
  }

  /** Numbers kept under a name; empty when nothing was. */
  public Optional<long[]> numbers(String name) {
    return bytes(name)
        .filter(bytes -> bytes.length % Long.BYTES == 0)
        .map(
            bytes -> {
              long[] numbers = new long[bytes.length / Long.BYTES];
              ByteBuffer.wrap(bytes).asLongBuffer().get(numbers);
              return numbers;
            });
  }

  /** Bytes kept under a name; empty when nothing was, or they cannot be read. */
  public Optional<byte[]> bytes(String name) {
    Path file = inWork(name);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException cannotRead) {
      return Optional.empty();
    }
  }

  /**
   * What another process kept, which a network file system may show late. Making and removing a
   * file makes such a system look at the folder again.
   *
   * @param reading reads it; asked again for up to a minute while it is not there
   */
  public <T> Optional<T> seen(Supplier<Optional<T>> reading) {
    Optional<T> found = reading.get();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LATE_SECONDS);
    while (found.isEmpty() && System.nanoTime() < end && Files.isDirectory(work())) {
      lookAgain();
      found = reading.get();
    }
    return found;
  }

  private void lookAgain() {
    Path probe = work().resolve("look-" + UUID.randomUUID());
    guard(
        "STAGING",
        "staging cannot be written",
        () -> {
          Files.createFile(probe);
          Files.delete(probe);
        });
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Removes the staging folder and, when it was the last one, the folder of them all. */
  public void discard() {
    guard(
        "STAGING",
        "the staging folder cannot be removed",
        () -> {
          DurableFiles.delete(folder);
          Path parent = folder.toAbsolutePath().getParent();
          if (parent != null && Files.isDirectory(parent)) {
            try (var entries = Files.list(parent)) {
              if (entries.findAny().isPresent()) {
                return;
              }
            }
            Files.delete(parent);
          }
        });
  }

  private interface Work {
    void run() throws IOException;
  }

  private void guard(String code, String message, Work work) {
    try {
      work.run();
    } catch (IOException failed) {
      throw ProblemException.of(
          DiskFailure.category(failed),
          code,
          Place.of(folder),
          message,
          "check free space and permissions, then resume the run");
    }
  }
}
