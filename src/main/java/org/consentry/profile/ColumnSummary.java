package org.consentry.profile;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.consentry.data.CodeLimits;

/**
 * What a column contains, in numbers. These are exact counts for comparisons inside the program;
 * what people see of them goes through {@link Masked}.
 *
 * @param rows how many cells were looked at
 * @param missing cells without a value
 * @param distinct how many different values there are
 * @param lengths how long they are
 * @param written how they are written
 * @param kinds what detectors find in them; kinds that occur in no value are not listed
 * @param looksLike what the column as a whole looks like
 */
public record ColumnSummary(
    long rows,
    Missing missing,
    Distinct distinct,
    Lengths lengths,
    Written written,
    Map<ContentKind, Hits> kinds,
    Set<ContentKind> looksLike) {

  /** A column has a type when it fits this share of the values: others are mistakes of typing. */
  public static final double FITTING = 0.95;

  /** Fewer different values than this may be the words of a list. */
  public static final int FEWEST_OF_NO_LIST = 11;

  /**
   * Cells without a value.
   *
   * @param empty nothing at all
   * @param blank characters that show nothing
   * @param words words for nothing, such as {@code NULL} or {@code N/A}
   */
  public record Missing(long empty, long blank, long words) {

    /** All of them. */
    public long total() {
      return empty + blank + words;
    }
  }

  /**
   * How many different values there are.
   *
   * @param count how many
   * @param isExact whether it is exact; an estimate has a standard error of 0.8 %
   */
  public record Distinct(long count, boolean isExact) {}

  /**
   * Lengths in characters, without blanks at the ends; 0 when there is no value.
   *
   * @param shortest of the shortest value
   * @param longest of the longest one
   */
  public record Lengths(long shortest, long longest) {}

  /**
   * How values are written.
   *
   * @param type the type of the column
   * @param form how its dates are written; empty when it has no dates
   * @param fitting how many values fit type and form
   * @param numbers how many values are plain numbers, with or without zeros in front
   * @param codes how many values are codes as a release promises them ({@link CodeLimits#USUAL})
   * @param isoDates how many are dates as {@code yyyy-MM-dd}, with or without a time
   * @param style what else a reader of the values must know
   */
  public record Written(
      ColumnType type,
      Optional<DateForm> form,
      long fitting,
      long numbers,
      long codes,
      long isoDates,
      Style style) {

    /** Type and form, such as {@code date dd.MM.yyyy}. */
    public String words() {
      String time = type == ColumnType.TIMESTAMP ? " HH:mm" : "";
      return type.word()
          + form.map(known -> " " + known.pattern() + time).orElse("")
          + style.numbers().map(known -> " " + known.example()).orElse("");
    }
  }

  /**
   * What a reader of the values must know besides their type.
   *
   * @param numbers how numbers are written; empty where as programs write them
   * @param other another way of writing numbers that all values fit as well; empty for none
   * @param currency signs beside the numbers
   * @param nothing words for nothing, as they are written
   * @param dates what a reader of its dates must know
   */
  public record Style(
      Optional<NumberStyle> numbers,
      Optional<NumberStyle> other,
      List<String> currency,
      Set<String> nothing,
      Dates dates) {

    /** Nothing. */
    public static final Style USUAL =
        new Style(Optional.empty(), Optional.empty(), List.of(), Set.of(), Dates.NONE);

    public Style {
      currency = List.copyOf(currency);
      nothing = Collections.unmodifiableSet(new TreeSet<>(nothing));
    }
  }

  /**
   * What a reader of dates must know besides their form.
   *
   * @param other the form with day and month in the other order, where as many dates fit it; empty
   *     for none
   * @param shortYears how many have a year of two digits
   * @param halfDays how many have a time of twelve hours and AM or PM
   * @param decades how many have a year of a decade, by its first year
   */
  public record Dates(
      Optional<DateForm> other, long shortYears, long halfDays, SortedMap<Integer, Long> decades) {

    static final Dates NONE = new Dates(Optional.empty(), 0, 0, new TreeMap<>());

    public Dates {
      decades = Collections.unmodifiableSortedMap(new TreeMap<>(decades));
    }
  }

  /**
   * What a detector finds.
   *
   * @param certain how many values certainly contain it ({@link Detectors#of})
   * @param possible how many contain it certainly or perhaps ({@link Detectors#hints})
   * @param distinct how many of the latter are different; {@value FewHashes#MOST} means that or
   *     more
   */
  public record Hits(long certain, long possible, int distinct) {

    static final Hits NONE = new Hits(0, 0, 0);
  }

  public ColumnSummary {
    Map<ContentKind, Hits> sorted = new EnumMap<>(ContentKind.class);
    sorted.putAll(kinds);
    kinds = Collections.unmodifiableMap(sorted);
    Set<ContentKind> like = EnumSet.noneOf(ContentKind.class);
    like.addAll(looksLike);
    looksLike = Collections.unmodifiableSet(like);
  }

  /** How many cells have a value. */
  public long values() {
    return rows - missing.total();
  }

  /** What a detector finds. */
  public Hits hits(ContentKind kind) {
    return kinds.getOrDefault(kind, Hits.NONE);
  }

  /**
   * How many values have content of a kind: those that certainly do; or all that may, where that is
   * {@linkplain #isPerhaps most of them}.
   */
  public long found(ContentKind kind) {
    return isPerhaps(kind) ? hits(kind).possible() : hits(kind).certain();
  }

  /**
   * Whether content of a kind is in values that only may have it: at least half of all values may,
   * not half of them certainly do, and they are not a few words of a list.
   */
  public boolean isPerhaps(ContentKind kind) {
    Hits hits = hits(kind);
    return 2 * hits.certain() < values()
        && 2 * hits.possible() >= values()
        && hits.distinct() >= FEWEST_OF_NO_LIST;
  }

  /** Whether values occur more than once. Of an estimate, only beyond four standard errors. */
  public boolean repeats() {
    return distinct.isExact()
        ? distinct.count() < values()
        : distinct.count() < values() * (1 - 4 * DistinctCount.ERROR);
  }
}
