package org.consentry.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Job.LegalBasis;
import org.consentry.data.Effect;
import org.consentry.data.Effect.PeriodUnit;
import org.consentry.data.FieldType;
import org.consentry.data.ReleaseDetail;

/**
 * HIPAA Safe Harbor, 45 CFR 164.514(b)(2): none of the eighteen identifiers is released. The other
 * half, no actual knowledge (ii), is the attestation of the job.
 */
final class SafeHarbor implements Policy {

  private static final LegalTarget TARGET =
      new LegalTarget(
          "safe-harbor",
          "SH",
          "45 CFR 164.514(b)(2)",
          Set.of(LegalBasis.AUTHORIZATION, LegalBasis.WAIVER, LegalBasis.DE_IDENTIFIED),
          Optional.of(
              "safe-harbor needs a person's word that there is no actual knowledge"
                  + " (45 CFR 164.514(b)(2)(ii))"),
          LegalTarget.Reference.YEAR_OF_RELEASE,
          LegalTarget.Risk.MAY_BE_MEASURED,
          ReleaseDetail.YEARS,
          FindingCode.of(
              "SH",
              ContentCheck.and(
                  "CODE_DERIVED",
                  "KEY_KEPT",
                  "FREE_TEXT",
                  "IDENTIFIER",
                  "PART_OF_IDENTIFIER",
                  "ZIP",
                  "AREA",
                  "AREA_LISTED",
                  "DATE_SHIFT",
                  "AGE",
                  "BIRTH",
                  "DATE",
                  "INTERVAL_DAYS",
                  "DERIVED_IDENTIFIER",
                  "DERIVED_FREE_TEXT",
                  "DERIVED_BIRTH"),
              List.of(
                  "INTERVAL_KEPT",
                  "ACTUAL_KNOWLEDGE",
                  "NUMBER_KEPT",
                  "TEXT_KEPT",
                  "DERIVED_OF_TEXT",
                  "DERIVED_BIRTH_CODE",
                  "DERIVED_DATE",
                  "DERIVED_AREA")));

  private static final String DATES = Identifier.DATES.safeHarbor();

  @Override
  public LegalTarget target() {
    return TARGET;
  }

  @Override
  public PolicyReport check(PolicyInput input) {
    List<MappingRule> rules = MappingRules.of(input);
    Findings findings = new Findings(this);
    SafeHarborAges ages = SafeHarborAges.beside(rules);
    SafeHarborIntervals intervals = SafeHarborIntervals.beside(rules);
    for (MappingRule rule : rules) {
      if (!rule.removesAll()) {
        check(rule, ages, intervals, findings);
      }
    }
    DerivedDemands.fixedDates(
        rules.stream().filter(rule -> !intervals.refuses(rule)).toList(), findings);
    DerivedDemands.inputs(rules, findings);
    DerivedDemands.safeHarbor(rules, findings);
    return findings.report(input, rules);
  }

  /** Reports the first demand that is not met; one rule has one remedy. */
  private static void check(
      MappingRule rule, SafeHarborAges ages, SafeHarborIntervals intervals, Findings findings) {
    boolean reported =
        SafeHarborCodes.ofKey(rule, findings)
            || freeText(rule, findings)
            || direct(rule, findings)
            || SafeHarborPlaces.check(rule, findings)
            || shift(rule, findings)
            || ages.check(rule, findings)
            || birth(rule, findings)
            || date(rule, findings)
            || intervals.check(rule, findings)
            || SafeHarborCodes.ofOther(rule, findings);
    if (!reported) {
      intervals.doubt(rule, findings);
      doubts(rule, findings);
    }
  }

  private static boolean freeText(MappingRule rule, Findings findings) {
    return rule.isFreeText()
        && findings.own(
            rule,
            "FREE_TEXT",
            "45 CFR 164.514(b)(2)(i)",
            "has free text, which may contain any identifier",
            "drop or redact it");
  }

  private static boolean direct(MappingRule rule, Findings findings) {
    if (!rule.isDirect()) {
      return false;
    }
    String citation = rule.kind().identifier().orElse(Identifier.OTHER).safeHarbor();
    if (rule.has(Effect.TruePart.class)) {
      return findings.own(
          rule,
          "PART_OF_IDENTIFIER",
          citation,
          rule.identifies() + "; a part of an identifier is an identifier",
          "drop it");
    }
    return findings.own(
        rule,
        "IDENTIFIER",
        citation,
        rule.identifies() + " and is released",
        "drop it; if the name misleads, rename the column in the source");
  }

  /** A shifted day is still derived from the true one. */
  private static boolean shift(MappingRule rule, Findings findings) {
    return rule.has(Effect.ShiftedDate.class)
        && findings.own(
            rule,
            "DATE_SHIFT",
            DATES,
            "is released as a shifted date, which is still an element of a date",
            "use generalize with to: year, or another target");
  }

  /** (C): the year of birth of people over 89 is one category. */
  private static boolean birth(MappingRule rule, Findings findings) {
    boolean allowed = rule.hasPeriod(PeriodUnit.BIRTH_YEAR);
    return rule.kind() == ColumnKind.BIRTH
        && (allowed
            || findings.own(
                rule,
                "BIRTH",
                DATES,
                "has birth dates and is released otherwise than by birth-year, which hides the"
                    + " years of people over 89",
                "use birth-year, or drop it"));
  }

  /** (C): of dates, the year alone. */
  private static boolean date(MappingRule rule, Findings findings) {
    boolean year = rule.hasPeriod(PeriodUnit.YEAR, PeriodUnit.BIRTH_YEAR);
    boolean shorter = rule.has(Effect.Period.class) && !year;
    boolean otherwise = rule.kind() == ColumnKind.DATE && !year;
    return (shorter || otherwise || rule.givesDays())
        && findings.own(
            rule,
            "DATE",
            DATES,
            "releases more of a date than the year",
            "use generalize with to: year, or drop it");
  }

  /** What is not on the list but may identify all the same (164.514(b)(2)(ii)). */
  private static void doubts(MappingRule rule, Findings findings) {
    Optional<String> doubt =
        switch (rule.kind()) {
          case PROVIDER -> Optional.of("names staff, by whom patients may be found");
          case OCCUPATION -> Optional.of("has occupations; a rare one identifies a person");
          default -> Optional.empty();
        };
    doubt.ifPresent(
        text ->
            findings.own(
                rule,
                "ACTUAL_KNOWLEDGE",
                "45 CFR 164.514(b)(2)(ii)",
                text,
                "drop it, or generalize it"));
    if (rule.has(Effect.TrueValue.class)
        && rule.kind() == ColumnKind.NOTHING_KNOWN
        && ColumnNames.isNumber(rule.column())) {
      findings.own(
          rule,
          "NUMBER_KEPT",
          Identifier.OTHER.safeHarbor(),
          "by its name has numbers of something and is kept as it is",
          "make sure that no number is one person's, or drop it");
    }
    if (doubt.isEmpty() && rule.has(Effect.TrueValue.class) && rule.gives(FieldType.Kind.TEXT)) {
      findings.own(
          rule,
          "TEXT_KEPT",
          "45 CFR 164.514(b)(2)(i)",
          "is kept as text, which may contain any identifier",
          "declare type: code when its values come from a list, or drop it");
    }
  }
}
