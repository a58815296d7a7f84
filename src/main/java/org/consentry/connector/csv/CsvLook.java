package org.consentry.connector.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.consentry.config.Encoding;
import org.consentry.connector.Utf8;

/**
 * What the beginning of a CSV file looks like, for hints alone: nothing is read so unless a person
 * states it.
 *
 * @param delimiter the comma, semicolon, tab or bar that divides the first lines into as many
 *     fields each
 * @param text what the bytes are
 */
record CsvLook(Optional<Character> delimiter, Text text) {

  /** What bytes are. */
  enum Text {
    /** The same in every encoding. */
    ASCII,
    /** Characters beyond ASCII in UTF-8; a text in another encoding is never so by chance. */
    UTF_8,
    /** Neither. */
    OTHER,
    /** UTF-16, which is not read: it has NUL bytes, or a mark of its own. */
    WIDE
  }

  private static final int LOOKED_AT = 1 << 16;
  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

  /** Looks at a file; empty when it cannot be read. */
  static Optional<CsvLook> of(Path file, CsvForm form) {
    try (InputStream in = form.open(Files.newInputStream(file))) {
      return Optional.of(of(in.readNBytes(LOOKED_AT)));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** What all of a file is, by its first characters beyond ASCII; empty when it is unreadable. */
  static Optional<Text> ofAll(Path file, CsvForm form) {
    try (InputStream in = form.open(Files.newInputStream(file))) {
      byte[] block = in.readNBytes(LOOKED_AT);
      while (block.length > 0 && text(block) == Text.ASCII) {
        block = in.readNBytes(LOOKED_AT);
      }
      byte[] found = Arrays.copyOf(block, block.length + LOOKED_AT);
      int end = block.length + in.readNBytes(found, block.length, LOOKED_AT);
      boolean isCut = end == found.length;
      while (isCut && found[end - 1] < 0) {
        end--;
      }
      return Optional.of(text(Arrays.copyOf(found, end)));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Looks at bytes, which may end within a line where they are as many as are looked at. */
  static CsvLook of(byte[] bytes) {
    int end = bytes.length;
    while (bytes.length == LOOKED_AT && end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    String text = new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    return new CsvLook(
        DELIMITERS.stream().filter(delimiter -> divides(text, delimiter)).findFirst(),
        text(Arrays.copyOf(bytes, end)));
  }

  /** What whole characters are. */
  static Text text(byte[] bytes) {
    if (isWide(bytes)) {
      return Text.WIDE;
    }
    for (byte b : bytes) {
      if (b < 0) {
        return Utf8.isValid(bytes, 0, bytes.length) ? Text.UTF_8 : Text.OTHER;
      }
    }
    return Text.ASCII;
  }

  private static boolean isWide(byte[] bytes) {
    boolean isMarked =
        bytes.length > 1
            && ((bytes[0] == -1 && bytes[1] == -2) || (bytes[0] == -2 && bytes[1] == -1));
    return isMarked || (bytes.length > 1 && (bytes[0] == 0 || bytes[1] == 0));
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

  /** The keys to set where a file was read in this dialect; empty when what is set fits. */
  Optional<String> hint(CsvDialect read, Encoding declared) {
    List<String> looks = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    delimiter
        .filter(found -> !read.delimiter().equals(String.valueOf(found)))
        .map(found -> found == '\t' ? "tab" : "\"" + found + "\"")
        .ifPresent(
            word -> {
              looks.add(word);
              keys.add("delimiter: " + word);
            });
    encoding(declared)
        .ifPresent(
            word -> {
              looks.add(word);
              keys.add("encoding: " + word);
            });
    return keys.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "this looks like "
                + String.join(" and ", looks)
                + ": set "
                + String.join(" and ", keys));
  }

  /** The encoding to declare in place of one that does not fit. */
  private Optional<String> encoding(Encoding declared) {
    return switch (text) {
      case ASCII, WIDE -> Optional.empty();
      case UTF_8 -> Optional.of(Encoding.UTF_8.word()).filter(word -> declared != Encoding.UTF_8);
      case OTHER ->
          Optional.of(Encoding.WINDOWS_1252.word()).filter(word -> declared == Encoding.UTF_8);
    };
  }
}
