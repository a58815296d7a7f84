package org.consentry.consent;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.consentry.consent.CellReader.Unreadable;
import org.consentry.consent.ConsentLine.Assent;
import org.consentry.consent.ConsentLine.Decision;
import org.consentry.consent.ConsentLine.ExpiryEvent;
import org.consentry.consent.ConsentLine.LegalBasis;
import org.consentry.consent.ConsentLine.SignerRole;
import org.consentry.consent.ConsentLine.Status;
import org.consentry.data.CellFormat;
import org.consentry.data.RecordCategory;
import org.consentry.data.WrittenDates;

/**
 * How the cells of consent lines may be written. A word that has no meaning is as unreadable as one
 * that the column does not know, so that a restriction with it excludes its patient.
 */
public final class ConsentCells {

  /** In every column that may have it: all, or no bound. */
  public static final String ALL = "*";

  /** Between words of a cell. */
  public static final char SEPARATOR = '|';

  private static final Set<ConsentColumn> DATES =
      Set.of(
          ConsentColumn.SIGNED_AT,
          ConsentColumn.RECORDED_AT,
          ConsentColumn.VALID_FROM,
          ConsentColumn.VALID_TO,
          ConsentColumn.DATA_FROM,
          ConsentColumn.DATA_TO);

  private static final Set<ConsentColumn> BOUNDS =
      Set.of(ConsentColumn.DATA_FROM, ConsentColumn.DATA_TO);

  private static final Set<ConsentColumn> LISTS =
      Set.of(
          ConsentColumn.PURPOSES,
          ConsentColumn.DUO,
          ConsentColumn.STUDIES,
          ConsentColumn.RECIPIENTS,
          ConsentColumn.CATEGORIES_IN,
          ConsentColumn.CATEGORIES_EX);

  private interface Check {
    void of(String meaning) throws Unreadable;
  }

  private record Words(Check check, Collection<String> known) {
    static <E extends Enum<E>> Words of(E[] all) {
      List<String> known =
          Arrays.stream(all).map(Enum::name).filter(name -> !name.equals("NOT_STATED")).toList();
      return new Words(
          meaning -> {
            if (!known.contains(meaning)) {
              throw new Unreadable("");
            }
          },
          known);
    }
  }

  /** The columns that have words with a meaning. */
  private static final Map<ConsentColumn, Words> WORDS = words();

  private ConsentCells() {}

  private static Map<ConsentColumn, Words> words() {
    Map<ConsentColumn, Words> words = new LinkedHashMap<>();
    List<String> categories = Arrays.stream(RecordCategory.values()).map(Enum::name).toList();
    List<String> terms = Arrays.stream(DuoCode.values()).map(Enum::name).toList();
    words.put(ConsentColumn.DECISION, Words.of(Decision.values()));
    words.put(ConsentColumn.STATUS, Words.of(Status.values()));
    words.put(ConsentColumn.EXPIRY_EVENT, Words.of(ExpiryEvent.values()));
    words.put(ConsentColumn.LEGAL_BASIS, Words.of(LegalBasis.values()));
    words.put(ConsentColumn.SIGNER_ROLE, Words.of(SignerRole.values()));
    words.put(ConsentColumn.ASSENT, Words.of(Assent.values()));
    words.put(
        ConsentColumn.PURPOSES, new Words(CellReader::purposes, PurposeOfUse.bundled().codes()));
    words.put(ConsentColumn.DUO, new Words(CellReader::duo, terms));
    words.put(ConsentColumn.STUDIES, new Words(CellReader::list, List.of()));
    words.put(ConsentColumn.RECIPIENTS, new Words(CellReader::list, List.of()));
    words.put(ConsentColumn.DATA_FROM, new Words(ConsentCells::all, List.of(ALL)));
    words.put(ConsentColumn.DATA_TO, new Words(ConsentCells::all, List.of(ALL)));
    words.put(ConsentColumn.CATEGORIES_IN, new Words(CellReader::categories, categories));
    words.put(ConsentColumn.CATEGORIES_EX, new Words(CellReader::categories, categories));
    words.put(ConsentColumn.JURISDICTION, new Words(meaning -> {}, List.of()));
    return words;
  }

  private static void all(String meaning) throws Unreadable {
    if (!meaning.equals(ALL)) {
      throw new Unreadable("");
    }
  }

  /** The names of all columns, in the documented order. */
  public static List<String> columns() {
    return Arrays.stream(ConsentColumn.values()).map(ConsentColumn::header).toList();
  }

  /** The columns whose words may be given a meaning. */
  public static List<String> columnsOfWords() {
    return WORDS.keySet().stream().map(ConsentColumn::header).toList();
  }

  /**
   * Whether a column has such words.
   *
   * @param column the documented name of one of {@link #columnsOfWords()}
   * @param meaning as a cell of the documented form would have it
   */
  public static boolean isMeaning(String column, String meaning) {
    try {
      wordsOf(column).check().of(meaning);
      return !meaning.isBlank();
    } catch (Unreadable none) {
      return false;
    }
  }

  /** The words that a column knows; empty where it takes any. */
  public static Collection<String> known(String column) {
    return wordsOf(column).known();
  }

  /** Whether the words of a column are purposes of use, of which there are many. */
  public static boolean hasPurposes(String column) {
    return column.equals(ConsentColumn.PURPOSES.header());
  }

  private static Words wordsOf(String column) {
    return WORDS.entrySet().stream()
        .filter(entry -> entry.getKey().header().equals(column))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no words in " + column));
  }

  /**
   * The formats of all columns.
   *
   * @param dates how dates are written
   * @param nulls words that mean an empty cell
   * @param values meanings of words, by documented name of the column; in a column with some, only
   *     these and {@code *} are read
   * @return by documented name of the column
   */
  public static Map<String, CellFormat> formats(
      WrittenDates dates, Set<String> nulls, Map<String, Map<String, String>> values) {
    Map<String, CellFormat> formats = new LinkedHashMap<>();
    for (ConsentColumn column : ConsentColumn.values()) {
      Optional<WrittenDates> written = Optional.of(dates).filter(any -> DATES.contains(column));
      Map<String, String> words =
          new HashMap<>(values.getOrDefault(column.header(), Map.<String, String>of()));
      boolean isOther = written.filter(any -> any != WrittenDates.ISO).isPresent();
      boolean takesAll = LISTS.contains(column) || BOUNDS.contains(column);
      if (takesAll && (isOther || !words.isEmpty())) {
        words.put(ALL, ALL);
      }
      formats.put(
          column.header(),
          new CellFormat(
              written,
              Optional.empty(),
              nulls,
              words,
              Stream.of(SEPARATOR).filter(mark -> LISTS.contains(column)).findFirst()));
    }
    return formats;
  }
}
