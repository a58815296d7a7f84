package org.consentry.plan;

import java.time.LocalDate;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.consentry.data.Placeholder;
import org.consentry.policy.ColumnAdvice.Content;

/**
 * The days that a draft proposes as those of the source, where its dates are not the usual ones.
 * They are whole decades, so that they show the day of no one.
 *
 * @param from the first day; empty for the usual one
 * @param to the last day; empty for the usual one
 * @param kind whether the dates are true: a word or a placeholder; empty where it is clear
 */
record DraftCalendar(Optional<LocalDate> from, Optional<LocalDate> to, Optional<String> kind) {

  /** The dates of a source were moved when so many are to come. */
  private static final double MOST = 0.95;

  /** Fewer dates outside the usual days are mistakes or words for a day that is not known. */
  private static final double SOME = 0.05;

  /** A decade in which fewer dates are is not one of the source. */
  private static final double FEWEST = 0.01;

  private static final int FIRST_DECADE = 1900;
  private static final int YEARS_AHEAD = 10;
  private static final int FAR_AHEAD = 50;

  /** What the dates of a source show; empty where they are the usual ones. */
  static Optional<DraftCalendar> of(DraftSource source, LocalDate today) {
    SortedMap<Integer, Long> decades = new TreeMap<>();
    source.tables().keySet().stream()
        .flatMap(table -> decades(source, table))
        .forEach(
            found -> found.forEach((decade, count) -> decades.merge(decade, count, Long::sum)));
    long total = sum(decades);
    int firstAfter = today.getYear() + YEARS_AHEAD + 1;
    SortedMap<Integer, Long> after = decades.tailMap(firstAfter);
    SortedMap<Integer, Long> before = decades.headMap(FIRST_DECADE);
    if (total > 0 && sum(after) >= MOST * total) {
      return Optional.of(
          new DraftCalendar(
              Optional.of(firstDay(after.firstKey())),
              Optional.of(lastDay(after.lastKey())),
              Optional.of("moved")));
    }
    decades.values().removeIf(count -> count < FEWEST * total);
    boolean isEarly = total > 0 && sum(before) >= SOME * total;
    boolean isLate = total > 0 && sum(after) >= SOME * total;
    Optional<LocalDate> from =
        isEarly ? Optional.of(firstDay(decades.firstKey())) : Optional.empty();
    Optional<LocalDate> to = isLate ? Optional.of(lastDay(decades.lastKey())) : Optional.empty();
    return isEarly || isLate
        ? Optional.of(
            new DraftCalendar(
                from,
                to,
                to.filter(day -> day.isAfter(today.plusYears(FAR_AHEAD)))
                    .map(far -> Placeholder.of("moved or real, such as moved"))))
        : Optional.empty();
  }

  /** Whether no age at a signature can be computed from births. */
  boolean isMoved() {
    return kind.isPresent();
  }

  private static Stream<SortedMap<Integer, Long>> decades(DraftSource source, String table) {
    return Stream.of(Content.DATE, Content.DEATH)
        .flatMap(content -> source.all(table, content).stream())
        .flatMap(column -> source.values(table, column).stream())
        .map(found -> found.written().style().dates().decades());
  }

  private static long sum(SortedMap<Integer, Long> decades) {
    return decades.values().stream().mapToLong(Long::longValue).sum();
  }

  private static LocalDate firstDay(int decade) {
    return LocalDate.of(decade, 1, 1);
  }

  private static LocalDate lastDay(int decade) {
    return LocalDate.of(decade + 9, 12, 31);
  }

  /** Writes it. */
  void write(DraftText text) {
    text.line(0, "dates:  # decades in which the dates of the rows are");
    from.ifPresent(day -> text.line(1, "from: " + day));
    to.ifPresent(day -> text.line(1, "to: " + day + "  # ages refer to it if they were moved"));
    kind.ifPresent(
        word ->
            text.line(
                1,
                "calendar: "
                    + word
                    + "  # moved dates: only consent for all dates covers a record"));
  }
}
