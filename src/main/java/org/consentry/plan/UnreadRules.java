package org.consentry.plan;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.consentry.config.Binder;
import org.consentry.config.DeriveRule;
import org.consentry.config.Mapping;
import org.consentry.config.OutputRule;
import org.consentry.data.Effect;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;

/**
 * The rules of a mapping that could not be read, which is reported by then. What they would do is
 * not known, so a check of what a mapping releases finds nothing of use in them.
 */
final class UnreadRules {

  private final String file;
  private final NavigableSet<Place> starts =
      new TreeSet<>(Comparator.comparingLong(Place::line).thenComparingLong(Place::column));
  private final Set<Place> unread = new HashSet<>();

  /**
   * Finds them.
   *
   * @param effects what the rules still reveal, by the place of the operator's word; a rule whose
   *     settings cannot be read is not among them
   */
  UnreadRules(Mapping mapping, Map<Place, Effect> effects) {
    this.file = mapping.subjects().place().file();
    mapping
        .tables()
        .values()
        .forEach(
            table -> {
              starts.add(table.place());
              table.columns().values().forEach(rule -> add(rule.place(), rule.outputs(), effects));
              table.derive().forEach(rule -> add(rule, effects));
            });
  }

  private void add(DeriveRule rule, Map<Place, Effect> effects) {
    add(rule.place(), rule.outputs(), effects);
  }

  private void add(Place place, List<OutputRule> outputs, Map<Place, Effect> effects) {
    starts.add(place);
    if (Binder.isFiller(place) || outputs.stream().anyMatch(rule -> !isRead(rule, effects))) {
      unread.add(place);
    }
  }

  private static boolean isRead(OutputRule rule, Map<Place, Effect> effects) {
    boolean typed =
        !rule.isReleased()
            || rule.type().filter(type -> !Binder.isFiller(type.place())).isPresent();
    return typed
        && effects.containsKey(rule.operator().place())
        && !Binder.isFiller(rule.role().place());
  }

  /** Whether a place is within a rule that could not be read. */
  boolean has(Place place) {
    return place.file().equals(file)
        && Optional.ofNullable(starts.floor(place)).filter(unread::contains).isPresent();
  }

  /** The problems without those of rules that could not be read. */
  List<Problem> without(List<Problem> problems) {
    return problems.stream().filter(problem -> !has(problem.place())).toList();
  }
}
