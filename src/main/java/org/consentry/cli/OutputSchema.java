package org.consentry.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/** The JSON Schemas (2020-12) of what commands print with {@code --json}. */
enum OutputSchema {
  /** Every line of every command. */
  EVENTS,
  /** The result of {@code diff}. */
  DIFF;

  /** The schema as text. */
  String text() {
    String file = name().toLowerCase(Locale.ROOT) + ".schema.json";
    try (InputStream in = Objects.requireNonNull(OutputSchema.class.getResourceAsStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException incomplete) {
      throw new IllegalStateException("the program is incomplete");
    }
  }
}
