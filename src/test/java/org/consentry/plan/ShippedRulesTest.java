package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.consentry.config.Binder;
import org.consentry.config.Mapping;
import org.consentry.config.MappingFile;
import org.consentry.config.OutputRule;
import org.consentry.config.TableRule;
import org.consentry.data.BirthForm;
import org.consentry.data.ClinicDates;
import org.consentry.data.CodeForm;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.data.SourceCalendar;
import org.consentry.operator.Attachments;
import org.consentry.operator.InputSource;
import org.consentry.operator.MappingContext;
import org.consentry.operator.Operator;
import org.consentry.operator.OperatorFactory;
import org.consentry.operator.Operators;
import org.consentry.operator.RuleContext;
import org.consentry.operator.SubjectAttribute;
import org.consentry.operator.SubjectSlots;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of the shipped mappings is taken by the operator it names. */
final class ShippedRulesTest {

  @ParameterizedTest
  @MethodSource("mappings")
  void everyRuleIsTakenByItsOperator(Path file) {
    Problems problems = new Problems();
    Mapping mapping = MappingFile.read(file, file.toString(), problems).orElseThrow().mapping();

    mapping
        .tables()
        .forEach(
            (table, rule) ->
                rule.columns()
                    .forEach(
                        (column, outputs) ->
                            outputs
                                .outputs()
                                .forEach(output -> bind(table, rule, column, output, problems))));

    assertThat(problems.list()).map(Problem::toString).isEmpty();
  }

  private static void bind(
      String table, TableRule rule, String column, OutputRule output, Problems problems) {
    Optional<OperatorFactory<?>> factory = Operators.SHIPPED.named(output.operator().value());
    assertThat(factory).as("%s.%s", table, column).isPresent();
    FieldType type = output.type().map(each -> each.value().type()).orElse(FieldType.TEXT);
    RuleContext context =
        new RuleContext(
            new MappingContext(
                "patient",
                Set.of(),
                CodeForm::usual,
                Set.of(SubjectAttribute.values()),
                BirthForm.DATE,
                ClinicDates.NO_ZONE,
                LocalDate.of(2026, 11, 1),
                SourceCalendar.usual(LocalDate.of(2026, 11, 1)),
                new OneSlot(),
                Attachments.NONE,
                MappingContext.Written.USUAL),
            table,
            rule.subject().value(),
            List.of(new RuleContext.Bound("column", List.of(new InputSource.OfRow(column)))),
            List.of(new RuleContext.Output("value", column, type, output.place())),
            output.place());
    bind(factory.orElseThrow(), context, output, problems);
  }

  private static <C extends Record> void bind(
      OperatorFactory<C> factory, RuleContext context, OutputRule output, Problems problems) {
    Optional<C> config = Binder.bind(output.settings(), factory.config(), problems);
    if (config.isPresent() && output.isReleased()) {
      Optional<Operator> operator = factory.bind(config.get(), context, problems);
      operator.ifPresent(bound -> assertThat(bound.notes()).hasSameSizeAs(context.outputs()));
    }
  }

  /** Gives every subject the same place; nothing is computed here. */
  private static final class OneSlot implements SubjectSlots {
    @Override
    public int code(String domain, Effect.CodeKind kind, CodeForm form) {
      return 0;
    }

    @Override
    public int shift(int maxDays, Unit unit, Place place) {
      return 0;
    }
  }

  private static Stream<Path> mappings() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("mappings"))) {
      return files.filter(ShippedRulesTest::isMapping).sorted().toList().stream();
    }
  }

  private static boolean isMapping(Path file) {
    String name = file.toString();
    return name.endsWith(".yaml")
        && !name.endsWith("-service-class.yaml")
        && !name.endsWith(".risk.yaml");
  }
}
