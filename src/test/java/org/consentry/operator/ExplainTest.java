package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a line came to its label, test by test, without any cell of it. */
final class ExplainTest {

  private static final String MANDATES =
      "mandates: {X: {states: [CA, NM], procedures: repaired, source: none, asOf: 2026-01-01},"
          + " Y: {diagnoses: born, source: none, asOf: 2026-01-01}}";
  private static final String BENEFITS =
      "benefits: {G: {languages: [generous, mean], diagnoses: born, source: none, asOf:"
          + " 2026-01-01}, H: {languages: mean, procedures: listed, source: none, asOf:"
          + " 2026-01-01}}";

  private static RuleFile rules() {
    return Rules.valid(
        Rules.small("mandates: {}", MANDATES)
            .replace("benefits: {}", BENEFITS)
            .replace(
                "  - {rule: 4, class: INDETERMINATE",
                "  - {rule: 3a, class: COSMETIC, basis: NO_NEED, when: [{procedure: listed,"
                    + " notDiagnosis: born, functional: [no, unknown]}, {mandate: any-federal,"
                    + " notProcedure: repaired}]}\n"
                    + "  - {rule: 4, class: INDETERMINATE"));
  }

  @Test
  void listsEveryTestUpToTheRuleThatDecides() {
    assertThat(explained(rules(), Rules.row("15780", "Z41.1", "yes", "ca", " Mean ")))
        .containsExactly(
            "procedure: known, in listed",
            "diagnoses: known, in wanted",
            "functional impairment: yes",
            "state: CA",
            "benefits language: mean",
            "1 WANTED COSMETIC: YES",
            "  procedure in listed: YES, a diagnosis in wanted: YES",
            "= COSMETIC WANTED BY_RULE, rule 1");
  }

  @Test
  void listsWhatIsNotKnown() {
    assertThat(explained(rules(), Rules.row("15781", "L57.0", "", "", "")))
        .containsExactly(
            "procedure: known, in listed",
            "diagnoses: known",
            "functional impairment: unknown",
            "state: unknown",
            "benefits language: unknown",
            "1 WANTED COSMETIC: NO",
            "  procedure in listed: YES, a diagnosis in wanted: NO",
            "2 LAW RECONSTRUCTIVE_BY_BENEFIT: NO",
            "  procedure in repaired: NO, mandate any-state covers it: NO",
            "3 PLAN RECONSTRUCTIVE_BY_BENEFIT: NO",
            "  a diagnosis in born: NO, benefit any covers it: UNKNOWN",
            "3a NO_NEED COSMETIC: YES",
            "  procedure in listed: YES, not: a diagnosis in born: YES, functional impairment is no"
                + " or unknown: YES",
            "  not: procedure in repaired: YES, mandate any-federal covers it: NO",
            "= COSMETIC NO_NEED BY_RULE, rule 3a");
  }

  @Test
  void aCodeOfNoSetIsReadAndUnknown() {
    assertThat(explained(rules(), Rules.row("99213", "?|Q36", "no", "QQ", "unheard-of")))
        .containsExactly(
            "procedure: unknown",
            "diagnoses: partly, in born",
            "functional impairment: no",
            "state: unknown",
            "benefits language: unknown",
            "1 WANTED COSMETIC: NO",
            "  procedure in listed: NO, a diagnosis in wanted: UNKNOWN",
            "2 LAW RECONSTRUCTIVE_BY_BENEFIT: NO",
            "  procedure in repaired: NO, mandate any-state covers it: NO",
            "3 PLAN RECONSTRUCTIVE_BY_BENEFIT: UNKNOWN",
            "  a diagnosis in born: YES, benefit any covers it: UNKNOWN",
            "3a NO_NEED COSMETIC: YES",
            "  procedure in listed: NO, not: a diagnosis in born: NO, functional impairment is no or"
                + " unknown: YES",
            "  not: procedure in repaired: YES, mandate any-federal covers it: YES",
            "= INDETERMINATE BENEFITS_UNKNOWN BENEFITS_UNKNOWN, rule ");
  }

  @Test
  void aRuleWithoutTestsAlwaysApplies() {
    RuleFile rules = Rules.valid(Rules.small());

    assertThat(explained(rules, Rules.row("40700", "Q36.9", "", "CA", "generous")))
        .containsExactly(
            "procedure: known, in repaired",
            "diagnoses: known, in born",
            "functional impairment: unknown",
            "state: CA",
            "benefits language: generous",
            "1 WANTED COSMETIC: NO",
            "  procedure in listed: NO, a diagnosis in wanted: NO",
            "2 LAW RECONSTRUCTIVE_BY_BENEFIT: NO",
            "  procedure in repaired: YES, mandate any-state covers it (none is listed): NO",
            "3 PLAN RECONSTRUCTIVE_BY_BENEFIT: NO",
            "  a diagnosis in born: YES, benefit any covers it (none is listed): NO",
            "4 NO_RULE INDETERMINATE: YES",
            "  ",
            "= INDETERMINATE NO_RULE BY_RULE, rule 4");
  }

  @Test
  void namesTheInputsThatHaveNoUsableCode() {
    RuleFile rules =
        Rules.valid(
            Rules.small(
                "when: {procedure: listed, diagnosis: wanted}",
                "when: [{procedure: listed, diagnosis: wanted}, {missing: procedure}, {missing:"
                    + " diagnosis}]"));

    assertThat(explained(rules, Rules.row("", "?", "", "", "")))
        .containsExactly(
            "procedure: missing",
            "diagnoses: unreadable",
            "functional impairment: unknown",
            "state: unknown",
            "benefits language: unknown",
            "1 WANTED COSMETIC: YES",
            "  procedure in listed: UNKNOWN, a diagnosis in wanted: UNKNOWN",
            "  the procedure code is missing, unreadable, retired or in no set: YES",
            "  there is no readable diagnosis code: YES",
            "= COSMETIC WANTED BY_RULE, rule 1");
    assertThat(explained(rules, Rules.row("15780", "Z41.8", "", "", "")))
        .contains(
            "1 WANTED COSMETIC: NO",
            "  the procedure code is missing, unreadable, retired or in no set: NO",
            "  there is no readable diagnosis code: NO");
  }

  @Test
  void severalMandatesAreAskedTogether() {
    String mandates =
        "mandates: {X: {states: CA, procedures: repaired, source: none, asOf: 2026-01-01}, Z:"
            + " {states: NM, diagnoses: born, source: none, asOf: 2026-01-01}}";
    RuleFile rules = Rules.valid(Rules.small("mandates: {}", mandates));

    assertThat(Rules.label(rules, Rules.row("40700", "L57.0", "", "CA", "")))
        .isEqualTo("RECONSTRUCTIVE_BY_BENEFIT LAW");
    assertThat(Rules.label(rules, Rules.row("40700", "L57.0", "", "NM", "")))
        .isEqualTo("INDETERMINATE NO_RULE");
    assertThat(Rules.label(rules, Rules.row("40700", "Q36", "", "NM", "")))
        .isEqualTo("RECONSTRUCTIVE_BY_BENEFIT LAW");
    assertThat(Rules.label(rules, Rules.row("40700", "Q36", "", "TX", "")))
        .isEqualTo("INDETERMINATE NO_RULE");
    assertThat(Rules.label(rules, Rules.row("40700", "?", "", "NM", "")))
        .isEqualTo("INDETERMINATE DIAGNOSIS_UNREADABLE");
    assertThat(Rules.label(rules, Rules.row("40700", "", "", "NM", "")))
        .isEqualTo("INDETERMINATE DIAGNOSIS_MISSING");
    assertThat(Rules.label(rules, Rules.row("40700", "?", "", "", "")))
        .as("the first mandate that may cover it: its state is not known")
        .isEqualTo("INDETERMINATE STATE_UNKNOWN");
  }

  @Test
  void aBenefitComesWithItsLanguageAlone() {
    RuleFile rules = rules();

    assertThat(Rules.label(rules, Rules.row("15780", "Q36", "", "", "generous")))
        .isEqualTo("RECONSTRUCTIVE_BY_BENEFIT PLAN");
    assertThat(Rules.label(rules, Rules.row("15780", "Q36", "", "", "")))
        .isEqualTo("INDETERMINATE BENEFITS_UNKNOWN");
  }

  @Test
  void aBenefitThatIsNamedIsThatOneAlone() {
    RuleFile rules =
        Rules.valid(Rules.small("benefits: {}", BENEFITS).replace("benefit: any}", "benefit: H}"));

    assertThat(Rules.label(rules, Rules.row("15780", "Q36", "", "", "mean")))
        .isEqualTo("RECONSTRUCTIVE_BY_BENEFIT PLAN");
    assertThat(Rules.label(rules, Rules.row("15780", "Q36", "", "", "generous")))
        .as("only the other benefit has the language")
        .isEqualTo("INDETERMINATE NO_RULE");
  }

  @Test
  void theFirstRuleThatMayApplyNamesTheInputToBlame() {
    String benefits = "benefits: {G: {languages: mean, source: none, asOf: 2026-01-01}}";
    RuleFile rules =
        Rules.valid(
            Rules.small("benefits: {}", benefits)
                .replace("{diagnosis: born, benefit: any}", "{notDiagnosis: born, benefit: any}"));

    assertThat(Rules.label(rules, Rules.row("15780", "?", "", "", "")))
        .isEqualTo("INDETERMINATE DIAGNOSIS_UNREADABLE");
    assertThat(Rules.label(rules, Rules.row("15780", "N62", "", "", "")))
        .isEqualTo("INDETERMINATE BENEFITS_UNKNOWN");
  }

  @Test
  void anAlternativeThatCannotApplyIsNotToBlame() {
    RuleFile rules =
        Rules.valid(
            Rules.small("mandates: {}", MANDATES)
                .replace(
                    "{procedure: listed, diagnosis: wanted}",
                    "[{procedure: listed, diagnosis: wanted}, {procedure: repaired, mandate: X}]")
                .replace("{procedure: repaired, mandate: any-state}", "{functional: yes}"));

    assertThat(Rules.label(rules, Rules.row("40700", "?", "", "", "")))
        .isEqualTo("INDETERMINATE STATE_UNKNOWN");
  }

  @Test
  void aRuleOfAnotherClassThatDoesNotApplyChangesNothing() {
    String between =
        "  - {rule: 2a, class: COSMETIC, basis: BETWEEN, when: {procedure: listed, functional:"
            + " yes}}\n  - {rule: 3,";
    RuleFile rules =
        Rules.valid(
            Rules.small("mandates: {}", MANDATES)
                .replace("benefits: {}", BENEFITS)
                .replace("  - {rule: 3,", between));

    assertThat(Rules.label(rules, Rules.row("40700", "Q36.9", "yes", "", "generous")))
        .isEqualTo("RECONSTRUCTIVE_BY_BENEFIT PLAN");
  }

  @Test
  void aRetiredCodeIsNoUsableProcedure() {
    RuleFile rules = Rules.shipped();

    assertThat(explained(rules, Rules.row("19324", "Z41.1", "", "", "")))
        .contains("procedure: retired", "= INDETERMINATE MISSING_CODE PROCEDURE_RETIRED, rule 1");
  }

  private static List<String> explained(RuleFile rules, ServiceInput row) {
    ServicePath path = rules.explain(row);
    List<String> lines = new ArrayList<>();
    path.inputs().forEach(input -> lines.add(input.name() + ": " + input.read()));
    for (ServicePath.Step step : path.steps()) {
      lines.add(
          step.rule() + " " + step.basis() + " " + step.serviceClass() + ": " + step.answer());
      step.alternatives()
          .forEach(
              asked ->
                  lines.add(
                      "  "
                          + String.join(
                              ", ",
                              asked.stream()
                                  .map(one -> one.words() + ": " + one.answer())
                                  .toList())));
    }
    ServiceLabel label = path.label();
    assertThat(label).isEqualTo(rules.classify(row));
    lines.add(
        "= "
            + label.serviceClass()
            + " "
            + label.basis()
            + " "
            + label.reason()
            + ", rule "
            + label.rule());
    return lines;
  }
}
