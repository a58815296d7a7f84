package org.consentry.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.consentry.config.LevelPlan;
import org.consentry.config.SafeWord;
import org.consentry.config.Suggestion;
import org.consentry.config.WithPlace;
import org.consentry.operator.Level;
import org.consentry.operator.Operator;
import org.consentry.operator.RuleContext;
import org.consentry.problem.Problems;

/** The levels that a plan file names, put over the operators of their columns. Used once. */
final class ChosenLevels {

  private final Map<String, WithPlace<String>> levels;
  private final Problems problems;
  private final Set<String> bound = new HashSet<>();

  ChosenLevels(Map<String, WithPlace<String>> levels, Problems problems) {
    this.levels = Map.copyOf(levels);
    this.problems = problems;
  }

  /** No level: every column stays as the mapping has it. */
  static ChosenLevels asMapped(Problems problems) {
    return new ChosenLevels(Map.of(), problems);
  }

  /** The operator as the plan has it; a level that the operator lacks is a problem. */
  Operator over(Operator operator, RuleContext context) {
    String column = context.table() + "." + context.outputs().get(0).name();
    WithPlace<String> chosen = levels.get(column);
    if (chosen == null) {
      return operator;
    }
    bound.add(column);
    if (chosen.value().equals(LevelPlan.AS_MAPPED)) {
      return operator;
    }
    List<String> known = operator.levels().stream().map(Level::name).toList();
    int level = known.indexOf(chosen.value());
    if (level < 0) {
      problems.error(
          "RISK_PLAN_LEVEL",
          chosen.place(),
          "'" + column + "' has no level " + SafeWord.word(chosen.value()),
          known.isEmpty()
              ? "its operator has no levels; search again"
              : Suggestion.hint(chosen.value(), known));
      return operator;
    }
    return operator.levels().get(level).over(operator);
  }

  /** Reports columns of the plan that are released no more. */
  void requireAllBound() {
    levels.forEach(
        (column, chosen) -> {
          if (!bound.contains(column)) {
            problems.error(
                "RISK_PLAN_COLUMN",
                chosen.place(),
                "no released column is named " + SafeWord.word(column),
                "search again with consentry risk JOB --search, and have the plan approved");
          }
        });
  }
}
