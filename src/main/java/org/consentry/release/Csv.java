package org.consentry.release;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Small tables as CSV by RFC 4180: fields quoted where needed, lines end with CR LF. */
final class Csv {

  private final StringBuilder text = new StringBuilder();

  /** Adds a line. */
  Csv line(List<String> fields) {
    for (int i = 0; i < fields.size(); i++) {
      text.append(i == 0 ? "" : ",").append(quoted(fields.get(i)));
    }
    text.append("\r\n");
    return this;
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }

  byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
