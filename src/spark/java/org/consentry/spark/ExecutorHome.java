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
 * launcher of the program names it, because they get the name by their environment. Only a folder
 * that was made here is removed.
 */
final class ExecutorHome {

  static final String PROPERTY = "consentry.spark.home";

  private final Optional<Path> made;

  private ExecutorHome(Optional<Path> made) {
    this.made = made;
  }

  /**
   * Makes the folder, if the launcher named one.
   *
   * @param jars the folder of Spark's jars
   * @throws IOException also when something of the name is there, which is left as it is
   */
  static ExecutorHome make(Path jars) throws IOException {
    Optional<Path> named = Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of);
    if (named.isEmpty()) {
      return new ExecutorHome(named);
    }
    Files.createDirectory(
        named.get(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    ExecutorHome home = new ExecutorHome(named);
    try {
      Files.createSymbolicLink(named.get().resolve("jars"), jars);
    } catch (IOException noLink) {
      home.remove();
      throw noLink;
    }
    return home;
  }

  /** The folder, if there is one. */
  Optional<Path> folder() {
    return made;
  }

  /** Removes the folder. Jars are linked, and a link is removed as such. */
  void remove() {
    Optional<Path> home = made.filter(Files::isDirectory);
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
