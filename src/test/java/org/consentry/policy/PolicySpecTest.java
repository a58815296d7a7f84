package org.consentry.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.consentry.config.Binder;
import org.consentry.config.Binding.Default;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Mapping;
import org.consentry.config.OutputRule;
import org.consentry.config.TableRule;
import org.consentry.config.YamlFile;
import org.consentry.data.BirthForm;
import org.consentry.data.ClinicDates;
import org.consentry.data.CodeForm;
import org.consentry.data.Effect;
import org.consentry.data.SourceCalendar;
import org.consentry.data.ValueList;
import org.consentry.operator.Attachments;
import org.consentry.operator.InputSource;
import org.consentry.operator.MappingContext;
import org.consentry.operator.Operator;
import org.consentry.operator.OperatorFactory;
import org.consentry.operator.Operators;
import org.consentry.operator.RuleContext;
import org.consentry.operator.SubjectSlots;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;
import org.consentry.testing.Specs;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every target refuses and doubts: columns of a table of visits, and what is found. A finding
 * reads as a person sees it, without the place.
 */
final class PolicySpecTest {

  /** Operators that may replace values by a list. */
  private static final Set<String> LISTS = Set.of("recode", "generalize");

  /** Lines before the columns of a case: two tables, one of them with the person's birth date. */
  private static final String HEAD =
      """
      mapping: spec
      version: 1
      subjects: {table: patients, key: patient_id, birthDate: born, deathDate: died}
      tables:
        patients:
          subject: patient_id
          key: [patient_id]
          category: DEMOGRAPHIC
          timeless: one row a person
          columns:
            patient_id: {role: linkage-key, do: drop}
            died: {role: quasi-identifier, do: drop}
            born: %s
        visits:
          subject: patient_id
          key: [visit_id]
          recordDate: [seen]
          category: VISIT
          columns:
      """;

  record Spec(String target, List<Case> cases) {}

  record Case(
      String rule,
      String columns,
      @Default("{role: quasi-identifier, do: drop}") String born,
      Optional<String> derive,
      @MayBeEmpty Map<String, String> files,
      @Default("no-reason-asked") PolicyInput.Necessity necessity,
      @MayBeEmpty List<String> finds) {}

  @TestFactory
  Stream<DynamicNode> keepsTheSpec() throws IOException {
    return specs().tests(Spec::cases, Case::rule, (spec, each) -> run(spec.target(), each));
  }

  @Test
  void everyTargetHasASpec() throws IOException {
    List<String> specified = specs().topics(Spec::target);

    assertThat(Policies.SHIPPED.all())
        .extracting(policy -> policy.target().word())
        .containsExactlyInAnyOrderElementsOf(specified);
  }

  private static Specs<Spec> specs() throws IOException {
    return Specs.read("policy", Spec.class);
  }

  private static void run(String target, Case each) {
    String derive = each.derive().map(rules -> "    derive:\n" + rules.indent(6)).orElse("");
    Mapping mapping = mapping(HEAD.replace("%s", each.born()) + each.columns().indent(6) + derive);

    PolicyReport report =
        Policies.SHIPPED
            .named(target)
            .orElseThrow()
            .check(
                new PolicyInput(
                    mapping,
                    List.of(),
                    each.necessity(),
                    Operators.SHIPPED.effects(mapping),
                    listings(mapping, each)));

    assertThat(report.problems())
        .extracting(problem -> problem.toString().replaceFirst("^m.yaml:\\d+:\\d+: ", ""))
        .containsExactlyElementsOf(each.finds());
  }

  /** The lists of a case, as the plan of a job would read them. */
  private static Map<Place, ValueList> listings(Mapping mapping, Case each) {
    Map<Place, ValueList> listings = new HashMap<>();
    for (TableRule table : mapping.tables().values()) {
      table.columns().values().stream()
          .flatMap(column -> column.outputs().stream())
          .forEach(
              output ->
                  Operators.SHIPPED
                      .named(output.operator().value())
                      .filter(factory -> LISTS.contains(factory.name()))
                      .flatMap(factory -> bind(factory, output, each))
                      .flatMap(Operator::listing)
                      .ifPresent(list -> listings.put(output.operator().place(), list)));
    }
    return listings;
  }

  private static <C extends Record> Optional<Operator> bind(
      OperatorFactory<C> factory, OutputRule output, Case each) {
    Problems unread = new Problems();
    RuleContext context =
        new RuleContext(
            new MappingContext(
                "patient",
                Set.of(),
                CodeForm::usual,
                Set.of(),
                BirthForm.DATE,
                ClinicDates.NO_ZONE,
                LocalDate.of(2026, 11, 1),
                SourceCalendar.usual(LocalDate.of(2026, 11, 1)),
                new SubjectSlots() {
                  @Override
                  public int code(String domain, Effect.CodeKind kind, CodeForm form) {
                    return 0;
                  }

                  @Override
                  public int shift(int maxDays, Unit unit, Place place) {
                    return 0;
                  }
                },
                name ->
                    Optional.ofNullable(each.files().get(name))
                        .map(text -> new Attachments.Attachment(name, text, "0".repeat(64))),
                MappingContext.Written.USUAL),
            "visits",
            "patient",
            List.of(new RuleContext.Bound("column", List.of(new InputSource.OfRow("column")))),
            List.of(
                new RuleContext.Output(
                    "value", "column", output.type().orElseThrow().value().type(), output.place())),
            output.place());
    return Binder.bind(
            output.settings(), output.place(), factory.config(), OutputRule.commonKeys(), unread)
        .flatMap(config -> factory.bind(config, context, unread));
  }

  static Mapping mapping(String text) {
    Problems problems = new Problems();
    Optional<Mapping> mapping =
        YamlFile.parse(text.getBytes(StandardCharsets.UTF_8), "m.yaml", problems)
            .flatMap(yaml -> Binder.bind(yaml.root(), Mapping.class, problems));
    problems.throwIfAny(Category.FILES_INVALID);
    return mapping.orElseThrow();
  }

  /** All tables of a mapping, with the effects of its operators, for a job that asks no reasons. */
  static PolicyInput input(Mapping mapping) {
    return new PolicyInput(
        mapping,
        List.of(),
        PolicyInput.Necessity.NO_REASON_ASKED,
        Operators.SHIPPED.effects(mapping),
        Map.of());
  }
}
