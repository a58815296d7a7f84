package org.consentry.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Mapping;
import org.consentry.config.OutputRule;
import org.consentry.config.SafeWord;
import org.consentry.config.TableRule.TableReference;
import org.consentry.config.WithPlace;
import org.consentry.operator.Operator;
import org.consentry.problem.Problems;

/** Warns where a reference of the source can no longer be followed in the release. */
final class JoinCheck {

  private final Mapping mapping;
  private final Set<String> released;
  private final Map<String, BoundTable> bound;
  private final Problems problems;

  JoinCheck(
      Mapping mapping, Set<String> released, Map<String, BoundTable> bound, Problems problems) {
    this.mapping = mapping;
    this.released = released;
    this.bound = bound;
    this.problems = problems;
  }

  void run() {
    mapping
        .tables()
        .forEach(
            (name, table) -> {
              if (released.contains(name)) {
                table.references().forEach((column, to) -> check(name, column, to));
              }
            });
  }

  private void check(String table, String column, WithPlace<TableReference> to) {
    List<Operator> child = operators(table, column);
    if (child.isEmpty()) {
      return;
    }
    TableReference parent = to.value();
    if (!released.contains(parent.table())) {
      problems.warning(
          "REFERENCE_LOST",
          to.place(),
          "column "
              + SafeWord.word(column)
              + " refers to '"
              + parent.table()
              + "', which is not released",
          "release that table too, or drop the column");
      return;
    }
    List<Operator> keys = operators(parent.table(), parent.column());
    if (keys.isEmpty() && isReleased(parent)) {
      return;
    }
    boolean joins =
        keys.stream().anyMatch(key -> child.stream().anyMatch(one -> sameCodes(one, key)));
    if (!joins) {
      problems.warning(
          "REFERENCE_LOST",
          to.place(),
          "column "
              + SafeWord.word(column)
              + " and the key it refers to are released by different rules and cannot be joined",
          "give both the same operator, domain and code");
    }
  }

  /** Whether a key has a rule to be released, which could not be bound when it has no operator. */
  private boolean isReleased(TableReference key) {
    return Optional.ofNullable(mapping.tables().get(key.table()))
        .flatMap(table -> Optional.ofNullable(table.columns().get(key.column())))
        .filter(rule -> rule.outputs().stream().anyMatch(OutputRule::isReleased))
        .isPresent();
  }

  private static boolean sameCodes(Operator one, Operator other) {
    return one.name().equals(other.name()) && one.notes().equals(other.notes());
  }

  private List<Operator> operators(String table, String column) {
    BoundTable rules = bound.get(table);
    return rules == null
        ? List.of()
        : rules.rules().stream()
            .filter(rule -> rule.columns().get(0).isOf(column))
            .map(BoundTable.Rule::operator)
            .toList();
  }
}
