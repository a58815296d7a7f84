package org.consentry.config;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/** How the bytes of a text file encode characters. Written in lower case with dashes. */
public enum Encoding {
  /** Unicode, RFC 3629. A byte order mark at the start is allowed and skipped. */
  UTF_8("utf-8", StandardCharsets.UTF_8),
  /** Latin 1: every byte is a character. */
  ISO_8859_1("iso-8859-1", StandardCharsets.ISO_8859_1),
  /** Western European Windows. The bytes 81, 8D, 8F, 90 and 9D are no characters. */
  WINDOWS_1252("windows-1252", Charset.forName("windows-1252"));

  private final String word;
  private final Charset charset;

  Encoding(String word, Charset charset) {
    this.word = word;
    this.charset = charset;
  }

  /** The encoding of a word; empty when there is none. */
  public static Optional<Encoding> of(String word) {
    return Stream.of(values()).filter(known -> known.word.equals(word)).findFirst();
  }

  /** The word in a job file. */
  public String word() {
    return word;
  }

  /** The JDK's decoder of it. */
  public Charset charset() {
    return charset;
  }
}
