package org.consentry.profile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Given and family names of the United States: the surnames of the 1990 census, and the given names
 * of people born in 1950 and 1980 of whom ten or more are known (Social Security Administration).
 * Some are ordinary words as well. Loaded with the class.
 */
final class NameList {

  /** No name of the list. */
  static final int UNKNOWN = 0;

  /** A given name. */
  static final int GIVEN = 1;

  /** A given name of at least 300 people. */
  static final int COMMON_GIVEN = 2;

  /** A family name. */
  static final int FAMILY = 4;

  /** One of the five thousand most frequent family names. */
  static final int COMMON_FAMILY = 8;

  /** A name that is an ordinary word of English or medicine as well. */
  static final int ORDINARY = 16;

  private static final String NAMES = "names.txt.gz";
  private static final String ORDINARY_WORDS = "ordinary-words.txt";
  private static final WordTable TABLE = load();

  private NameList() {}

  /** What a word is, as the sum of the constants; see {@link WordTable#hash}. */
  static int of(long hash) {
    return TABLE.get(hash);
  }

  /** The lines of the list: names in lower case, each with the sum of its constants as a letter. */
  static List<String> lines() {
    try (InputStream in = open(NAMES);
        GZIPInputStream unpacked = new GZIPInputStream(in)) {
      return read(unpacked);
    } catch (IOException broken) {
      throw new UncheckedIOException("the program's resource " + NAMES, broken);
    }
  }

  /** The names that are ordinary words. */
  static List<String> ordinaryWords() {
    try (InputStream in = open(ORDINARY_WORDS)) {
      return read(in);
    } catch (IOException broken) {
      throw new UncheckedIOException("the program's resource " + ORDINARY_WORDS, broken);
    }
  }

  private static WordTable load() {
    List<String> lines = lines();
    WordTable table = new WordTable(lines.size());
    for (String line : lines) {
      int last = line.length() - 1;
      table.put(WordTable.hash(line, 0, last), line.charAt(last) - '@');
    }
    for (String word : ordinaryWords()) {
      long hash = WordTable.hash(word, 0, word.length());
      table.put(hash, table.get(hash) | ORDINARY);
    }
    return table;
  }

  private static InputStream open(String resource) {
    InputStream in = NameList.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException("the program lacks its resource " + resource);
    }
    return in;
  }

  private static List<String> read(InputStream in) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      return reader.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }
}
