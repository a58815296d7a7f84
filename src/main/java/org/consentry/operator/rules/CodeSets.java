package org.consentry.operator.rules;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.config.WithPlace;

/**
 * The code sets of one kind, procedures or diagnoses: one bit a set, and a table from codes to bits
 * (disjoint intervals and a binary search). Made of a rule set in which {@link RuleLint} finds no
 * fault. Immutable; safe for any number of threads.
 */
final class CodeSets {

  /** Sets that a rule set can have of one kind. */
  static final int MOST = 62;

  private final Map<String, CodeSet> sets = new TreeMap<>();
  private final Map<String, Long> bitOf = new TreeMap<>();
  private final long[] starts;
  private final long[] bits;
  private final long[] bySeventh = new long[37];
  private long retired;

  private CodeSets(Map<String, CodeSet> all, boolean procedures) {
    NavigableMap<Long, Long> table = new TreeMap<>(Map.of(0L, 0L));
    all.forEach(
        (name, set) -> {
          if (set.kind().isProcedure() == procedures) {
            long bit = 1L << sets.size();
            sets.put(name, set);
            bitOf.put(name, bit);
            add(set, bit, table);
          }
        });
    starts = table.keySet().stream().mapToLong(Long::longValue).toArray();
    bits = table.values().stream().mapToLong(Long::longValue).toArray();
  }

  private void add(CodeSet set, long bit, NavigableMap<Long, Long> table) {
    for (WithPlace<String> code : set.codes()) {
      CodeRange range = CodeRange.read(set.kind(), code.value()).orElseThrow();
      long next = range.high() + 1;
      table.putIfAbsent(range.low(), table.floorEntry(range.low()).getValue());
      table.putIfAbsent(next, table.floorEntry(next).getValue());
      table.subMap(range.low(), next).replaceAll((start, others) -> others | bit);
    }
    retired |= set.kind() == CodeSet.Kind.RETIRED_PROCEDURE ? bit : 0;
    if (set.seventh().isEmpty()) {
      Arrays.setAll(bySeventh, character -> bySeventh[character] | bit);
    }
    for (WithPlace<String> counted : set.seventh().orElse(List.of())) {
      bySeventh[CodeKey.character((byte) counted.value().charAt(0))] |= bit;
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
    return of(names.stream().map(WithPlace::value));
  }

  /** Bits of a set and of every set that it includes. */
  long of(String name) {
    return of(Stream.of(name));
  }

  private long of(Stream<String> names) {
    Set<String> visited = new HashSet<>();
    names.forEach(name -> include(name, visited));
    return visited.stream().mapToLong(name -> bitOf.getOrDefault(name, 0L)).sum();
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
        bitOf.entrySet().stream()
            .filter(entry -> (entry.getValue() & some) != 0)
            .map(Map.Entry::getKey)
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
