package org.consentry.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder in which executors of a {@code local-cluster} find Spark and write their logs. The
 * launcher of the program names it, because they get the name by their environment.
 */
final class ExecutorHome {

  private static final String PROPERTY = "consentry.spark.home";

  private ExecutorHome() {}

  /**
   * Makes the folder, if the launcher named one.
   *
   * @param jars the folder of Spark's jars
   * @throws IOException also when another program made a folder of the name
   */
  static void make(Path jars) throws IOException {
    Optional<Path> home = named();
    if (home.isPresent()) {
      Files.createDirectory(
          home.get(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.createSymbolicLink(home.get().resolve("jars"), jars);
    }
  }

  private static Optional<Path> named() {
    return Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of);
  }

  /** Removes the folder. Jars are linked, and a link is removed as such. */
  static void remove() {
    Optional<Path> home = named().filter(Files::isDirectory);
    try {
      for (Path path : home.isPresent() ? deepestFirst(home.get()) : List.<Path>of()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException stillWritten) {
      // What remains of the logs in the system's folder for such files has no value of a record.
      return;
    }
  }

  private static List<Path> deepestFirst(Path home) throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      return all.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
