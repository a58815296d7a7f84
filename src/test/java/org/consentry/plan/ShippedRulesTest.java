package org.consentry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.consentry.config.Binder;
import org.consentry.config.Mapping;
import org.consentry.config.MappingFile;
import org.consentry.config.OutputRule;
import org.consentry.config.TableRule;
import org.consentry.data.ClinicDates;
import org.consentry.data.Effect;
import org.consentry.data.FieldType;
import org.consentry.operator.Attachments;
import org.consentry.operator.ColumnContext;
import org.consentry.operator.Operator;
import org.consentry.operator.OperatorFactory;
import org.consentry.operator.Operators;
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
    Optional<OperatorFactory<?>> factory = Operators.named(output.operator().value());
    assertThat(factory).as("%s.%s", table, column).isPresent();
    ColumnContext context =
        new ColumnContext(
            table,
            column,
            column.equals(rule.subject().value()),
            "patient",
            Set.of(),
            Set.of(SubjectAttribute.values()),
            output.type().map(type -> type.value().type()).orElse(FieldType.TEXT),
            ClinicDates.NO_ZONE,
            LocalDate.of(2026, 11, 1),
            output.place(),
            new OneSlot(),
            Attachments.NONE);
    bind(factory.orElseThrow(), context, output, problems);
  }

  private static <C extends Record> void bind(
      OperatorFactory<C> factory, ColumnContext context, OutputRule output, Problems problems) {
    Optional<C> config = Binder.bind(output.settings(), factory.config(), problems);
    if (config.isPresent() && output.isReleased()) {
      Optional<Operator> operator = factory.bind(config.get(), context, problems);
      operator.ifPresent(bound -> assertThat(bound.type()).isEqualTo(context.type()));
    }
  }

  /** Gives everybody the same place; nothing is computed here. */
  private static final class OneSlot implements SubjectSlots {
    @Override
    public int code(String domain, Effect.CodeKind kind) {
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
    return file.toString().endsWith(".yaml") && !file.toString().endsWith("-service-class.yaml");
  }
}
