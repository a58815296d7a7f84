package org.consentry.operator.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.consentry.config.WithPlace;

/**
 * The code sets of one kind, procedures or diagnoses: one bit a set, and a table from codes to bits
 * (disjoint intervals and a binary search). Immutable; safe for any number of threads. References
 * that do not resolve and entries that are no codes are left out: {@link RuleLint} reports them,
 * and a rule set with such is never compiled.
 */
public final class CodeSets {

  /** Sets that a rule set can have of one kind. */
  static final int MOST = 62;

  private record Entry(CodeRange range, long bit) {}

  private final Map<String, CodeSet> sets = new TreeMap<>();
  private final Map<String, Long> bitOf = new TreeMap<>();
  private final long[] starts;
  private final long[] bits;
  private final long[] bySeventh = new long[37];
  private long retired;

  private CodeSets(Map<String, CodeSet> all, boolean procedures) {
    List<Entry> entries = new ArrayList<>();
    TreeSet<Long> bounds = new TreeSet<>(Set.of(0L));
    for (Map.Entry<String, CodeSet> named : all.entrySet()) {
      CodeSet set = named.getValue();
      if (set.kind().isProcedure() == procedures && sets.size() < MOST) {
        long bit = 1L << sets.size();
        sets.put(named.getKey(), set);
        bitOf.put(named.getKey(), bit);
        retired |= set.kind() == CodeSet.Kind.RETIRED_PROCEDURE ? bit : 0;
        countSevenths(set, bit);
        for (WithPlace<String> code : set.codes()) {
          CodeRange.read(set.kind(), code.value())
              .ifPresent(range -> entries.add(new Entry(range, bit)));
        }
      }
    }
    for (Entry entry : entries) {
      bounds.add(entry.range().low());
      bounds.add(entry.range().high() + 1);
    }
    starts = bounds.stream().mapToLong(Long::longValue).toArray();
    bits = new long[starts.length];
    for (Entry entry : entries) {
      int first = Arrays.binarySearch(starts, entry.range().low());
      for (int i = first; starts[i] <= entry.range().high(); i++) {
        bits[i] |= entry.bit();
      }
    }
  }

  private void countSevenths(CodeSet set, long bit) {
    for (int i = 0; i < bySeventh.length; i++) {
      int character = i;
      boolean counts =
          set.seventh().stream()
              .allMatch(
                  listed ->
                      listed.stream()
                          .anyMatch(
                              one -> CodeKey.character((byte) one.value().charAt(0)) == character));
      bySeventh[i] |= counts ? bit : 0;
    }
  }

  /** The sets of procedure codes. */
  public static CodeSets procedures(Map<String, CodeSet> all) {
    return new CodeSets(all, true);
  }

  /** The sets of diagnosis codes. */
  public static CodeSets diagnoses(Map<String, CodeSet> all) {
    return new CodeSets(all, false);
  }

  /** Bits of some sets and of every set that they include. */
  long of(List<WithPlace<String>> names) {
    Set<String> visited = new HashSet<>();
    names.forEach(name -> include(name.value(), visited));
    return visited.stream().mapToLong(name -> bitOf.getOrDefault(name, 0L)).sum();
  }

  /** Bits of a set and of every set that it includes. */
  long of(String name) {
    Set<String> visited = new HashSet<>();
    include(name, visited);
    return visited.stream().mapToLong(each -> bitOf.getOrDefault(each, 0L)).sum();
  }

  private void include(String name, Set<String> visited) {
    CodeSet set = sets.get(name);
    if (set != null && visited.add(name)) {
      set.sets().forEach(included -> include(included.value(), visited));
    }
  }

  /** Bits of the sets that list a code themselves and count its seventh character. */
  public long bits(long code) {
    int at = Arrays.binarySearch(starts, code);
    return bits[at < 0 ? -at - 2 : at] & bySeventh[CodeKey.seventh(code)];
  }

  /** The names of sets, in words; empty when there is none. */
  public String words(long some) {
    String names =
        bitOf.keySet().stream()
            .filter(name -> (bitOf.getOrDefault(name, 0L) & some) != 0)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : ", in " + names;
  }

  /** Whether one of the sets lists retired codes. */
  public boolean isRetired(long some) {
    return (some & retired) != 0;
  }

  /** Every combination of sets that lists some code. */
  Set<Long> combinations() {
    Set<Long> found = new HashSet<>();
    for (long each : bits) {
      for (long counted : bySeventh) {
        found.add(each & counted);
      }
    }
    found.remove(0L);
    return found;
  }

  /** Whether both sets list or include the same code. */
  boolean overlap(String a, String b) {
    long first = of(a);
    long second = of(b);
    return combinations().stream().anyMatch(each -> (each & first) != 0 && (each & second) != 0);
  }
}
