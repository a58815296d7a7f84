package org.consentry.operator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.OperatorNote;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/**
 * Values to a level of a hierarchy: a CSV file whose first column lists the values and whose other
 * columns are ever coarser levels. A value that is not listed is invalid.
 */
final class Hierarchy implements OperatorFactory<Hierarchy.Config> {

  /**
   * Keys of {@code generalize} with {@code to: hierarchy}.
   *
   * @param file a CSV file with one column per level, relative to the mapping
   * @param level the header of the level that values become
   */
  record Config(String file, String level) {}

  @Override
  public String name() {
    return Generalization.to("hierarchy");
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public Effect effect(Config config) {
    return new Effect.Listed();
  }

  @Override
  public Optional<Operator> bind(Config config, RuleContext context, Problems problems) {
    boolean typed =
        TypeCheck.accepts(name(), context, problems, FieldType.Kind.CODE, FieldType.Kind.TEXT);
    Optional<SmallTable> table =
        SmallTable.read(config.file(), context, problems)
            .filter(read -> hasLevel(read, config.level(), context.place(), problems));
    return typed
        ? table
            .filter(read -> isNested(read, read.header().indexOf(config.level()), problems))
            .map(read -> plan(read, config.level()))
        : Optional.empty();
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

  /** Values that are together at a level are together at every coarser one. */
  private static boolean isNested(SmallTable table, int level, Problems problems) {
    boolean nested = true;
    for (int coarser = level + 1; coarser < table.header().size(); coarser++) {
      Map<String, String> answers = new HashMap<>();
      for (SmallTable.Row row : table.rows()) {
        String answer = row.fields().get(coarser);
        String first = answers.putIfAbsent(row.fields().get(coarser - 1), answer);
        if (first != null && !first.equals(answer)) {
          nested = false;
          problems.error(
              "HIERARCHY_NOT_NESTED",
              Place.of(table.name(), row.line()),
              "values that are together at level '"
                  + table.header().get(coarser - 1)
                  + "' are apart at the coarser level '"
                  + table.header().get(coarser)
                  + "'",
              "order the columns from fine to coarse, and give equal cells equal cells to their"
                  + " right");
        }
      }
    }
    return nested;
  }

  /** The coarser columns of the file; one that joins all values is the last. */
  private static List<Level> levels(SmallTable table, int level) {
    List<Level> levels = new ArrayList<>();
    List<String> fine = table.column(level);
    boolean isOne = false;
    for (int coarser = level + 1; coarser < table.header().size(); coarser++) {
      List<String> coarse = table.column(coarser);
      Map<String, String> answers = new HashMap<>();
      for (int row = 0; row < fine.size(); row++) {
        answers.put(fine.get(row), coarse.get(row));
      }
      String name = table.header().get(coarser);
      levels.add(
          Level.ofTexts(
              name,
              "Then replaced by their '" + name + "'.",
              value -> answers.getOrDefault(value, value)));
      isOne = new HashSet<>(coarse).size() == 1;
    }
    if (!isOne) {
      levels.add(Level.NONE);
    }
    return levels;
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
    return PlannedOperator.keyless(Generalization.NAME, note, transformer)
        .with(levels(table, position))
        .listed(table.listing(position, Optional.empty()));
  }
}
