package org.consentry.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The JSON Schema of the events that commands print with {@code --json}. */
final class EventSchema {

  private EventSchema() {}

  /** The schema as text (JSON Schema 2020-12). */
  static String text() {
    try (InputStream file =
        Objects.requireNonNull(EventSchema.class.getResourceAsStream("events.schema.json"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException incomplete) {
      throw new IllegalStateException("the program is incomplete");
    }
  }
}
