package org.consentry.policy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consentry.config.Mapping;
import org.consentry.config.TableRule;
import org.consentry.data.Effect;
import org.consentry.problem.Place;

/**
 * The numbers of persons in a mapping: the column of each table that names the subject of a row,
 * columns that refer to the subjects table, and columns that share the subjects' code domain.
 *
 * @param table name of the subjects table
 * @param domains code domains of the columns that name the subject of a row
 * @param effects what rules still reveal, by the place of the operator's word
 */
record Persons(String table, Set<String> domains, Map<Place, Effect> effects) {

  Persons {
    domains = Set.copyOf(domains);
    effects = Map.copyOf(effects);
  }

  /** The persons of that mapping. */
  static Persons of(Mapping mapping, Map<Place, Effect> effects) {
    Set<String> domains =
        mapping.tables().values().stream()
            .flatMap(table -> domains(table, table.subject().value(), effects))
            .collect(Collectors.toSet());
    return new Persons(mapping.subjects().table().value(), domains, effects);
  }

  /** Whether the column has numbers of persons. */
  boolean areNumberedBy(TableRule from, String column) {
    return from.subject().value().equals(column)
        || Optional.ofNullable(from.references().get(column))
            .filter(reference -> reference.value().table().equals(table))
            .isPresent()
        || domains(from, column, effects).anyMatch(domains::contains);
  }

  private static Stream<String> domains(
      TableRule table, String column, Map<Place, Effect> effects) {
    return Optional.ofNullable(table.columns().get(column)).stream()
        .flatMap(rule -> rule.outputs().stream())
        .map(output -> effects.get(output.operator().place()))
        .filter(Effect.Code.class::isInstance)
        .map(effect -> ((Effect.Code) effect).domain());
  }
}
