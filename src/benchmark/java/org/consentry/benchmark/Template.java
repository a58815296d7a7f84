package org.consentry.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Texts in which {@code ${name}} is replaced. */
final class Template {

  private static final Path FILES = Path.of("src/benchmark/clinic");

  private Template() {}

  /** A file of the benchmark. Names that are not given remain. */
  static String file(String name, Map<String, String> values) throws IOException {
    return fill(Files.readString(FILES.resolve(name)), values);
  }

  /** The same for a text. */
  static String fill(String text, Map<String, String> values) {
    String filled = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace("${" + value.getKey() + "}", value.getValue());
    }
    return filled;
  }
}
