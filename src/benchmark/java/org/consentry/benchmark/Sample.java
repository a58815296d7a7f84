package org.consentry.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The sample release of the README, beside a Java runtime that only prints its version. DuckDB has
 * no part in it: most of its time is starting, reading rules, and writing the documents of a
 * release.
 *
 * @param name its name
 */
record Sample(String name) implements Line {

  @Override
  public List<TableRow> run(Programs programs) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Series release = new Series();
    Series version = new Series();
    for (int repeat = 0; repeat < programs.settings().repeats(); repeat++) {
      Path folder = programs.emptied("run");
      for (String part : List.of("jobs", "mappings", "sample-data")) {
        copy(Path.of(part), folder.resolve(part));
      }
      version.add(
          programs.measure("java -version", "", List.of(java, "-version"), Starter.Watch.NOTHING));
      release.add(
          programs.consentry(
              folder, "jobs/eyelid-outcomes.yaml", "", "sample", Starter.Watch.NOTHING));
    }
    String found =
        String.format(
            Locale.ROOT,
            "%s s, %s CPU s; java -version %s s",
            release.wall(),
            release.cpu(),
            version.wall());
    programs.print("sample release: %s", found);
    return List.of(new TableRow("sample release of 1,000 patients", "", found));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path copy = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(path, copy);
        }
      }
    }
  }
}
