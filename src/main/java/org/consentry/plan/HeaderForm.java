package org.consentry.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.consentry.policy.ColumnAdvice;
import org.consentry.policy.ColumnAdvice.Content;

/**
 * Whether the first line of a file names its columns, by the form of its cells and by the rows
 * below it. A name may be any word of any language; what counts is that it looks unlike the values
 * of its column. Names of columns that clinic systems have are asked for only where there are too
 * few rows to compare with.
 */
final class HeaderForm {

  /** What the first line is. */
  enum Answer {
    /** It names the columns. */
    HEADER,
    /** It has values in place of names. */
    RECORD,
    /** It may be either. */
    UNCLEAR
  }

  /** With fewer rows below, the form of values shows nothing. */
  private static final int FEW_ROWS = 3;

  /** From so many rows on, most forms that a column has were seen. */
  private static final int MANY_ROWS = 10;

  private static final Pattern NAME =
      Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{N}_ ./()%#\\[\\]-]{0,127}");

  /** Names of two words as programs write them: {@code admission_type}. */
  private static final Pattern IDENTIFIER =
      Pattern.compile("\\p{L}[\\p{L}\\p{N}]*(_[\\p{L}\\p{N}]+)+");

  private static final String MONTH =
      "(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?"
          + "|oct(ober)?|nov(ember)?|dec(ember)?)";

  /** What no name of a column has: numbers alone, dates, times, addresses, long numbers. */
  private static final List<Pattern> VALUES =
      List.of(
          Pattern.compile("\\P{L}*"),
          Pattern.compile(".*\\p{Nd}{5}.*", Pattern.DOTALL),
          Pattern.compile(".*@.*\\..*", Pattern.DOTALL),
          Pattern.compile(".*://.*", Pattern.DOTALL),
          Pattern.compile(".*\\p{Nd}{1,4}[-/.]\\p{Nd}{1,2}[-/.]\\p{Nd}{1,4}.*", Pattern.DOTALL),
          Pattern.compile(".*\\p{Nd}{1,2}:\\p{Nd}{2}.*", Pattern.DOTALL),
          Pattern.compile(".*\\p{Nd}{3}[-. ]\\p{Nd}{3,4}.*", Pattern.DOTALL),
          Pattern.compile(".*\\b\\p{Nd}{1,2}[-. ]{1,2}" + MONTH + "\\b.*", Pattern.DOTALL),
          Pattern.compile(".*\\b" + MONTH + "[-. ]{1,2}\\p{Nd}{1,2}\\b.*", Pattern.DOTALL),
          Pattern.compile(".{129,}", Pattern.DOTALL));

  /** Words for a value that is not known; they are no evidence for a name. */
  private static final Set<String> UNKNOWN =
      Set.of("null", "na", "n/a", "none", "nan", "unknown", "missing", "nil", "not known");

  private final List<String> line;
  private final List<List<String>> rows;

  private HeaderForm(List<String> line, List<List<String>> rows) {
    this.line = line;
    this.rows = rows;
  }

  /**
   * Compares.
   *
   * @param line the cells of the first line, none empty
   * @param rows some rows below it, each with as many cells; a missing value is an empty text
   */
  static Answer of(List<String> line, List<List<String>> rows) {
    return new HeaderForm(line, rows).answer();
  }

  /** Numbers, from 1, of the columns whose first cell is a value in place of a name. */
  static List<Integer> values(List<String> line) {
    List<Integer> numbers = new ArrayList<>();
    for (int column = 0; column < line.size(); column++) {
      String cell = line.get(column).strip().toLowerCase(Locale.ROOT);
      if (VALUES.stream().anyMatch(value -> value.matcher(cell).matches())) {
        numbers.add(column + 1);
      }
    }
    return numbers;
  }

  private Answer answer() {
    if (!values(line).isEmpty()) {
      return Answer.RECORD;
    }
    boolean repeats = columns(this::recurs) + columns(this::isNumberedAsBelow) > 0;
    return !repeats && (isUnlikeRows() || isKnown()) ? Answer.HEADER : Answer.UNCLEAR;
  }

  private boolean isUnlikeRows() {
    int numbered = columns(this::isNumberedBelow);
    boolean most = 2 * columns(this::isUnlike) >= columns(this::isComparable);
    boolean named = 2 * columns(this::isIdentifier) >= line.size();
    return rows.size() >= FEW_ROWS
        && (numbered >= 2
            || (numbered == 1 && named)
            || (numbered == 1 && most && rows.size() >= MANY_ROWS));
  }

  /** Without rows to compare with, names that programs write or that clinic systems have. */
  private boolean isKnown() {
    long known = line.stream().filter(ColumnAdvice::isKnown).count();
    boolean keyed =
        line.stream().anyMatch(cell -> ColumnAdvice.of(cell).content() != Content.OTHER);
    boolean named = 2 * columns(this::isIdentifier) >= line.size();
    return rows.size() < FEW_ROWS
        && line.stream().allMatch(cell -> NAME.matcher(cell).matches())
        && (named || (keyed && 2 * known >= line.size()));
  }

  private int columns(Predicate<Integer> having) {
    int count = 0;
    for (int column = 0; column < line.size(); column++) {
      count += having.test(column) ? 1 : 0;
    }
    return count;
  }

  private boolean isIdentifier(int column) {
    return IDENTIFIER.matcher(line.get(column)).matches();
  }

  /** Whether a row below has the same word. */
  private boolean recurs(int column) {
    return below(column).stream().anyMatch(line.get(column).strip()::equalsIgnoreCase)
        && isComparable(column);
  }

  private boolean isComparable(int column) {
    return !UNKNOWN.contains(line.get(column).strip().toLowerCase(Locale.ROOT))
        && !below(column).isEmpty();
  }

  /** Whether every value has a digit and the first cell has none. */
  private boolean isNumberedBelow(int column) {
    return isComparable(column)
        && below(column).size() >= FEW_ROWS
        && !hasDigit(line.get(column))
        && below(column).stream().allMatch(HeaderForm::hasDigit);
  }

  /** Whether every value has a digit and the first cell has one, too, in the same form. */
  private boolean isNumberedAsBelow(int column) {
    return below(column).size() >= FEW_ROWS
        && hasDigit(line.get(column))
        && below(column).stream().allMatch(HeaderForm::hasDigit)
        && hasFormOfValues(column);
  }

  private boolean isUnlike(int column) {
    return isComparable(column) && !hasFormOfValues(column);
  }

  private boolean hasFormOfValues(int column) {
    return below(column).stream()
        .map(HeaderForm::form)
        .collect(Collectors.toSet())
        .contains(form(line.get(column)));
  }

  private List<String> below(int column) {
    return rows.stream().map(row -> row.get(column).strip()).filter(v -> !v.isEmpty()).toList();
  }

  private static boolean hasDigit(String text) {
    return text.codePoints().anyMatch(Character::isDigit);
  }

  /** Runs of capitals, small letters and digits: {@code Aa} for a name, {@code A9} for a code. */
  private static String form(String text) {
    String runs =
        text.strip()
            .replaceAll("\\p{Lu}+", "A")
            .replaceAll("[\\p{Ll}\\p{Lo}\\p{M}]+", "a")
            .replaceAll("\\p{Nd}+", "9");
    boolean isOneRun = runs.length() == 1;
    return isOneRun ? runs + Math.min(4, text.strip().length()) : runs;
  }
}
