package org.consentry.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The JSON Schema (2020-12) of what commands print with {@code --json}. */
final class OutputSchema {

  private static final String FILE = "events.schema.json";

  private OutputSchema() {}

  /** The schema of a line of any command, as text. */
  static String text() {
    try (InputStream in = Objects.requireNonNull(OutputSchema.class.getResourceAsStream(FILE))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException incomplete) {
      throw new IllegalStateException("the program is incomplete");
    }
  }
}
