package org.consentry.cli;

import java.io.PrintWriter;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a command prints: text for people, or one JSON object a line for programs. Answers go to
 * standard output, everything else to standard error.
 */
final class Console {

  /** Names the shape of JSON lines; a change of meaning is a new name. */
  static final String SCHEMA = "consentry-cli-1";

  private final PrintWriter out;
  private final PrintWriter err;
  private final Form form;
  private final JsonMapper json =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  /** For whom the answer is. */
  enum Form {
    TEXT,
    JSON
  }

  Console(PrintWriter out, PrintWriter err, Form form) {
    this.out = out;
    this.err = err;
    this.form = form;
    if (form == Form.JSON) {
      object(Map.of("schema", SCHEMA));
    }
  }

  /** A line for people; programs do not see it. */
  void line(String text) {
    if (form == Form.TEXT) {
      out.println(text);
      out.flush();
    }
  }

  /** An object for programs, its members sorted by name; people do not see it. */
  void object(Map<String, ?> fields) {
    if (form == Form.JSON) {
      out.println(json.writeValueAsString(fields));
      out.flush();
    }
  }

  /** A remark beside the answer. */
  void remark(String text) {
    err.println(text);
    err.flush();
  }
}
