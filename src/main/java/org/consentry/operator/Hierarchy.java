package org.consentry.operator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.FieldType;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/**
 * Values to a level of a hierarchy: a CSV file whose first column lists the values and whose other
 * columns are ever coarser levels. A value that is not listed is invalid.
 */
final class Hierarchy {

  private Hierarchy() {}

  static Optional<Operator> bind(
      String file, String level, RuleContext context, Problems problems) {
    String what = Generalize.operator(Generalize.To.HIERARCHY);
    boolean typed =
        TypeCheck.accepts(what, context, problems, FieldType.Kind.CODE, FieldType.Kind.TEXT);
    Optional<SmallTable> table =
        SmallTable.read(file, context, problems)
            .filter(read -> hasLevel(read, level, context.place(), problems));
    return typed ? table.map(read -> plan(read, level)) : Optional.empty();
  }

  private static boolean hasLevel(SmallTable table, String level, Place place, Problems problems) {
    List<String> levels = table.header().subList(1, table.header().size());
    if (levels.contains(level)) {
      return true;
    }
    problems.error(
        "UNKNOWN_LEVEL",
        place,
        "hierarchy '" + table.name() + "' has no level '" + level + "'",
        "use one of " + String.join(", ", levels));
    return false;
  }

  private static Operator plan(SmallTable table, String level) {
    OperatorNote note =
        new OperatorNote(
            "generalization",
            "Values were replaced by their '" + level + "'.",
            "The '" + level + "' a value belongs to.",
            Map.of(
                "to", "hierarchy", "file", table.name(), "sha256", table.sha256(), "level", level));
    int position = table.header().indexOf(level);
    Transformer transformer =
        Lookup.labels(
            "a value of the hierarchy", table.column(0), table.column(position), Lookup.INVALID);
    return PlannedOperator.keyless("generalize", note, transformer)
        .listed(table.listing(position, Optional.empty()));
  }
}
