package org.consentry.operator.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.consentry.config.WithPlace;

/**
 * One bit for every code set of one nature, procedures or diagnoses, and the table from codes to
 * bits. References that do not resolve and entries that are no codes are left out: {@link RuleLint}
 * reports them, and a rule set with such is never compiled.
 */
public final class SetBits {

  /** Sets that a table can have of one nature. */
  static final int MOST = 62;

  private final Map<String, CodeSet> sets;
  private final Map<String, Long> own = new HashMap<>();
  private final CodeTable table;
  private final long[] bySeventh = new long[37];
  private long retired;

  private SetBits(Map<String, CodeSet> sets) {
    this.sets = Map.copyOf(sets);
    List<CodeTable.Entry> entries = new ArrayList<>();
    long every = 0;
    for (Map.Entry<String, CodeSet> named : new TreeMap<>(sets).entrySet()) {
      long bit = 1L << own.size();
      own.put(named.getKey(), bit);
      CodeSet set = named.getValue();
      if (set.kind() == CodeSet.Kind.RETIRED_PROCEDURE) {
        retired |= bit;
      }
      for (WithPlace<String> code : set.codes()) {
        CodeRange.read(set.kind(), code.value())
            .ifPresent(range -> entries.add(new CodeTable.Entry(range, bit)));
      }
      if (set.seventh().isPresent()) {
        for (WithPlace<String> character : set.seventh().get()) {
          bySeventh[CodeKey.character((byte) character.value().charAt(0))] |= bit;
        }
      } else {
        every |= bit;
      }
    }
    for (int i = 0; i < bySeventh.length; i++) {
      bySeventh[i] |= every;
    }
    this.table = new CodeTable(entries);
  }

  public static SetBits procedures(Map<String, CodeSet> all) {
    return new SetBits(some(all, CodeSet.Kind::isProcedure));
  }

  public static SetBits diagnoses(Map<String, CodeSet> all) {
    return new SetBits(some(all, kind -> !kind.isProcedure()));
  }

  private static Map<String, CodeSet> some(
      Map<String, CodeSet> all, Predicate<CodeSet.Kind> wanted) {
    Map<String, CodeSet> some = new HashMap<>();
    all.forEach(
        (name, set) -> {
          if (wanted.test(set.kind()) && some.size() < MOST) {
            some.put(name, set);
          }
        });
    return some;
  }

  /** Bits of a set and of every set that it includes. */
  long of(String name) {
    return of(name, new HashSet<>());
  }

  /** Bits of any of some sets. */
  long of(List<WithPlace<String>> names) {
    long bits = 0;
    for (WithPlace<String> name : names) {
      bits |= of(name.value());
    }
    return bits;
  }

  private long of(String name, Set<String> visited) {
    CodeSet set = sets.get(name);
    if (set == null || !visited.add(name)) {
      return 0;
    }
    long bits = own.getOrDefault(name, 0L);
    for (WithPlace<String> included : set.sets()) {
      bits |= of(included.value(), visited);
    }
    return bits;
  }

  /** Bits of the sets that list a code themselves. */
  public long bits(long code) {
    return table.bits(code);
  }

  /** Bits of the sets that list a diagnosis and count its seventh character. */
  public long diagnosisBits(long code) {
    return table.bits(code) & bySeventh[CodeKey.seventh(code)];
  }

  /** The names of sets that list a code themselves, in words; nothing when there is none. */
  public String words(long bits) {
    List<String> names =
        own.entrySet().stream()
            .filter(set -> (set.getValue() & bits) != 0)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    return names.isEmpty() ? "" : ", in " + String.join(", ", names);
  }

  /** Whether the sets hold retired codes. */
  public boolean isRetired(long bits) {
    return (bits & retired) != 0;
  }

  /** Every combination of sets that a code may have, without those of no set. */
  Set<Long> combinations() {
    Set<Long> found = new HashSet<>();
    for (long each : table.combinations()) {
      for (long counted : bySeventh) {
        found.add(each & counted);
      }
    }
    found.remove(0L);
    return found;
  }

  /** Whether some code is in both. */
  boolean overlap(String a, String b) {
    long first = of(a);
    long second = of(b);
    for (long each : combinations()) {
      if ((each & first) != 0 && (each & second) != 0) {
        return true;
      }
    }
    return false;
  }
}
