package org.consentry.export;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.config.LevelPlan;
import org.consentry.data.BytesColumn;
import org.consentry.data.Column;
import org.consentry.data.LongColumn;
import org.consentry.operator.Level;
import org.consentry.risk.Hierarchy;

/**
 * One identity column while levels are searched: its different released values, numbered, and the
 * number of each subject's value. A missing value is a value of its own. Values never leave it.
 */
final class SearchedColumn {

  private final String name;
  private final List<Level> levels;
  private final int[] numbers;
  private final Map<Object, Integer> known = new HashMap<>();
  private final List<Optional<Object>> values = new ArrayList<>();

  /**
   * A column.
   *
   * @param name as {@code table.column}
   * @param levels coarser forms, from fine to coarse
   * @param people how many subjects there are
   */
  SearchedColumn(String name, List<Level> levels, int people) {
    this.name = name;
    this.levels = List.copyOf(levels);
    this.numbers = new int[people];
    Arrays.fill(numbers, -1);
  }

  String name() {
    return name;
  }

  /** Whether there is anything to search. */
  boolean hasLevels() {
    return !levels.isEmpty();
  }

  /** The name of a level, from 0 for the column as it is mapped. */
  String level(int number) {
    return number == 0 ? LevelPlan.AS_MAPPED : levels.get(number - 1).name();
  }

  /** Adds the released values of a batch, one row a subject. */
  void add(Column column, int rows, int[] subjects) {
    for (int row = 0; row < rows; row++) {
      Optional<Object> value = column.isMissing(row) ? Optional.empty() : value(column, row);
      numbers[subjects[row]] =
          known.computeIfAbsent(
              value,
              unseen -> {
                values.add(value);
                return values.size() - 1;
              });
    }
  }

  private static Optional<Object> value(Column column, int row) {
    if (column instanceof LongColumn numbers) {
      return Optional.of(numbers.values()[row]);
    }
    BytesColumn texts = (BytesColumn) column;
    int start = texts.starts()[row];
    return Optional.of(
        new String(texts.buffer(), start, texts.ends()[row] - start, StandardCharsets.UTF_8));
  }

  /** The numbers of the values of some subjects; those without a row count as missing. */
  int[] of(int[] subjects) {
    boolean isWhole = Arrays.stream(subjects).allMatch(subject -> numbers[subject] >= 0);
    if (!isWhole && !known.containsKey(Optional.empty())) {
      known.put(Optional.empty(), values.size());
      values.add(Optional.empty());
    }
    int missing = known.getOrDefault(Optional.empty(), -1);
    return Arrays.stream(subjects)
        .map(subject -> numbers[subject] >= 0 ? numbers[subject] : missing)
        .toArray();
  }

  /** The values at every level, once all are added. */
  Hierarchy hierarchy() {
    Column column = distinct();
    int[][] nodes = new int[levels.size() + 1][];
    nodes[0] = nodes(column);
    for (int level = 1; level < nodes.length; level++) {
      nodes[level] = nodes(levels.get(level - 1).of(column));
    }
    return new Hierarchy(nodes);
  }

  private int[] nodes(Column column) {
    Map<Optional<Object>, Integer> nodes = new HashMap<>();
    int[] numbered = new int[column.rows()];
    for (int row = 0; row < numbered.length; row++) {
      Optional<Object> value = column.isMissing(row) ? Optional.empty() : value(column, row);
      numbered[row] = nodes.computeIfAbsent(value, unseen -> nodes.size());
    }
    return numbered;
  }

  private Column distinct() {
    boolean isText = values.stream().flatMap(Optional::stream).anyMatch(String.class::isInstance);
    return isText
        ? BytesColumn.of(values.stream().map(value -> (String) value.orElse("")).toList())
        : numbers();
  }

  private Column numbers() {
    long[] all =
        values.stream()
            .mapToLong(value -> value.map(Long.class::cast).orElse(LongColumn.MISSING))
            .toArray();
    return new LongColumn(all.length, all);
  }
}
