package org.consentry.policy;

import java.util.List;
import java.util.Set;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.policy.MappingRule.Input;

/**
 * What targets demand of derived columns. A policy cannot see what an operator makes of its inputs,
 * so what must never be released must not be an input either, and what depends on the operator is a
 * warning that a person answers.
 */
final class DerivedDemands {

  private static final Set<ColumnKind> PLACES =
      Set.of(ColumnKind.TOWN, ColumnKind.AREA, ColumnKind.ZIP);

  private DerivedDemands() {}

  /** Every target but one of its own rules: what {@link #inputs} and {@link #fixedDates} find. */
  static void check(List<MappingRule> rules, Findings findings) {
    fixedDates(rules, findings);
    inputs(rules, findings);
  }

  /** Nothing is made of a direct identifier, a record's key or free text. */
  static void inputs(List<MappingRule> rules, Findings findings) {
    for (MappingRule rule : rules) {
      for (Input input : rule.inputs()) {
        if (input.isDirect()) {
          findings.own(
              rule,
              "DERIVED_IDENTIFIER",
              "is made of column '" + input.column() + "', which " + identifies(input),
              "make it of other columns, or drop it");
        } else if (input.isFreeText()) {
          freeText(rule, input, findings);
        }
      }
    }
  }

  /** No days are counted from or to a date that is the same for every person. */
  static void fixedDates(List<MappingRule> rules, Findings findings) {
    for (MappingRule rule : rules) {
      if (rule.countsDays()) {
        findings.add(
            rule,
            FindingCode.INTERVAL_FIXED_DATE,
            "an interval to a known date is a date",
            "counts days between two dates; where one of them is the same for every person, such as"
                + " the day of an export, the days reveal the other",
            "make sure that neither date is the same for every person, or use in: years");
      }
    }
  }

  private static String identifies(Input input) {
    return input.kind().isDirect()
        ? "by its name has " + input.kind().identifier().orElseThrow().title()
        : "identifies a person or a record";
  }

  private static void freeText(MappingRule rule, Input input, Findings findings) {
    if (rule.gives(FieldType.Kind.TEXT)) {
      findings.own(
          rule,
          "DERIVED_FREE_TEXT",
          "is text made of column '" + input.column() + "', which has free text",
          "declare type: code when its values come from a list, or drop it");
    } else {
      findings.own(
          rule,
          "DERIVED_OF_TEXT",
          "is made of column '" + input.column() + "', which has free text",
          "make sure that its values come from a list");
    }
  }

  /** Safe Harbor: (B) places, (C) dates and ages over 89. */
  static void safeHarbor(List<MappingRule> rules, Findings findings) {
    for (MappingRule rule : rules) {
      for (Input input : rule.inputs()) {
        if (input.kind() == ColumnKind.BIRTH) {
          birth(rule, input, findings);
        } else if (input.kind() == ColumnKind.DATE || input.kind() == ColumnKind.AGE) {
          date(rule, input, findings);
        } else if (PLACES.contains(input.kind())) {
          findings.own(
              rule,
              "DERIVED_AREA",
              Identifier.GEOGRAPHY.safeHarbor(),
              "is made of column '" + input.column() + "', which names places smaller than a state",
              "make sure that every answer is a state or larger");
        }
      }
    }
  }

  /** A number made of a birth date is an age or gives one. */
  private static void birth(MappingRule rule, Input input, Findings findings) {
    if (rule.gives(FieldType.Kind.CODE)) {
      findings.own(
          rule,
          "DERIVED_BIRTH_CODE",
          Identifier.DATES.safeHarbor(),
          "is made of column '" + input.column() + "', which has birth dates",
          "make sure that no answer reveals an age over 89");
      return;
    }
    findings.own(
        rule,
        "DERIVED_BIRTH",
        Identifier.DATES.safeHarbor(),
        "is made of column '"
            + input.column()
            + "', which has birth dates, and may reveal ages"
            + " over 89",
        "use age with topCode: 89, or birth-year");
  }

  private static void date(MappingRule rule, Input input, Findings findings) {
    if (rule.has(Effect.Interval.class)) {
      return;
    }
    findings.own(
        rule,
        "DERIVED_DATE",
        Identifier.DATES.safeHarbor(),
        "is made of column '"
            + input.column()
            + "', which has "
            + (input.kind() == ColumnKind.AGE ? "ages" : "dates"),
        "make sure that no answer reveals more of a date than the year, or an age over 89");
  }
}
