package org.consentry.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.consentry.config.Mapping;
import org.consentry.config.TableRule;

/**
 * Which tables must be done before which: the subjects table is on level 0, every other table above
 * each released table it refers to.
 */
final class Levels {

  private final Mapping mapping;
  private final Set<String> released;
  private final Map<String, Integer> levels = new HashMap<>();

  /** The mapping's references form no circle, which its own checks ensure. */
  Levels(Mapping mapping, Set<String> released) {
    this.mapping = mapping;
    this.released = released;
  }

  /** Level of a table, 0 for the subjects table. */
  int of(String table) {
    Integer known = levels.get(table);
    if (known != null) {
      return known;
    }
    int level = table.equals(mapping.subjects().table().value()) ? 0 : 1;
    for (String parent : parents(table)) {
      level = Math.max(level, of(parent) + 1);
    }
    levels.put(table, level);
    return level;
  }

  /** The released tables in the order in which they can be done. */
  List<String> order() {
    List<String> order = new ArrayList<>(released);
    order.sort(Comparator.comparingInt(this::of));
    return order;
  }

  private List<String> parents(String table) {
    TableRule rule = mapping.tables().get(table);
    return rule == null
        ? List.of()
        : rule.references().values().stream()
            .map(reference -> reference.value().table())
            .filter(released::contains)
            .distinct()
            .toList();
  }
}
