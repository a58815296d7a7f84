package org.consentry.release;

import java.util.List;

/** A table as CSV by RFC 4180, for other files than those of a release. */
public final class CsvText {

  private CsvText() {}

  /** The table in UTF-8, with the head as its first line. */
  public static byte[] of(List<String> head, List<List<String>> rows) {
    Csv csv = new Csv().line(head);
    rows.forEach(csv::line);
    return csv.bytes();
  }
}
