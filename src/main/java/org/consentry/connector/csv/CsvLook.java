package org.consentry.connector.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the beginning of a CSV file looks like, for hints alone: nothing is read so unless a job
 * states it.
 *
 * @param delimiter a comma, semicolon, tab or bar
 * @param encoding the word of an encoding; Windows-1252 where the bytes are not UTF-8
 */
record CsvLook(char delimiter, String encoding) {

  private static final int LOOKED_AT = 1 << 16;
  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

  /** Looks at a file; empty when no delimiter divides its first lines into as many fields each. */
  static Optional<CsvLook> of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in.readNBytes(LOOKED_AT));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Looks at bytes, which may end within a line. */
  static Optional<CsvLook> of(byte[] bytes) {
    int end = bytes.length;
    while (bytes.length == LOOKED_AT && end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    boolean unicode = Utf8.isValid(bytes, 0, end);
    String text = new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    Encoding encoding = unicode ? Encoding.UTF_8 : Encoding.WINDOWS_1252;
    return DELIMITERS.stream()
        .filter(delimiter -> divides(text, delimiter))
        .findFirst()
        .map(delimiter -> new CsvLook(delimiter, encoding.word()));
  }

  /** Whether every line has as many delimiters as the first, and at least one. */
  private static boolean divides(String text, char delimiter) {
    int expected = 0;
    int count = 0;
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      inside ^= c == '"';
      if (!inside && c == delimiter) {
        count++;
      } else if (!inside && c == '\n') {
        if (count == 0 || (expected > 0 && count != expected)) {
          return false;
        }
        expected = count;
        count = 0;
      }
    }
    return expected > 0 && (count == 0 || count == expected);
  }

  /** The keys to set, for the dialect in which the file was read; empty when they are set. */
  Optional<String> hint(CsvDialect read, Encoding declared) {
    String shown = delimiter == '\t' ? "tab" : "\"" + delimiter + "\"";
    boolean otherDelimiter = !read.delimiter().equals(String.valueOf(delimiter));
    if (!otherDelimiter && encoding.equals(declared.word())) {
      return Optional.empty();
    }
    return Optional.of(
        "this looks like "
            + shown
            + " and "
            + encoding
            + ": set delimiter: "
            + shown
            + " and encoding: "
            + encoding);
  }
}
