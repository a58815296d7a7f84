package org.consentry.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the cells of a source column are written, where that is not the usual way. A cell is read
 * once, where it enters the program, and everything after that reads it the usual way: ISO dates,
 * numbers with a point, no value for a missing one. So a column has one format wherever it is read.
 * Immutable; safe for any number of threads.
 *
 * @param dates how dates are written; empty where the cells are none
 * @param numbers how numbers are written; empty where the cells are none
 * @param nulls words that mean a missing value, compared exactly but for blanks at the ends
 * @param words what a word means; where there are any, only these words and dates are read
 * @param separator between words of one cell; empty where a cell has one, and without words
 */
public record CellFormat(
    Optional<WrittenDates> dates,
    Optional<WrittenNumbers> numbers,
    Set<String> nulls,
    Map<String, String> words,
    Optional<Character> separator) {

  /**
   * Before a cell that is not written in its format. No date, number or word begins with it, so
   * that every reader finds the cell invalid.
   */
  public static final char INVALID = '\uFFFD';

  private static final byte[] MARK = String.valueOf(INVALID).getBytes(StandardCharsets.UTF_8);

  /** The usual way. */
  public static final CellFormat USUAL =
      new CellFormat(Optional.empty(), Optional.empty(), Set.of(), Map.of(), Optional.empty());

  public CellFormat {
    Map<String, String> known = words;
    dates = dates.filter(format -> format != WrittenDates.ISO || !known.isEmpty());
    numbers = numbers.filter(format -> !format.equals(WrittenNumbers.PLAIN));
    nulls = Set.copyOf(nulls);
    words = Map.copyOf(words);
    separator = separator.filter(mark -> !known.isEmpty());
  }

  /** Whether nothing is to be done. */
  public boolean isUsual() {
    return equals(USUAL);
  }

  /**
   * The cell the usual way: empty when it is missing, and with {@link #INVALID} before it when it
   * is not written in this format.
   */
  public String read(String cell) {
    String text = Blanks.trim(cell);
    if (nulls.contains(text)) {
      return "";
    }
    return text.isEmpty() || namesNullsAlone() ? cell : value(text).orElse(INVALID + cell);
  }

  /** Whether a cell that was read is one that is not written in its format. */
  public static boolean isInvalid(byte[] buffer, int start, int end) {
    return end - start >= MARK.length
        && Arrays.equals(buffer, start, start + MARK.length, MARK, 0, MARK.length);
  }

  /** Whether every cell that is not missing stays as it is. */
  public boolean namesNullsAlone() {
    return dates.isEmpty() && numbers.isEmpty() && words.isEmpty();
  }

  private Optional<String> value(String text) {
    if (words.isEmpty()) {
      return number(text).flatMap(this::date);
    }
    String whole = words.get(text);
    if (whole != null) {
      return Optional.of(whole);
    }
    if (dates.isPresent()) {
      return number(text).flatMap(this::date);
    }
    return separator.flatMap(mark -> list(text, mark));
  }

  private Optional<String> list(String text, char mark) {
    List<String> read = new ArrayList<>();
    for (String word : text.split("\\Q" + mark + "\\E", -1)) {
      String meaning = words.get(Blanks.trim(word));
      if (meaning == null) {
        return Optional.empty();
      }
      read.add(meaning);
    }
    return Optional.of(String.join(String.valueOf(mark), read));
  }

  private Optional<String> number(String text) {
    return numbers.isPresent() ? numbers.get().plain(text) : Optional.of(text);
  }

  private Optional<String> date(String text) {
    return dates.isPresent() ? dates.get().iso(text) : Optional.of(text);
  }

  /** In words, for people; empty where everything is usual. */
  public String inWords() {
    List<String> found = new ArrayList<>();
    dates.ifPresent(format -> found.add("format " + format.words()));
    numbers.ifPresent(format -> found.add(format.words()));
    if (!nulls.isEmpty()) {
      found.add("missing " + String.join(" ", nulls.stream().sorted().toList()));
    }
    if (!words.isEmpty()) {
      found.add("words " + String.join(" ", words.keySet().stream().sorted().toList()));
    }
    return String.join(", ", found);
  }
}
