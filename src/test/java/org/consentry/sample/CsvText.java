package org.consentry.sample;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One CSV file being written: RFC 4180, UTF-8, quoted only where a field needs it. */
final class CsvText {

  /** How the lines of a file end. */
  enum LineEnd {
    LF("\n"),
    CRLF("\r\n");

    private final String characters;

    LineEnd(String characters) {
      this.characters = characters;
    }
  }

  /** Whether the last line is ended like the others; RFC 4180 allows both. */
  enum LastLine {
    ENDED,
    OPEN
  }

  private final int columns;
  private final LineEnd lineEnd;
  private final StringBuilder text = new StringBuilder();
  private final List<List<String>> rows = new ArrayList<>();

  CsvText(LineEnd lineEnd, String... header) {
    this.columns = header.length;
    this.lineEnd = lineEnd;
    row(header);
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException when it has another number of fields than the header
   */
  void row(String... fields) {
    if (fields.length != columns) {
      throw new IllegalArgumentException(
          "expected " + columns + " fields but got " + fields.length);
    }
    rows.add(List.of(fields));
    ragged(Arrays.asList(fields).stream().map(CsvText::quoted).toList());
  }

  /** Adds a row as it is: any number of fields, no quotes added. */
  void ragged(List<String> fields) {
    text.append(String.join(",", fields)).append(lineEnd.characters);
  }

  /** The header and the rows that have all fields. */
  List<List<String>> rows() {
    return rows;
  }

  byte[] bytes(LastLine last) {
    int length =
        last == LastLine.OPEN ? text.length() - lineEnd.characters.length() : text.length();
    return text.substring(0, length).getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String field) {
    boolean needsQuotes =
        field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return needsQuotes ? '"' + field.replace("\"", "\"\"") + '"' : field;
  }
}
