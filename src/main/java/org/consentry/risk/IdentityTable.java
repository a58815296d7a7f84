package org.consentry.risk;

import java.util.Arrays;
import java.util.List;

/**
 * The identity columns of subjects with the hierarchies of their values, and the groups at any
 * levels. Equal subjects are stored once, with their number.
 */
public final class IdentityTable {

  private final List<Hierarchy> hierarchies;
  private final int[][] columns;
  private final int[] rowOf;
  private final long[] weights;
  private final long[][] valueCounts;

  /**
   * A table.
   *
   * @param columns by column and subject, the value: a number below the size of level 0 of the
   *     column's hierarchy
   * @param hierarchies one for each column
   */
  public IdentityTable(int[][] columns, List<Hierarchy> hierarchies) {
    if (columns.length != hierarchies.size() || columns.length == 0) {
      throw new IllegalArgumentException("each identity column needs a hierarchy");
    }
    this.hierarchies = List.copyOf(hierarchies);
    int subjects = columns[0].length;
    int[] sizes = hierarchies.stream().mapToInt(hierarchy -> hierarchy.size(0)).toArray();
    rowOf = groups(columns, sizes, subjects);
    weights = SubjectDigests.sizes(rowOf);
    this.columns = new int[columns.length][weights.length];
    valueCounts = new long[columns.length][];
    for (int column = 0; column < columns.length; column++) {
      valueCounts[column] = new long[hierarchies.get(column).size(0)];
      for (int subject = 0; subject < subjects; subject++) {
        this.columns[column][rowOf[subject]] = columns[column][subject];
        valueCounts[column][columns[column][subject]]++;
      }
    }
  }

  /** The number of columns. */
  public int width() {
    return columns.length;
  }

  /** The number of subjects. */
  public int subjects() {
    return rowOf.length;
  }

  /** The hierarchy of a column. */
  public Hierarchy hierarchy(int column) {
    return hierarchies.get(column);
  }

  /** How many subjects have each value of a column. */
  long[] valueCounts(int column) {
    return valueCounts[column];
  }

  /**
   * The number of each subject's group at these levels, from 0 on.
   *
   * @param levels one for each column, up to its height
   */
  public int[] groups(int[] levels) {
    int[] ofRow = groupsOfRows(levels);
    return Arrays.stream(rowOf).map(row -> ofRow[row]).toArray();
  }

  /** The size of each group at these levels. */
  long[] sizes(int[] levels) {
    int[] ofRow = groupsOfRows(levels);
    long[] sizes = new long[Arrays.stream(ofRow).max().orElse(-1) + 1];
    for (int row = 0; row < ofRow.length; row++) {
      sizes[ofRow[row]] += weights[row];
    }
    return sizes;
  }

  private int[] groupsOfRows(int[] levels) {
    int[][] generalized = new int[columns.length][weights.length];
    int[] sizes = new int[columns.length];
    for (int column = 0; column < columns.length; column++) {
      Hierarchy hierarchy = hierarchies.get(column);
      int level = levels[column];
      sizes[column] = hierarchy.size(level);
      for (int row = 0; row < weights.length; row++) {
        generalized[column][row] = hierarchy.node(level, columns[column][row]);
      }
    }
    return groups(generalized, sizes, weights.length);
  }

  /** Numbers equal tuples alike: as many columns at once as one number takes. */
  private static int[] groups(int[][] columns, int[] sizes, int rows) {
    long[] tuples = new long[rows];
    long span = 1;
    for (int column = 0; column < columns.length; column++) {
      if (span > Long.MAX_VALUE / Math.max(1, sizes[column])) {
        int[] numbers = numbers(tuples);
        Arrays.setAll(tuples, row -> numbers[row]);
        span = rows;
      }
      for (int row = 0; row < rows; row++) {
        tuples[row] = tuples[row] * sizes[column] + columns[column][row];
      }
      span *= sizes[column];
    }
    return numbers(tuples);
  }

  /** Numbers equal values alike, from 0 on in the order of their first places. */
  private static int[] numbers(long[] values) {
    int[] numbers = new int[values.length];
    int[] first = new int[Integer.highestOneBit(Math.max(1, values.length)) << 2];
    int mask = first.length - 1;
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      long mixed = values[i] * 0x9E3779B97F4A7C15L;
      int slot = (int) (mixed >>> 32) & mask;
      while (first[slot] != 0 && values[first[slot] - 1] != values[i]) {
        slot = slot + 1 & mask;
      }
      if (first[slot] == 0) {
        first[slot] = i + 1;
        numbers[i] = count++;
      } else {
        numbers[i] = numbers[first[slot] - 1];
      }
    }
    return numbers;
  }
}
