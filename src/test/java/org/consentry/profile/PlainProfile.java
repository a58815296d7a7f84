package org.consentry.profile;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.consentry.data.Blanks;

/** The plain reference implementation of a profile: it keeps every value. */
final class PlainProfile {

  private static final Set<String> NOTHING = Set.of("null", "n/a", "na", "-", "?");

  private final List<String> cells;
  private final List<String> values = new ArrayList<>();

  PlainProfile(List<String> cells) {
    this.cells = List.copyOf(cells);
    for (String cell : cells) {
      String value = Blanks.trim(cell);
      if (!value.isEmpty() && !NOTHING.contains(value.toLowerCase(Locale.ROOT))) {
        values.add(value);
      }
    }
  }

  long values() {
    return values.size();
  }

  long distinct() {
    return new HashSet<>(values).size();
  }

  long empty() {
    return cells.stream().filter(String::isEmpty).count();
  }

  long blank() {
    return cells.stream().filter(c -> !c.isEmpty() && Blanks.trim(c).isEmpty()).count();
  }

  long shortest() {
    return lengths().min().orElse(0);
  }

  long longest() {
    return lengths().max().orElse(0);
  }

  private java.util.stream.LongStream lengths() {
    return values.stream().mapToLong(value -> value.codePointCount(0, value.length()));
  }

  Map<ContentKind, Long> certain() {
    Map<ContentKind, Long> counts = new EnumMap<>(ContentKind.class);
    for (String value : values) {
      Detectors.usual().of(value).forEach(kind -> counts.merge(kind, 1L, Long::sum));
    }
    return counts;
  }

  /** The first type that 19 of 20 values fit. */
  ColumnType type() {
    if (values.isEmpty()) {
      return ColumnType.NOTHING;
    }
    if (values.stream().allMatch(v -> Set.of("yes", "no", "0", "1").contains(v))) {
      return ColumnType.YES_NO;
    }
    List<ColumnType> order =
        List.of(ColumnType.DATE, ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.CODE);
    return order.stream()
        .filter(type -> 20 * values.stream().filter(v -> fits(v, type)).count() >= 19L * values())
        .findFirst()
        .orElse(ColumnType.TEXT);
  }

  private static boolean fits(String value, ColumnType type) {
    return switch (type) {
      case DATE -> isDate(value);
      case INTEGER -> value.matches("-?[1-9][0-9]*|0");
      case DECIMAL -> value.matches("-?([1-9][0-9]*|0)([.][0-9]+)?");
      case CODE -> value.length() <= 64 && value.matches("[^ ]*( [^ ]*){0,3}");
      case NOTHING, YES_NO, TIMESTAMP, TIME, TEXT -> false;
    };
  }

  private static boolean isDate(String value) {
    try {
      return LocalDate.parse(value).getYear() > 0;
    } catch (DateTimeException none) {
      return false;
    }
  }
}
