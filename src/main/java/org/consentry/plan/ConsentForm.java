package org.consentry.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.ConsentRule;
import org.consentry.config.ConsentWords;
import org.consentry.config.CsvWords;
import org.consentry.config.SafeWord;
import org.consentry.config.Suggestion;
import org.consentry.config.WithPlace;
import org.consentry.connector.Connectors;
import org.consentry.connector.FormattedTable;
import org.consentry.connector.SourceTable;
import org.consentry.consent.ConsentCells;
import org.consentry.consent.ConsentHeader;
import org.consentry.consent.PurposeOfUse;
import org.consentry.data.Blanks;
import org.consentry.data.CellFormat;
import org.consentry.data.WrittenDates;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.ProblemException;
import org.consentry.problem.Problems;

/**
 * How a file of consent lines is written. Immutable.
 *
 * @param csv its delimiter, quote and encoding
 * @param columns the names in its header by the documented ones, where they differ
 * @param formats how cells are written, by documented name of the column
 */
public record ConsentForm(
    CsvWords csv, Map<String, String> columns, Map<String, CellFormat> formats) {

  /** The documented way. */
  public static final ConsentForm USUAL =
      new ConsentForm(
          CsvWords.RFC_4180, Map.of(), ConsentCells.formats(WrittenDates.ISO, Set.of(), Map.of()));

  private static final Set<String> LOOKED_AT =
      Set.of("CONSENT_HEADER", "CONSENT_ENCODING", "CONSENT_RAGGED");

  public ConsentForm {
    columns = Map.copyOf(columns);
    formats = Map.copyOf(formats);
  }

  /**
   * A file whose header was read.
   *
   * @param table its rows, whose cells are given the documented way
   * @param header where it has its columns
   */
  public record Opened(SourceTable table, ConsentHeader header) {}

  /**
   * The form that a job states.
   *
   * @param problems receives names and words that no consent line has, and those that are ambiguous
   */
  public static ConsentForm of(ConsentRule rule, Problems problems) {
    ConsentWords words = rule.words();
    Map<String, String> columns = columns(words.columns(), problems);
    Map<String, Map<String, String>> values = new HashMap<>();
    words
        .values()
        .forEach(
            (column, meanings) ->
                values.put(column, meanings(column, meanings, words.missing(), problems)));
    if (words.missing().contains(ConsentCells.ALL)) {
      problems.error(
          "CONSENT_VALUES",
          rule.place(),
          "'*' means all in consent lines, so it is no word for an empty cell",
          "remove it from nulls");
    }
    return new ConsentForm(
        rule.csv(), columns, ConsentCells.formats(words.dates(), words.missing(), values));
  }

  private static Map<String, String> columns(
      Map<String, WithPlace<String>> stated, Problems problems) {
    Map<String, String> columns = new HashMap<>();
    Map<String, List<String>> readers = new LinkedHashMap<>();
    for (String column : ConsentCells.columns()) {
      String name = Optional.ofNullable(stated.get(column)).map(WithPlace::value).orElse(column);
      readers.computeIfAbsent(name, each -> new ArrayList<>()).add(column);
      if (!name.equals(column)) {
        columns.put(column, name);
      }
    }
    stated.values().stream()
        .filter(name -> readers.getOrDefault(name.value(), List.of()).size() > 1)
        .forEach(
            name ->
                problems.error(
                    "CONSENT_COLUMNS",
                    name.place(),
                    String.join(" and ", readers.getOrDefault(name.value(), List.of()))
                        + " would be read from one column, "
                        + SafeWord.word(name.value()),
                    "name a column for each of them"));
    stated.forEach(
        (column, name) ->
            Suggestion.check(
                "column of consent lines",
                new WithPlace<>(column, name.place()),
                ConsentCells.columns(),
                problems));
    return columns;
  }

  private static String hint(String column, String word) {
    Collection<String> known = ConsentCells.known(column);
    return ConsentCells.hasPurposes(column) && Suggestion.nearest(word, known).isEmpty()
        ? PurposeOfUse.bundled().inWords()
        : Suggestion.hint(word, known);
  }

  private static Map<String, String> meanings(
      String column,
      Map<String, WithPlace<String>> stated,
      Set<String> missing,
      Problems problems) {
    Map<String, String> meanings = new LinkedHashMap<>();
    if (!ConsentCells.columnsOfWords().contains(column)) {
      stated.values().stream()
          .findFirst()
          .ifPresent(
              first ->
                  problems.error(
                      "CONSENT_VALUES",
                      first.place(),
                      "column " + SafeWord.word(column) + " of consent lines has no words",
                      Suggestion.hint(column, ConsentCells.columnsOfWords())));
      return meanings;
    }
    stated.forEach(
        (word, meaning) -> {
          String key = Blanks.trim(word);
          String value = Blanks.trim(meaning.value());
          if (!ConsentCells.isMeaning(column, value)) {
            problems.error(
                "CONSENT_VALUES",
                meaning.place(),
                "column '" + column + "' of consent lines does not know " + SafeWord.word(value),
                hint(column, value));
          }
          boolean isAll = key.equals(ConsentCells.ALL) && !value.equals(ConsentCells.ALL);
          boolean isList = key.indexOf(ConsentCells.SEPARATOR) >= 0;
          boolean isTwice = missing.contains(key) || meanings.putIfAbsent(key, value) != null;
          if (key.isEmpty() || isAll || isList || isTwice) {
            problems.error(
                "CONSENT_VALUES",
                meaning.place(),
                "column '"
                    + column
                    + "': "
                    + (key.isEmpty() ? "an empty cell" : SafeWord.word(key))
                    + (isTwice
                        ? " has two meanings"
                        : " cannot be given a meaning: empty cells, * and words with | have one"),
                "remove it");
          }
        });
    return meanings;
  }

  /** In words, for people; empty where everything is usual. */
  List<String> inWords() {
    List<String> words = new ArrayList<>();
    if (!csv.inWords().isEmpty()) {
      words.add(csv.inWords());
    }
    Map<String, List<String>> read = new LinkedHashMap<>();
    for (String column : ConsentCells.columns()) {
      String format = format(column).inWords();
      String name = columns.getOrDefault(column, column);
      if (!format.isEmpty() || !name.equals(column)) {
        read.computeIfAbsent(format, each -> new ArrayList<>())
            .add(name.equals(column) ? column : column + " from " + SafeWord.word(name));
      }
    }
    read.forEach(
        (format, names) ->
            words.add(String.join(", ", names) + (format.isEmpty() ? "" : " (" + format + ")")));
    return words;
  }

  private CellFormat format(String column) {
    return formats.getOrDefault(column, CellFormat.USUAL);
  }

  /**
   * Opens consent lines.
   *
   * @param splitBytes size at which the next record boundary is cut
   * @param longestRow bytes of the longest row that is still read
   * @throws ProblemException with {@link Category#FILES_INVALID} when it cannot be read or has not
   *     exactly the columns of consent lines
   */
  public Opened open(ConsentOrigin origin, long splitBytes, int longestRow) {
    String name = origin.name();
    SourceTable table;
    try {
      table =
          origin
              .table()
              .orElseGet(
                  () ->
                      Connectors.csvFile(
                          origin.file().orElseThrow(), csv, name, splitBytes, longestRow));
    } catch (ProblemException found) {
      throw inWordsOfConsent(found, name);
    }
    try {
      ConsentHeader header =
          ConsentHeader.of(name, table.columns(), csv.encoding().word(), columns);
      Map<String, CellFormat> byName = new HashMap<>();
      formats.forEach((column, format) -> byName.put(columns.getOrDefault(column, column), format));
      return new Opened(
          FormattedTable.of(table, byName),
          origin.table().isPresent() ? header.ofRecords() : header);
    } catch (ProblemException found) {
      throw new ProblemException(found.category(), withLook(found.problems(), table));
    }
  }

  /** The same problems with what the file looks like, where that may be their cause. */
  public static List<Problem> withLook(List<Problem> found, SourceTable table) {
    return table
        .looksLike()
        .map(look -> found.stream().map(each -> withLook(each, look)).toList())
        .orElse(found);
  }

  private static Problem withLook(Problem problem, String look) {
    return LOOKED_AT.contains(problem.code())
        ? Problem.error(
            problem.code(), problem.place(), problem.message(), look + " under consent:")
        : problem;
  }

  /** What is wrong with the file, as the restriction that may be lost demands it. */
  public static ProblemException inWordsOfConsent(ProblemException found, String file) {
    Problem first = found.problems().get(0);
    String quotes = "quote as in RFC 4180";
    return switch (first.code()) {
      case "UNREADABLE" -> unreadable(file);
      case "EMPTY_FILE", "NO_HEADER" ->
          problem(first, "CONSENT_EMPTY", "the file has no header", "");
      case "BARE_QUOTE" ->
          problem(first, "CONSENT_QUOTING", "found a quote inside an unquoted field", quotes);
      case "TEXT_AFTER_QUOTE" ->
          problem(first, "CONSENT_QUOTING", "found text after a closing quote", quotes);
      case "UNCLOSED_QUOTE" ->
          problem(first, "CONSENT_QUOTING", "found a quote that is never closed", quotes);
      case "RECORD_TOO_LONG" ->
          problem(
              first,
              "CONSENT_QUOTING",
              "found a row of over 16 MiB, as a quote in a wrong place makes",
              quotes);
      case "WRONG_ENCODING", "HEADER_ENCODING" ->
          problem(first, "CONSENT_ENCODING", first.message(), first.hint());
      default ->
          first.code().startsWith("HEADER_")
              ? problem(first, "CONSENT_HEADER", first.message(), first.hint())
              : found;
    };
  }

  private static ProblemException problem(Problem at, String code, String message, String hint) {
    return ProblemException.of(Category.FILES_INVALID, code, at.place(), message, hint);
  }

  /** The file is not there, or not for this user. */
  public static ProblemException unreadable(String name) {
    return ProblemException.of(
        Category.FILES_INVALID,
        "CONSENT_UNREADABLE",
        Place.of(name),
        "the file of consent lines cannot be read",
        "check that it exists and that this user may read it");
  }
}
