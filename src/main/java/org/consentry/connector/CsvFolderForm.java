package org.consentry.connector;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.config.CsvWords;
import org.consentry.config.CsvWords.Delimiter;
import org.consentry.config.Encoding;

/**
 * How the CSV files of a folder are written.
 *
 * @param usual how most of them are
 * @param others those that are written another way, by their table
 */
public record CsvFolderForm(CsvWords usual, Map<String, CsvWords> others) {

  /** UTF-8, comma, double quote in every file. */
  public static final CsvFolderForm RFC_4180 = new CsvFolderForm(CsvWords.RFC_4180, Map.of());

  /**
   * What a person knows of all files; it is not guessed.
   *
   * @param delimiter between fields
   * @param encoding of the files
   */
  public record Stated(Optional<Delimiter> delimiter, Optional<Encoding> encoding) {

    /** Nothing. */
    public static final Stated NOTHING = new Stated(Optional.empty(), Optional.empty());

    /** Whether nothing is left to recognise. */
    public boolean isAll() {
      return delimiter.isPresent() && encoding.isPresent();
    }
  }

  public CsvFolderForm {
    others = Collections.unmodifiableMap(new TreeMap<>(others));
  }

  /** How the file of a table is written. */
  public CsvWords of(String table) {
    return others.getOrDefault(table, usual);
  }

  /** In words, for people; empty where every file is written the usual way. */
  public List<String> inWords() {
    List<String> lines = new ArrayList<>();
    if (!usual.equals(CsvWords.RFC_4180) || !others.isEmpty()) {
      lines.add((others.isEmpty() ? "all files: " : "most files: ") + inWords(usual));
    }
    others.forEach((table, words) -> lines.add(table + ": " + inWords(words)));
    return lines;
  }

  private static String inWords(CsvWords words) {
    String word = words.delimiterWord();
    String shown = word.equals("tab") ? word : '"' + word + '"';
    return "delimiter " + shown + ", encoding " + words.encoding().word();
  }
}
