package org.consentry.connector;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Elements of records that a table does not read. Where a whole element is not read, what is inside
 * of it is not listed.
 *
 * @param records what the records are, such as a type of resource
 * @param counts how many records have each, by names joined by points
 */
public record UnreadElements(String records, SortedMap<String, Long> counts) {

  public UnreadElements {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  /** What none of some tables reads, for each kind of records. */
  public static List<UnreadElements> byNone(Collection<UnreadElements> tables) {
    Map<String, List<UnreadElements>> byRecords = new LinkedHashMap<>();
    tables.forEach(
        each -> byRecords.computeIfAbsent(each.records(), any -> new ArrayList<>()).add(each));
    List<UnreadElements> all = new ArrayList<>();
    byRecords.forEach((records, of) -> all.add(new UnreadElements(records, common(of))));
    return all;
  }

  private static SortedMap<String, Long> common(List<UnreadElements> tables) {
    SortedMap<String, Long> common = new TreeMap<>();
    for (UnreadElements table : tables) {
      table.counts.forEach(
          (element, count) -> {
            if (tables.stream().allMatch(other -> other.has(element))) {
              common.put(element, count);
            }
          });
    }
    return common;
  }

  /** Whether an element, or one that it is inside of, is not read. */
  private boolean has(String element) {
    for (String name = element; ; name = name.substring(0, name.lastIndexOf('.'))) {
      if (counts.containsKey(name)) {
        return true;
      }
      if (name.lastIndexOf('.') < 0) {
        return false;
      }
    }
  }
}
