package org.consentry.policy;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.consentry.config.ColumnRule;
import org.consentry.config.Mapping;
import org.consentry.config.OutputRule;
import org.consentry.config.TableRule;

/**
 * The numbers of persons in a mapping: the column that says whose row it is, columns that refer to
 * the subjects table, and columns that share the subjects' code domain.
 *
 * @param table name of the subjects table
 * @param domains code domains of the columns that say whose row it is
 */
record Persons(String table, Set<String> domains) {

  Persons {
    domains = Set.copyOf(domains);
  }

  /** The persons of that mapping. */
  static Persons of(Mapping mapping) {
    Set<String> domains =
        mapping.tables().values().stream()
            .flatMap(table -> rule(table, table.subject().value()).stream())
            .flatMap(rule -> rule.outputs().stream())
            .flatMap(output -> domain(output).stream())
            .collect(Collectors.toSet());
    return new Persons(mapping.subjects().table().value(), domains);
  }

  /** Whether the column holds numbers of persons. */
  boolean areNumberedBy(TableRule from, String column) {
    return from.subject().value().equals(column)
        || Optional.ofNullable(from.references().get(column))
            .filter(reference -> reference.value().table().equals(table))
            .isPresent()
        || rule(from, column).stream()
            .flatMap(rule -> rule.outputs().stream())
            .anyMatch(output -> domain(output).filter(domains::contains).isPresent());
  }

  private static Optional<ColumnRule> rule(TableRule table, String column) {
    return Optional.ofNullable(table.columns().get(column));
  }

  private static Optional<String> domain(OutputRule output) {
    return output.operator().value().equals("pseudonymize")
        ? Rule.setting(output, "domain")
        : Optional.empty();
  }
}
