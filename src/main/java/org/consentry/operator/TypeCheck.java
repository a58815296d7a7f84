package org.consentry.operator;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.consentry.data.FieldType;
import org.consentry.problem.Problems;

/** Compares the types and inputs that a rule declares with what an operator gives and takes. */
final class TypeCheck {

  private TypeCheck() {}

  /**
   * Whether the declared type is among the kinds an operator gives.
   *
   * @param what the operator as the mapping writes it
   * @param problems receives {@code TYPE_MISMATCH} when it is not
   */
  static boolean accepts(
      String what, RuleContext context, Problems problems, FieldType.Kind... kinds) {
    RuleContext.Output output = context.outputs().get(0);
    FieldType type = output.type();
    if (Arrays.asList(kinds).contains(type.kind())) {
      return true;
    }
    String expected = Arrays.stream(kinds).map(TypeCheck::word).collect(Collectors.joining(" or "));
    problems.error(
        "TYPE_MISMATCH",
        output.place(),
        "'" + what + "' gives type " + expected + " but the rule declares " + type,
        "declare type: " + word(kinds[0]));
    return false;
  }

  /**
   * Whether every input is a column of the row.
   *
   * @param what the operator as the mapping writes it
   * @param problems receives {@code SUBJECT_INPUT} when one is not
   */
  static boolean readsRowsOnly(String what, RuleContext context, Problems problems) {
    boolean rows = context.reads().stream().allMatch(InputSource.OfRow.class::isInstance);
    if (!rows) {
      problems.error(
          "SUBJECT_INPUT",
          context.place(),
          "'" + what + "' reads columns of the row, and nothing of the subject",
          "name a column of the table");
    }
    return rows;
  }

  private static String word(FieldType.Kind kind) {
    return switch (kind) {
      case TEXT -> "text";
      case CODE -> "code";
      case INTEGER -> "integer";
      case DECIMAL -> "decimal(p,s)";
      case DATE -> "date";
      case TIMESTAMP -> "timestamp";
    };
  }
}
