package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consentry.data.FieldType;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;

/** Which rules files and inputs the service class takes, and which cells the rules see. */
final class ServiceClassBindTest {

  private static final RuleContext.Output CLASS = output("class", FieldType.CODE);
  private static final RuleContext.Output BASIS = output("basis", FieldType.CODE);

  private final Problems problems = new Problems();

  private static RuleContext.Output output(String of, FieldType type) {
    return new RuleContext.Output(of, of, type, Context.PLACE);
  }

  private Optional<Operator> bind(
      String rules, char separator, Map<String, List<String>> from, RuleContext.Output... outputs) {
    List<RuleContext.Bound> inputs = new ArrayList<>();
    for (OperatorFactory.Input input : new ServiceClassOperator().inputs()) {
      List<InputSource> sources = new ArrayList<>();
      for (String column : from.getOrDefault(input.name(), List.of())) {
        sources.add(
            column.equals("subject.birthDate")
                ? new InputSource.OfSubject(SubjectAttribute.BIRTH_DATE)
                : new InputSource.OfRow(column));
      }
      inputs.add(new RuleContext.Bound(input.name(), sources));
    }
    RuleContext context =
        Context.of(
            Context.mapping(OperatorFixtures.REFERENCE, Map.of("rules.yaml", rules)),
            "procedures",
            inputs,
            List.of(outputs));
    return new ServiceClassOperator()
        .bind(new ServiceClassOperator.Config("rules.yaml", separator), context, problems);
  }

  private List<String> found() {
    return problems.list().stream().map(Problem::toString).toList();
  }

  private static Map<String, List<String>> codes() {
    return Map.of("procedure", List.of("cpt"), "diagnoses", List.of("icd"));
  }

  @Test
  void refusesARulesFileWithAFault() {
    assertThat(bind(Rules.small("codes: [40700]", "codes: [4070]"), '|', codes(), CLASS)).isEmpty();
    assertThat(found()).singleElement().asString().contains("IMPOSSIBLE_CODE");
  }

  @Test
  void refusesARulesFileThatIsNoYaml() {
    assertThat(bind("rules: [", '|', codes(), CLASS)).isEmpty();
    assertThat(problems.hasErrors()).isTrue();
  }

  @Test
  void refusesARulesFileWithACaseThatFails() {
    String text =
        Rules.small()
            + "cases: [{procedure: 15780, diagnoses: Z41.1, class: COSMETIC, basis: PLAN}]\n";

    assertThat(bind(text, '|', codes(), CLASS)).isEmpty();
    assertThat(found())
        .singleElement()
        .asString()
        .endsWith(
            "error CASE the case wants COSMETIC PLAN but the rules give COSMETIC WANTED; change the"
                + " case or the rules");
  }

  @Test
  void takesARulesFileWithAWarningAndReportsIt() {
    String text =
        Rules.small(
            "mandates: {}",
            "  more: {kind: diagnosis, codes: [N62], source: none, asOf: 2026-01-01}\nmandates: {}");

    assertThat(bind(text, '|', codes(), CLASS)).isPresent();
    assertThat(found()).singleElement().asString().contains("warning UNUSED_SET");
  }

  @Test
  void refusesATextWhereACodeIsGiven() {
    assertThat(bind(Rules.small(), '|', codes(), output("class", FieldType.TEXT))).isEmpty();
    assertThat(problems.list()).extracting(Problem::code).containsExactly("TYPE_MISMATCH");
  }

  @Test
  void refusesAnInputOfTheSubject() {
    Map<String, List<String>> from =
        Map.of("procedure", List.of("cpt"), "diagnoses", List.of("icd", "subject.birthDate"));

    assertThat(bind(Rules.small(), '|', from, CLASS)).isEmpty();
    assertThat(problems.list()).extracting(Problem::code).containsExactly("SUBJECT_INPUT");
  }

  @Test
  void readsDiagnosesOfSeveralColumnsAndOfOneCell() {
    Operator operator =
        bind(
                Rules.small(),
                ';',
                Map.of("procedure", List.of("cpt"), "diagnoses", List.of("icd1", "icd2")),
                CLASS,
                BASIS)
            .orElseThrow();
    Rows rows =
        Rows.of(
            new String[] {"15780", "N62", "Z41.1"},
            new String[] {"15780", "N62;Z41.1", ""},
            new String[] {"15780", ";;N62; z411 ;", ""},
            new String[] {"15780", "N62|Z41.1", ""},
            new String[] {"15780", "N62", ""},
            new String[] {"", "Z41.1", ""});

    assertThat(rows.transform(operator.open(new MacKeys())))
        .extracting(cells -> cells.values().stream().map(Optional::orElseThrow).toList())
        .containsExactly(
            List.of("COSMETIC", "WANTED"),
            List.of("COSMETIC", "WANTED"),
            List.of("COSMETIC", "WANTED"),
            List.of("INDETERMINATE", "DIAGNOSIS_UNREADABLE"),
            List.of("INDETERMINATE", "NO_RULE"),
            List.of("INDETERMINATE", "PROCEDURE_MISSING"));
  }

  @Test
  void readsTheStateTheImpairmentAndTheBenefitsOfTheRow() {
    String rules =
        Rules.small(
                "mandates: {}",
                "mandates: {X: {states: CA, procedures: repaired, source: none, asOf: 2026-01-01}}")
            .replace(
                "benefits: {}",
                "benefits: {G: {languages: mean, diagnoses: born, source: none, asOf: 2026-01-01}}")
            .replace(
                "  - {rule: 4,",
                "  - {rule: 3a, class: COSMETIC, basis: NO_NEED, when: {functional: no}}\n"
                    + "  - {rule: 4,");
    Map<String, List<String>> from =
        Map.of(
            "procedure", List.of("cpt"),
            "diagnoses", List.of("icd"),
            "functional", List.of("f"),
            "state", List.of("s"),
            "benefits", List.of("b"));
    Operator operator = bind(rules, '|', from, BASIS).orElseThrow();

    assertThat(
            Rows.of(
                    new String[] {"40700", "N62", "yes", "CA", "mean"},
                    new String[] {"40700", "Q36", "yes", "AZ", "mean"},
                    new String[] {"40700", "Q36", "no", "AZ", "generous"},
                    new String[] {"40700", "Q36", "yes", "AZ", "generous"})
                .transform(operator.open(new MacKeys())))
        .extracting(cells -> cells.values().get(0).orElseThrow())
        .containsExactly("LAW", "PLAN", "NO_NEED", "NO_RULE");
  }

  @Test
  void reportsWhatItDoesInTheCodebook() {
    Operator operator =
        bind(Rules.small(), '|', codes(), CLASS, output("version", FieldType.INTEGER), BASIS)
            .orElseThrow();

    assertThat(operator.name()).isEqualTo("service-class");
    assertThat(operator.counted()).containsExactlyInAnyOrder(0, 2);
    assertThat(operator.notes())
        .extracting(note -> note.done())
        .containsExactly(
            "The class that the rule set gives the line. The class is a label for research, never a"
                + " coverage decision.",
            "The version of the rule set. The class is a label for research, never a coverage"
                + " decision.",
            "The rule that decided the class, or the input that was not known. The class is a label"
                + " for research, never a coverage decision.");
    assertThat(operator.notes().get(0).parameters())
        .containsExactly(
            Map.entry("diagnoses", "icd"),
            Map.entry("procedure", "cpt"),
            Map.entry("ruleSet", "small"),
            Map.entry("sha256", "0".repeat(64)),
            Map.entry("version", "1"));
  }

  @Test
  void declaresItsInputsAndOutputs() {
    ServiceClassOperator factory = new ServiceClassOperator();

    assertThat(factory.isOfColumn()).isFalse();
    assertThat(factory.inputs())
        .extracting(input -> input.name() + " " + input.takes())
        .containsExactly(
            "procedure ONE",
            "diagnoses MANY",
            "functional ONE_OR_NONE",
            "state ONE_OR_NONE",
            "benefits ONE_OR_NONE");
    assertThat(factory.outputs()).containsExactly("class", "basis", "rules", "version", "reason");
    assertThat(new Keep().isOfColumn()).isTrue();
    assertThat(new Keep().outputs()).containsExactly("value");
    assertThat(new Interval().outputs()).containsExactly("interval");
  }
}
