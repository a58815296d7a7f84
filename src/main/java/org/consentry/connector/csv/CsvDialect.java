package org.consentry.connector.csv;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;

/**
 * How records and fields are separated. Records end with LF, CRLF or a lone CR outside quotes.
 * Blank lines are no records, because RFC 4180 writers put quotes around a single empty field. A
 * quote doubled inside quotes is one quote. Spaces belong to the field.
 *
 * @param delimiter between fields; one character or more
 * @param quote around fields
 * @param escape makes the next character an ordinary one; usually empty, as in RFC 4180
 * @param comment a line that begins with it is no record; usually empty, as in RFC 4180
 */
public record CsvDialect(
    String delimiter, char quote, Optional<Character> escape, Optional<Character> comment) {

  /** Comma, double quote, nothing else. */
  public static final CsvDialect RFC_4180 =
      new CsvDialect(",", '"', Optional.empty(), Optional.empty());

  public CsvDialect {
    if (delimiter.isEmpty()) {
      throw new IllegalArgumentException("delimiter must be at least one character");
    }
    delimiter.chars().forEach(c -> check("delimiter", (char) c));
    check("quote", quote);
    escape.ifPresent(c -> check("escape", c));
    comment.ifPresent(c -> check("comment", c));
    if (delimiter.indexOf(quote) >= 0) {
      throw new IllegalArgumentException("delimiter must not contain the quote");
    }
    if (escape.isPresent() && (escape.get() == quote || delimiter.indexOf(escape.get()) >= 0)) {
      throw new IllegalArgumentException("escape must differ from quote and delimiter");
    }
    if (escape.isPresent() && delimiter.length() > 1) {
      throw new IllegalArgumentException(
          "escape cannot be combined with a delimiter of several characters");
    }
    if (comment.isPresent()
        && (comment.get() == quote
            || comment.equals(escape)
            || delimiter.indexOf(comment.get()) >= 0)) {
      throw new IllegalArgumentException("comment must differ from quote, escape and delimiter");
    }
  }

  private static void check(String name, char c) {
    if (c == '\r' || c == '\n' || c == 0 || Character.isSurrogate(c) || c >= '\ufffe') {
      throw new IllegalArgumentException(
          name + " must not be a line break, NUL or a surrogate character");
    }
    if (name.equals("quote") && Character.isWhitespace(c)) {
      throw new IllegalArgumentException("quote must not be a blank");
    }
  }

  /** Whether {@link SlabReader} understands it: one ASCII byte between fields, no extras. */
  public boolean isPlain() {
    return escape.isEmpty()
        && comment.isEmpty()
        && delimiter.length() == 1
        && StandardCharsets.US_ASCII.newEncoder().canEncode(delimiter)
        && quote < 0x80;
  }

  /** The same dialect in the words of commons-csv. */
  CSVFormat format() {
    return CSVFormat.Builder.create()
        .setDelimiter(delimiter)
        .setQuote(quote)
        .setEscape(escape.orElse(null))
        .setCommentMarker(comment.orElse(null))
        .setIgnoreEmptyLines(true)
        .setIgnoreSurroundingSpaces(false)
        .setNullString(null)
        .get();
  }
}
