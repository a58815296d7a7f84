package org.consentry.service;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.consentry.config.Suggestion;
import org.consentry.keys.KeyReference;
import org.consentry.keys.SharedSecret;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * The keys and values of a file of properties, with their lines.
 *
 * <p><b>Security promise:</b> no message has a value.
 */
final class SettingsFile {

  /** The last port there is. */
  static final int MOST_PORT = 65_535;

  private static final String CODE = "PROPERTIES";

  private final Path file;
  private final List<String> lines;
  private final SortedMap<String, String> values = new TreeMap<>();
  private final Problems problems = new Problems();

  private SettingsFile(Path file, String text) throws IOException {
    this.file = file;
    this.lines = text.lines().toList();
    Properties read = new Properties();
    read.load(new StringReader(text));
    read.stringPropertyNames().forEach(key -> values.put(key, read.getProperty(key).strip()));
  }

  /**
   * Reads a file; one that is missing has no keys.
   *
   * @throws ProblemException category FILES_INVALID when it cannot be read
   */
  static SettingsFile read(Path file) {
    try {
      boolean isThere = Files.exists(file);
      return new SettingsFile(file, isThere ? Files.readString(file, StandardCharsets.UTF_8) : "");
    } catch (IOException | IllegalArgumentException unreadable) {
      throw ProblemException.of(
          Category.FILES_INVALID,
          CODE,
          Place.of(file),
          "the file of properties cannot be read",
          "write one NAME=VALUE a line, in UTF-8");
    }
  }

  /** All keys and values. */
  SortedMap<String, String> values() {
    return Collections.unmodifiableSortedMap(values);
  }

  /** A value; empty where the key is missing. */
  Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** The words of a list, separated by commas; none where the key is missing. */
  List<String> words(String key) {
    return value(key).stream()
        .flatMap(Pattern.compile(",")::splitAsStream)
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** A whole number between two limits; what is none is found to be wrong. */
  int number(String key, int usual, int least, int most) {
    String text = value(key).orElse(Integer.toString(usual));
    int number = text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
    if (number < least || number > most) {
      problem(key, "expected a whole number from " + least + " to " + most, "");
      return usual;
    }
    return number;
  }

  /**
   * The secret that the value of a key names by a reference; a bare value is found to be wrong.
   *
   * @param folder relative paths are relative to it
   * @throws ProblemException category KEY when what it names cannot be read
   */
  Optional<SharedSecret> secret(String key, Path folder) {
    return secret(key, folder, "but found a bare value");
  }

  /**
   * The same, with other words about a value that is no reference.
   *
   * @param words follow "expected a reference (file:, env: or exec:)"
   */
  Optional<SharedSecret> secret(String key, Path folder, String words) {
    Optional<KeyReference> reference =
        KeyReference.parse(value(key).orElse(""), folder, Place.of(key), new Problems());
    if (reference.isEmpty()) {
      problem(
          key,
          "expected a reference (file:, env: or exec:) " + words,
          "write it into a file that only its owner can read, and file:PATH here");
    }
    return reference.map(SharedSecret::read);
  }

  /** Finds every key that is neither one of a list nor of a family. */
  void requireKnown(List<String> keys, List<Pattern> families) {
    for (String key : values.keySet()) {
      boolean isKnown =
          keys.contains(key) || families.stream().anyMatch(family -> family.matcher(key).matches());
      if (!isKnown) {
        problem(
            key,
            "this key is unknown",
            Suggestion.nearest(key, keys)
                .map(Suggestion::of)
                .orElse("remove it; the keys of the service are in service.md"));
      }
    }
  }

  /** Finds something wrong with the value of a key. */
  void problem(String key, String message, String hint) {
    problems.error(CODE, place(key), message, hint);
  }

  /**
   * Throws once for everything found.
   *
   * @throws ProblemException category FILES_INVALID
   */
  void throwIfAny() {
    problems.throwIfAny(Category.FILES_INVALID);
  }

  private Place place(String key) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).stripLeading();
      if (line.startsWith(key) && !line.startsWith("#")) {
        return Place.of(Place.name(file), i + 1L);
      }
    }
    return Place.of(file);
  }
}
