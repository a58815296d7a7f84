package org.consentry.plan;

import java.util.Optional;
import java.util.Set;
import org.consentry.config.OutputRule;
import org.consentry.config.SafeWord;
import org.consentry.config.WithPlace;
import org.consentry.data.FieldType;
import org.consentry.data.WithheldCode;
import org.consentry.operator.Operator;
import org.consentry.problem.Problems;

/**
 * Binds the code of withheld cells to what the operator gives: the code must not be a value that
 * the operator is known to give. Values of the source that equal it are found while the rows are
 * read.
 */
final class WithheldBinder {

  /** Operators whose numbers are years and ages, none of which is below 0. */
  private static final Set<String> COUNTING = Set.of("age", "birth-year", "generalize");

  private final Problems problems;

  WithheldBinder(Problems problems) {
    this.problems = problems;
  }

  /** The code; empty when the rule names none, or none that its type can hold. */
  Optional<WithheldCode> bind(String column, OutputRule output, Operator operator) {
    Optional<WithheldCode> code =
        output.withheld().flatMap(word -> WithheldCode.of(operator.type(), word.value()));
    if (code.filter(known -> mayBeGiven(known, operator)).isPresent()) {
      problems.error(
          "WITHHELD_MEANS",
          output.withheld().map(WithPlace::place).orElse(output.place()),
          "the code of column "
              + SafeWord.word(column)
              + " is a value that '"
              + operator.name()
              + "' may give",
          operator.type().isBytes() ? "choose another word" : "choose a number below 0");
    }
    return code;
  }

  private static boolean mayBeGiven(WithheldCode code, Operator operator) {
    boolean counted =
        operator.type().kind() == FieldType.Kind.INTEGER
            && COUNTING.contains(operator.name())
            && code.number() >= 0;
    return counted || operator.note().parameters().containsValue(code.text());
  }
}
