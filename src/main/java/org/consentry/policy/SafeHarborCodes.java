package org.consentry.policy;

import org.consentry.config.OutputRule.Role;
import org.consentry.data.Effect;
import org.consentry.data.Effect.CodeKind;

/**
 * Safe Harbor on codes, (R) and 164.514(c): a code may represent a person or a record, but none
 * that is derived from information about the person. A random code is derived from nothing. A
 * one-time code of a record's own number is accepted, because its key is destroyed and the number
 * reveals nothing of the person; a code of anything else is what it is a code of.
 */
final class SafeHarborCodes {

  private static final String CODES = "45 CFR 164.514(c)(1)";

  private SafeHarborCodes() {}

  /** Whether the column numbers persons or records, and nothing is left to report. */
  static boolean ofKey(MappingRule rule, Findings findings) {
    if (!rule.has(Effect.Code.class)) {
      return kept(rule, findings);
    }
    if (rule.hasCode(CodeKind.RANDOM)) {
      return true;
    }
    boolean persons = rule.uses().contains(MappingRule.Use.PERSON);
    if (!persons && !numbersRecords(rule)) {
      return false;
    }
    String becomes = "becomes a code that is derived from the identifier";
    if (rule.hasCode(CodeKind.KEYED)) {
      String remedy = persons ? "use code: random" : "use code: one-time";
      return findings.own(rule, "CODE_DERIVED", CODES, becomes, remedy);
    }
    return !persons
        || findings.own(
            rule, "CODE_DERIVED", CODES, "names persons and " + becomes, "use code: random");
  }

  /** A code of a column that is no key and that no other demand refuses. */
  static boolean ofOther(MappingRule rule, Findings findings) {
    return rule.has(Effect.Code.class)
        && findings.own(
            rule,
            "CODE_DERIVED",
            CODES,
            "is no record's key and becomes a code that is derived from its values",
            "declare role: linkage-key when it numbers records, or drop it");
  }

  private static boolean kept(MappingRule rule, Findings findings) {
    return (rule.joins() || rule.role() == Role.LINKAGE_KEY)
        && findings.own(
            rule,
            "KEY_KEPT",
            Identifier.OTHER.safeHarbor(),
            "is a record's key and is released otherwise than as a code",
            "use pseudonymize with code: random for persons, code: one-time for other records");
  }

  /**
   * Whether the column is a record's own number. A key that by its name is another number, such as
   * a {@code uid}, is the number of the record; one that by its name is a date, a place or any
   * identifier of (A) to (Q) is not.
   */
  private static boolean numbersRecords(MappingRule rule) {
    if (rule.role() == Role.DIRECT_IDENTIFIER || rule.isFreeText()) {
      return false;
    }
    boolean nothingElse = rule.kind().identifier().isEmpty();
    boolean anyNumber = nothingElse || rule.kind() == ColumnKind.OTHER_NUMBER;
    return rule.joins() ? anyNumber : nothingElse && rule.role() == Role.LINKAGE_KEY;
  }
}
