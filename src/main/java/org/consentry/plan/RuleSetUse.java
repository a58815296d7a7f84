package org.consentry.plan;

import java.util.Optional;
import org.consentry.data.OperatorNote;
import org.consentry.data.PlannedColumn;
import org.consentry.operator.RuleFile;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * A rule set that labels released rows.
 *
 * @param name its name and version, such as {@code clinic-service-class version 1}
 * @param digest {@code sha256:...} of its file
 */
record RuleSetUse(String name, String digest) {

  /** The rule set a column comes from; empty when it comes from none. */
  static Optional<RuleSetUse> of(PlannedColumn column) {
    return column.note().parameters().containsKey(RuleFile.RULE_SET)
        ? Optional.of(of(column.note()))
        : Optional.empty();
  }

  private static RuleSetUse of(OperatorNote note) {
    return new RuleSetUse(
        note.parameters().getOrDefault(RuleFile.RULE_SET, "")
            + " version "
            + note.parameters().getOrDefault(RuleFile.VERSION, ""),
        "sha256:" + note.parameters().getOrDefault(RuleFile.SHA256, ""));
  }

  /**
   * The refusal of a rule set that changed without a new version.
   *
   * @param other where it is not the same
   */
  ProblemException differs(Place place, String other) {
    return ProblemException.of(
        Category.FILES_INVALID,
        "RULES_CHANGED",
        place,
        "the rule set " + name + " is not the one of " + other,
        "raise version: in the rules file, or restore the file");
  }
}
