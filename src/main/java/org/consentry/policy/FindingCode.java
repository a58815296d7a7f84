package org.consentry.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.consentry.problem.Severity;

/**
 * Everything a policy may find. The names are stable: people acknowledge warnings by them. One that
 * begins with the short word of a target is found under that target alone.
 */
enum FindingCode {
  SH_CODE_DERIVED(Severity.ERROR),
  SH_KEY_KEPT(Severity.ERROR),
  SH_FREE_TEXT(Severity.ERROR),
  SH_IDENTIFIER(Severity.ERROR),
  SH_PART_OF_IDENTIFIER(Severity.ERROR),
  SH_ZIP(Severity.ERROR),
  SH_AREA(Severity.ERROR),
  SH_AREA_LISTED(Severity.ERROR),
  SH_DATE_SHIFT(Severity.ERROR),
  SH_AGE(Severity.ERROR),
  SH_BIRTH(Severity.ERROR),
  SH_DATE(Severity.ERROR),
  SH_INTERVAL_DAYS(Severity.ERROR),
  SH_INTERVAL_KEPT(Severity.WARNING),
  SH_ACTUAL_KNOWLEDGE(Severity.WARNING),
  SH_NUMBER_KEPT(Severity.WARNING),
  SH_TEXT_KEPT(Severity.WARNING),
  SH_DERIVED_IDENTIFIER(Severity.ERROR),
  SH_DERIVED_FREE_TEXT(Severity.ERROR),
  SH_DERIVED_OF_TEXT(Severity.WARNING),
  SH_DERIVED_BIRTH(Severity.ERROR),
  SH_DERIVED_BIRTH_CODE(Severity.WARNING),
  SH_DERIVED_DATE(Severity.WARNING),
  SH_DERIVED_AREA(Severity.WARNING),
  LDS_FREE_TEXT(Severity.ERROR),
  LDS_IDENTIFIER(Severity.ERROR),
  LDS_DERIVED_IDENTIFIER(Severity.ERROR),
  LDS_DERIVED_FREE_TEXT(Severity.ERROR),
  LDS_DERIVED_OF_TEXT(Severity.WARNING),
  ED_FREE_TEXT(Severity.ERROR),
  ED_IDENTIFIER(Severity.ERROR),
  ED_KEY_KEPT(Severity.ERROR),
  ED_SHIFT_ENDS(Severity.ERROR),
  ED_DERIVED_IDENTIFIER(Severity.ERROR),
  ED_DERIVED_FREE_TEXT(Severity.ERROR),
  ED_DERIVED_OF_TEXT(Severity.WARNING),
  GDPR_FREE_TEXT(Severity.ERROR),
  GDPR_IDENTIFIER(Severity.ERROR),
  GDPR_KEY_KEPT(Severity.ERROR),
  GDPR_SHIFT_ENDS(Severity.ERROR),
  GDPR_DERIVED_IDENTIFIER(Severity.ERROR),
  GDPR_DERIVED_FREE_TEXT(Severity.ERROR),
  GDPR_DERIVED_OF_TEXT(Severity.WARNING),
  DATE_TWICE(Severity.ERROR),
  DATE_TRUE_BESIDE_SHIFTED(Severity.WARNING),
  INTERVAL_FIXED_DATE(Severity.WARNING),
  INTERVAL_PAST_SPAN(Severity.WARNING),
  WHY_MISSING(Severity.ERROR);

  private final Severity severity;

  FindingCode(Severity severity) {
    this.severity = severity;
  }

  /** An error refuses the run; a warning is for a person to look at. */
  Severity severity() {
    return severity;
  }

  /** The code that one policy gives to what several find. */
  static FindingCode of(String shortWord, String what) {
    return valueOf(shortWord + "_" + what);
  }

  /** The code of that name. */
  static Optional<FindingCode> named(String name) {
    return Arrays.stream(values()).filter(code -> code.name().equals(name)).findFirst();
  }

  /** Names of all warnings, which are what can be acknowledged. */
  static List<String> warnings() {
    return Arrays.stream(values())
        .filter(code -> code.severity == Severity.WARNING)
        .map(Enum::name)
        .toList();
  }

  /** Whether a policy may find it: its own codes, and those that no policy calls its own. */
  boolean concerns(Policy policy) {
    return isOf(policy) || Policies.SHIPPED.all().stream().noneMatch(this::isOf);
  }

  private boolean isOf(Policy policy) {
    return name().startsWith(policy.shortWord() + "_");
  }
}
