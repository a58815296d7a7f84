package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.config.Binder;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Binding.OneOrMany;
import org.consentry.config.Node;
import org.consentry.data.FieldType;
import org.consentry.data.SubjectIndex;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.consentry.testing.Specs;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What people can see of every operator for derived columns: given, config, expect, and the rule it
 * pins. A row gives the released values or {@code missing}, or names the invalid input.
 */
final class RowSpecTest {

  record Spec(String operator, List<Case> cases) {}

  record Case(
      String rule,
      @MayBeEmpty Map<String, Node> config,
      Map<String, @OneOrMany List<String>> from,
      Map<String, String> release,
      Optional<LocalDate> birthDate,
      Optional<LocalDate> deathDate,
      @MayBeEmpty Map<String, String> files,
      @MayBeEmpty List<Row> rows,
      Optional<String> refuses) {}

  record Row(
      @MayBeEmpty Map<String, String> given,
      @MayBeEmpty Map<String, String> gives,
      Optional<String> invalid) {}

  @TestFactory
  Stream<DynamicNode> keepsTheSpec() throws IOException {
    return specs().tests(Spec::cases, Case::rule, (spec, each) -> run(spec.operator(), each));
  }

  @Test
  void everyOperatorHasASpec() throws IOException {
    List<String> specified = new ArrayList<>(specs().topics(Spec::operator));
    specified.add(ServiceClassOperator.NAME); // its cases are in ServiceClassOperatorTest

    assertThat(Operators.SHIPPED.all().stream().filter(factory -> !factory.isOfColumn()))
        .extracting(OperatorFactory::name)
        .isSubsetOf(specified);
  }

  private static Specs<Spec> specs() throws IOException {
    return Specs.read("derive", Spec.class);
  }

  private static void run(String operator, Case each) {
    OperatorFactory<?> factory = Operators.SHIPPED.named(operator).orElseThrow();
    RuleContext context = context(factory, each);
    Problems problems = new Problems();
    Optional<Operator> bound = bind(factory, context, each, problems);
    List<String> refusals = problems.list().stream().map(Problem::toString).toList();
    if (each.refuses().isPresent()) {
      assertThat(bound).isEmpty();
      assertThat(refusals).containsExactly("mapping.yaml:7:5: error " + each.refuses().get());
      return;
    }
    assertThat(refusals).isEmpty();
    Operator made = bound.orElseThrow();
    assertThat(made.name()).isEqualTo(operator);
    assertThat(made.notes()).hasSameSizeAs(context.outputs());
    assertThat(answers(made, context, each)).isEqualTo(each.rows());
  }

  private static RuleContext context(OperatorFactory<?> factory, Case each) {
    List<RuleContext.Bound> inputs = new ArrayList<>();
    for (OperatorFactory.Input input : factory.inputs()) {
      List<InputSource> sources =
          each.from().getOrDefault(input.name(), List.of()).stream()
              .map(RowSpecTest::source)
              .toList();
      inputs.add(new RuleContext.Bound(input.name(), sources));
    }
    List<RuleContext.Output> outputs = new ArrayList<>();
    each.release()
        .forEach(
            (of, type) ->
                outputs.add(
                    new RuleContext.Output(
                        of, of, FieldType.parse(type).orElseThrow(), Context.PLACE)));
    return Context.of(
        Context.mapping(OperatorFixtures.REFERENCE, each.files()), "visits", inputs, outputs);
  }

  private static InputSource source(String word) {
    return switch (word) {
      case "subject.birthDate" -> new InputSource.OfSubject(SubjectAttribute.BIRTH_DATE);
      case "subject.deathDate" -> new InputSource.OfSubject(SubjectAttribute.DEATH_DATE);
      default -> new InputSource.OfRow(word);
    };
  }

  private static <C extends Record> Optional<Operator> bind(
      OperatorFactory<C> factory, RuleContext context, Case each, Problems problems) {
    List<Node.Entry> entries = new ArrayList<>();
    each.config().forEach((key, node) -> entries.add(new Node.Entry(key, Context.PLACE, node)));
    Node.Mapping config = new Node.Mapping(Context.PLACE, entries);
    return Binder.bind(config, Context.PLACE, factory.config(), problems)
        .flatMap(settings -> factory.bind(settings, context, problems));
  }

  private static List<Row> answers(Operator operator, RuleContext context, Case each) {
    List<InputSource> reads = context.reads();
    List<List<Optional<String>>> columns = new ArrayList<>();
    for (InputSource read : reads) {
      columns.add(
          each.rows().stream()
              .map(row -> Optional.ofNullable(row.given().get(read.word())))
              .toList());
    }
    Rows rows = new Rows(columns);
    for (int i = 0; i < reads.size(); i++) {
      if (reads.get(i) instanceof InputSource.OfSubject subject) {
        Optional<LocalDate> day =
            subject.attribute() == SubjectAttribute.BIRTH_DATE
                ? each.birthDate()
                : each.deathDate();
        rows.day(i, day.map(known -> (int) known.toEpochDay()).orElse(SubjectIndex.UNKNOWN_DAY));
      }
    }
    List<Row> answers = new ArrayList<>();
    List<Rows.Cells> cells = rows.transform(operator.open(new MacKeys()));
    for (int i = 0; i < cells.size(); i++) {
      answers.add(row(each.rows().get(i), cells.get(i), context));
    }
    return answers;
  }

  private static Row row(Row given, Rows.Cells cells, RuleContext context) {
    if (cells.invalid().isPresent()) {
      assertThat(cells.values()).allMatch(Optional::isEmpty);
      String[] words = cells.invalid().get().split(": ", 2);
      String input = context.reads().get(Integer.parseInt(words[0])).word();
      return new Row(given.given(), Map.of(), Optional.of(input + ": " + words[1]));
    }
    Map<String, String> gives = new LinkedHashMap<>();
    for (int i = 0; i < context.outputs().size(); i++) {
      gives.put(context.outputs().get(i).of(), cells.values().get(i).orElse("missing"));
    }
    return new Row(given.given(), gives, Optional.empty());
  }
}
