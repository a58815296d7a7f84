package org.consentry.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * A copy of the shipped jobs, mappings and sample clinic in a folder of its own, with a state
 * folder.
 */
final class Installation {

  private final Path root;

  private Installation(Path root) {
    this.root = root;
  }

  /** What a command said and how it ended. */
  record Answer(int exitCode, String out, String err) {}

  static Installation in(Path root) {
    for (String folder : List.of("jobs", "mappings", "sample-data")) {
      copy(Path.of(folder), root.resolve(folder));
    }
    return new Installation(root);
  }

  Path root() {
    return root;
  }

  Path home() {
    return root.resolve("state");
  }

  Path job(String name) {
    return root.resolve("jobs").resolve(name + ".yaml");
  }

  Path clinic(String table) {
    return root.resolve("sample-data/clinic").resolve(table + ".csv");
  }

  /** Runs a command in this process, with this installation's state folder. */
  Answer call(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--home");
    all.add(home().toString());
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int code = line.execute(all.toArray(String[]::new));
    return new Answer(code, out.toString(), err.toString());
  }

  Answer run(String job) {
    return call("run", "--create-keys", "--threads", "2", job(job).toString());
  }

  /** The newest release of a job. */
  Path release(String job) {
    try (Stream<Path> list = Files.list(root.resolve("releases").resolve(job))) {
      return list.max(Path::compareTo).orElseThrow();
    } catch (IOException absent) {
      throw new UncheckedIOException(absent);
    }
  }

  /** All files under a folder, sorted. */
  static List<Path> files(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  void append(Path file, String line) {
    write(file, read(file) + line + "\n");
  }

  void replace(Path file, String from, String to) {
    String text = read(file);
    if (!text.contains(from)) {
      throw new IllegalArgumentException("the file does not hold what is to be replaced");
    }
    write(file, text.replace(from, to));
  }

  static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path file : walk.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Whether files here have owners and permissions. */
  static boolean isPosix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }
}
