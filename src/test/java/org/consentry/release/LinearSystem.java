package org.consentry.release;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Counts of which bounds and sums are known. Solving eliminates unknowns without bounds exactly
 * (Gauss, in whole numbers), then narrows every interval by every equation, given and derived,
 * until nothing moves.
 */
public final class LinearSystem {

  /** More than any count here; an unknown as large as this has no bound. */
  public static final long MANY = 1_000_000_000_000L;

  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final List<long[]> bounds = new ArrayList<>();

  /** Each row: coefficients by number of the unknown; their weighted sum is zero. */
  private final List<Map<Integer, Long>> rows = new ArrayList<>();

  /** Adds bounds of an unknown. Of several bounds all are valid. */
  public void bound(String name, long low, long high) {
    long[] known = bounds.get(number(name));
    known[0] = Math.max(known[0], low);
    known[1] = Math.min(known[1], high);
  }

  private int number(String name) {
    Integer known = numbers.get(name);
    if (known != null) {
      return known;
    }
    numbers.put(name, bounds.size());
    bounds.add(new long[] {0, MANY});
    return bounds.size() - 1;
  }

  /** Adds that a whole is the sum of its parts. */
  public void sum(String whole, List<String> parts) {
    Map<Integer, Long> row = new LinkedHashMap<>();
    row.merge(number(whole), -1L, Long::sum);
    parts.forEach(part -> row.merge(number(part), 1L, Long::sum));
    row.values().removeIf(coefficient -> coefficient == 0);
    rows.add(row);
  }

  /** Adds that two counts are one. */
  public void equal(String one, String other) {
    sum(one, List.of(other));
  }

  public long low(String name) {
    return of(name)[0];
  }

  public long high(String name) {
    return of(name)[1];
  }

  private long[] of(String name) {
    return bounds.get(Objects.requireNonNull(numbers.get(name)));
  }

  /** Solves; false when there is no solution. */
  public boolean solve() {
    List<Map<Integer, Long>> derived = new ArrayList<>(rows);
    for (int unknown = 0; unknown < bounds.size(); unknown++) {
      if (bounds.get(unknown)[1] >= MANY) {
        derived = without(unknown, derived);
      }
    }
    derived.addAll(rows);
    boolean moved = true;
    while (moved && isPossible()) {
      moved = false;
      for (Map<Integer, Long> row : derived) {
        for (Integer unknown : row.keySet()) {
          moved |= narrow(row, unknown);
        }
      }
    }
    return isPossible();
  }

  private boolean isPossible() {
    return bounds.stream().allMatch(bound -> bound[0] <= bound[1]);
  }

  /** The same knowledge about the other unknowns. */
  private static List<Map<Integer, Long>> without(int unknown, List<Map<Integer, Long>> rows) {
    List<Map<Integer, Long>> left = new ArrayList<>();
    Map<Integer, Long> pivot = null;
    for (Map<Integer, Long> row : rows) {
      if (!row.containsKey(unknown)) {
        left.add(row);
      } else if (pivot == null) {
        pivot = row;
      } else {
        Map<Integer, Long> combined = combined(pivot, row, unknown);
        if (!combined.isEmpty()) {
          left.add(combined);
        }
      }
    }
    return left;
  }

  private static Map<Integer, Long> combined(
      Map<Integer, Long> pivot, Map<Integer, Long> row, int unknown) {
    long ofPivot = Objects.requireNonNull(pivot.get(unknown));
    long ofRow = Objects.requireNonNull(row.get(unknown));
    Map<Integer, Long> sum = new LinkedHashMap<>();
    row.forEach((each, factor) -> sum.merge(each, Math.multiplyExact(factor, ofPivot), Long::sum));
    pivot.forEach((each, factor) -> sum.merge(each, Math.multiplyExact(-factor, ofRow), Long::sum));
    sum.values().removeIf(factor -> factor == 0);
    return sum;
  }

  /** factor * unknown = -(the rest of the row), whose bounds are known. */
  private boolean narrow(Map<Integer, Long> row, int unknown) {
    long restLow = 0;
    long restHigh = 0;
    for (Map.Entry<Integer, Long> each : row.entrySet()) {
      long[] other = bounds.get(each.getKey());
      if (each.getKey() != unknown) {
        long factor = each.getValue();
        restLow += factor * (factor > 0 ? other[0] : other[1]);
        restHigh += factor * (factor > 0 ? other[1] : other[0]);
      }
    }
    long factor = Objects.requireNonNull(row.get(unknown));
    long low = factor > 0 ? -Math.floorDiv(restHigh, factor) : -Math.floorDiv(restLow, factor);
    long high = factor > 0 ? Math.floorDiv(-restLow, factor) : Math.floorDiv(-restHigh, factor);
    long[] mine = bounds.get(unknown);
    boolean moved = low > mine[0] || high < mine[1];
    mine[0] = Math.max(mine[0], low);
    mine[1] = Math.min(mine[1], high);
    return moved;
  }
}
