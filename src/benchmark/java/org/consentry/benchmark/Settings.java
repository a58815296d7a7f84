package org.consentry.benchmark;

import java.nio.file.Path;
import java.util.List;

/**
 * How it is measured.
 *
 * @param folder where everything is written
 * @param program the words that start the program, without its arguments
 * @param formats what is written, in turn
 * @param repeats how often each program runs
 * @param threads how many threads each program may use
 */
record Settings(Path folder, List<String> program, List<Format> formats, int repeats, int threads) {

  Settings {
    folder = folder.toAbsolutePath();
    program = List.copyOf(program);
    formats = List.copyOf(formats);
  }

  /**
   * Reads the system properties {@code benchmark.folder}, {@code .program}, {@code .repeats} and
   * {@code .threads}.
   */
  static Settings ofProperties() {
    return new Settings(
        Path.of(System.getProperty("benchmark.folder", "target/benchmark")),
        List.of(
            Path.of(System.getProperty("benchmark.program", "target/consentry/bin/consentry"))
                .toAbsolutePath()
                .toString()),
        List.of(Format.values()),
        Integer.getInteger("benchmark.repeats", 5),
        Integer.getInteger("benchmark.threads", Machine.PROCESSORS));
  }
}
