package org.consentry.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * The jars of our program for executors. They are sent to every executor, encrypted as all else,
 * but for {@code local-cluster}: its executors are on this machine and read them where they are.
 *
 * @param jars the files
 * @param areHere whether executors read them where they are
 */
record Libraries(List<Path> jars, boolean areHere) {

  /** The jars beside the one that a class of the program is in. */
  static Libraries of(Class<?> ours, SparkConf conf) {
    Path jar = SparkCluster.home(ours);
    try (Stream<Path> files = Files.list(jar.resolveSibling(""))) {
      return new Libraries(
          files.filter(file -> file.toString().endsWith(".jar")).sorted().toList(),
          conf.get("spark.master").startsWith("local-cluster"));
    } catch (IOException unreadable) {
      throw StartFailure.cluster("the folder of the program cannot be read");
    }
  }

  /** What is sent. */
  List<Path> sent() {
    return areHere ? List.of() : jars;
  }

  /** For an executor: the paths, or names of files in the folder of what it was sent. */
  List<String> names() {
    return jars.stream()
        .map(jar -> (areHere ? jar.toAbsolutePath() : jar.getFileName()).toString())
        .toList();
  }
}
