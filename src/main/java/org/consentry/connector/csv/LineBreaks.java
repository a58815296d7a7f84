package org.consentry.connector.csv;

/** Counts line breaks in bytes: LF, CRLF and a lone CR are one each, inside quotes too. */
final class LineBreaks {

  private LineBreaks() {}

  /**
   * Line breaks whose last byte is in {@code from} to {@code to} - 1. Reads the byte at {@code to},
   * when there is one, to see whether a last CR is alone.
   */
  static long count(byte[] bytes, int from, int to) {
    long breaks = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '\n' || (b == '\r' && (i + 1 >= bytes.length || bytes[i + 1] != '\n'))) {
        breaks++;
      }
    }
    return breaks;
  }

  /** Whether a record from {@code start} to the LF at {@code end} has no character. */
  static boolean isBlankLine(byte[] bytes, int start, int end) {
    return start == end || (end - start == 1 && bytes[start] == '\r' && bytes[end] == '\n');
  }
}
