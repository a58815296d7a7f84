package org.consentry.operator.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the text of a small CSV file as RFC 4180 writes it: comma, double quotes around a field
 * that needs them, records that end with CRLF or LF. Used once.
 */
public final class CsvText {

  /**
   * A record of the file.
   *
   * @param line number of its first line, from 1
   * @param fields at least one
   */
  public record Row(long line, List<String> fields) {
    public Row {
      fields = List.copyOf(fields);
    }
  }

  private final String text;
  private final List<Row> rows = new ArrayList<>();
  private int at;
  private long line = 1;

  private CsvText(String text) {
    this.text = text;
  }

  /**
   * Reads all records; lines without any character are left out.
   *
   * @throws Misquoted when a quote is where none is allowed
   */
  public static List<Row> read(String text) throws Misquoted {
    CsvText csv = new CsvText(text);
    while (csv.at < text.length()) {
      csv.row();
    }
    return csv.rows;
  }

  private void row() throws Misquoted {
    long first = line;
    List<String> fields = new ArrayList<>();
    fields.add(field());
    while (at < text.length() && text.charAt(at) == ',') {
      at++;
      fields.add(field());
    }
    endOfRecord();
    if (fields.size() > 1 || !fields.get(0).isEmpty()) {
      rows.add(new Row(first, fields));
    }
  }

  private String field() throws Misquoted {
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    int from = at;
    while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
      if (text.charAt(at) == '"') {
        throw new Misquoted(line);
      }
      at++;
    }
    return text.substring(from, at);
  }

  private String quoted() throws Misquoted {
    long opened = line;
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"' && (at + 1 == text.length() || text.charAt(at + 1) != '"')) {
        at++;
        return value.toString();
      }
      at += c == '"' ? 1 : 0;
      line += c == '\n' ? 1 : 0;
      value.append(c);
    }
    throw new Misquoted(opened);
  }

  private void endOfRecord() throws Misquoted {
    if (at < text.length() && text.charAt(at) == '\r') {
      at++;
    }
    if (at < text.length() && text.charAt(at) != '\n') {
      throw new Misquoted(line);
    }
    at++;
    line++;
  }

  /** A quote, or a carriage return, is where none is allowed. */
  public static final class Misquoted extends Exception {

    private static final long serialVersionUID = 1L;

    private final long line;

    Misquoted(long line) {
      super("line " + line, null, false, false);
      this.line = line;
    }

    public long line() {
      return line;
    }
  }
}
