package org.consentry.config;

import java.util.Optional;
import org.consentry.config.Binding.Default;

/**
 * How CSV files are written.
 *
 * @param encoding of the files
 * @param delimiter between fields; a comma unless set
 * @param quote around fields that contain delimiters, quotes or line breaks; {@code "} unless set
 */
public record CsvWords(
    @Doc("the encoding of the files") @Default("utf-8") Encoding encoding,
    @Doc("what separates fields; default a comma") Optional<Delimiter> delimiter,
    @Doc("what encloses fields; default a double quote") Optional<Character> quote) {

  /** UTF-8, comma, double quote (RFC 4180). */
  public static final CsvWords RFC_4180 =
      new CsvWords(Encoding.UTF_8, Optional.empty(), Optional.empty());

  private static final char QUOTE = '"';
  private static final String COMMA = ",";

  public CsvWords {
    String between = delimiter.map(Delimiter::text).orElse(COMMA);
    char around = quote.orElse(QUOTE);
    if (between.chars().anyMatch(Character::isLetterOrDigit)) {
      throw new IllegalArgumentException(
          "delimiter must be one or more characters that are no letters and digits, such as \";\","
              + " or the word tab");
    }
    between.chars().forEach(c -> check("delimiter", (char) c));
    check("quote", around);
    if (between.indexOf(around) >= 0) {
      throw new IllegalArgumentException("delimiter must not contain the quote");
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

  /** What is between fields; one character or more. */
  public String between() {
    return delimiter.map(Delimiter::text).orElse(COMMA);
  }

  /** The delimiter as a file names it: the word {@code tab}, or the characters. */
  public String delimiterWord() {
    return between().equals("\t") ? "tab" : between();
  }

  /** What is around fields. */
  public char around() {
    return quote.orElse(QUOTE);
  }

  /** In words, for people; empty where everything is usual. */
  public String inWords() {
    if (equals(RFC_4180)) {
      return "";
    }
    return "delimiter " + delimiterWord() + ", quote " + around() + ", encoding " + encoding.word();
  }

  /**
   * What separates fields.
   *
   * @param text one character or more
   */
  @Doc("one or more characters that are no letters and digits, such as \";\", or the word tab")
  public record Delimiter(String text) {

    /** Reads the word or the characters. */
    public static Optional<Delimiter> parse(String text) {
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(new Delimiter(text.equals("tab") ? "\t" : text));
    }
  }
}
