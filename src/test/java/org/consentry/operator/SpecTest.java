package org.consentry.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.consentry.config.Binder;
import org.consentry.config.Binding.Default;
import org.consentry.config.Binding.MayBeEmpty;
import org.consentry.config.Node;
import org.consentry.data.FieldType;
import org.consentry.data.OperatorNote;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.consentry.testing.Specs;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What people can see of every operator: given, config, expect, and the rule it pins. An answer is
 * the released value, {@code missing}, {@code unreleased}, {@code invalid}, or what is expected
 * after {@code invalid:}. A note is what the codebook and the manifest report.
 */
final class SpecTest {

  /** The operators that are shipped, and the example of the documentation. */
  private static final Operators OPERATORS = Operators.SHIPPED.with(new Length());

  /** What surrounds a value in the buffer is not part of it. */
  private static final List<Character> NEIGHBOURS = List.of(',', '0', ' ', 'A', '.', '-');

  record Spec(String operator, List<Case> cases) {}

  record Case(
      String rule,
      @MayBeEmpty Map<String, Node> config,
      @Default("code") String type,
      @Default("2026-11-01") LocalDate referenceDate,
      @Default("visit_id") String column,
      Optional<LocalDate> birthDate,
      @Default("12") int shift,
      @Default("codeofsubject") String code,
      @MayBeEmpty Map<String, String> files,
      @MayBeEmpty Map<String, String> answers,
      Optional<Note> note,
      Optional<String> refuses) {}

  record Note(
      String technique,
      String done,
      String survives,
      @MayBeEmpty Map<String, String> parameters,
      @MayBeEmpty Map<String, String> labels,
      @MayBeEmpty List<String> values) {}

  @TestFactory
  Stream<DynamicNode> keepsTheSpec() throws IOException {
    return specs().tests(Spec::cases, Case::rule, (spec, each) -> run(spec.operator(), each));
  }

  @Test
  void everyOperatorHasASpec() throws IOException {
    List<String> specified = specs().topics(Spec::operator);

    assertThat(OPERATORS.all().stream().filter(OperatorFactory::isOfColumn))
        .extracting(OperatorFactory::name)
        .isSubsetOf(specified);
  }

  private static Specs<Spec> specs() throws IOException {
    return Specs.read("transform", Spec.class);
  }

  private static void run(String operator, Case each) {
    OperatorFactory<?> factory = OPERATORS.named(operator).orElseThrow();
    if (factory.outputs().isEmpty()) {
      assertThat(each.answers()).isEmpty();
      return;
    }
    Problems problems = new Problems();
    Optional<Operator> bound = bind(factory, each, problems);
    List<String> refusals = problems.list().stream().map(Problem::toString).toList();
    if (each.refuses().isPresent()) {
      assertThat(bound).isEmpty();
      assertThat(refusals).containsExactly("mapping.yaml:7:5: error " + each.refuses().get());
      return;
    }
    assertThat(refusals).isEmpty();
    Operator made = bound.orElseThrow();
    assertThat(made.name()).isEqualTo(operator);
    each.note().ifPresent(note -> assertThat(made.notes()).containsExactly(note(note)));
    for (char neighbour : NEIGHBOURS) {
      assertThat(answers(made, each, neighbour))
          .as("'%s' between the values", neighbour)
          .isEqualTo(each.answers());
    }
  }

  private static OperatorNote note(Note note) {
    return new OperatorNote(
        note.technique(),
        note.done(),
        note.survives(),
        note.parameters(),
        note.labels(),
        note.values());
  }

  private static <C extends Record> Optional<Operator> bind(
      OperatorFactory<C> factory, Case each, Problems problems) {
    RuleContext context =
        Context.of(
            FieldType.parse(each.type()).orElseThrow(),
            each.referenceDate(),
            each.files(),
            "visits",
            each.column());
    List<Node.Entry> entries = new ArrayList<>();
    each.config().forEach((key, node) -> entries.add(new Node.Entry(key, Context.PLACE, at(node))));
    Node.Mapping config = new Node.Mapping(Context.PLACE, entries);
    return Binder.bind(config, Context.PLACE, factory.config(), problems)
        .flatMap(settings -> factory.bind(settings, context, problems));
  }

  /** Values of a config have the place of the rule, so that messages can be compared. */
  private static Node at(Node node) {
    if (node instanceof Node.Scalar scalar) {
      return new Node.Scalar(Context.PLACE, scalar.text(), scalar.style());
    }
    if (node instanceof Node.Mapping map) {
      List<Node.Entry> entries = new ArrayList<>();
      map.entries()
          .forEach(
              entry -> entries.add(new Node.Entry(entry.key(), Context.PLACE, at(entry.value()))));
      return new Node.Mapping(Context.PLACE, entries);
    }
    return node instanceof Node.Sequence list
        ? new Node.Sequence(Context.PLACE, list.items())
        : node;
  }

  private static Map<String, String> answers(Operator operator, Case each, char neighbour) {
    Subjects subjects =
        new Subjects()
            .add("P-1", each.birthDate(), each.shift(), each.code())
            .add("P-2", Optional.empty(), 7, "codeofanother")
            .addExcluded("P-3");
    List<String> given = List.copyOf(each.answers().keySet());
    List<Optional<String>> values = given.stream().map(Optional::of).toList();
    List<Batch.Cell> cells =
        new Batch(values, new int[values.size()], subjects.index())
            .between(neighbour)
            .transform(operator.open(new MacKeys()));
    Map<String, String> answers = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      boolean words = each.answers().getOrDefault(given.get(i), "").startsWith("invalid:");
      answers.put(
          given.get(i), word(cells.get(i), FieldType.parse(each.type()).orElseThrow(), words));
    }
    return answers;
  }

  private static String word(Batch.Cell cell, FieldType type, boolean words) {
    if (cell.invalid().isPresent()) {
      assertThat(cell.value()).isEmpty();
      if (cell.invalid().get().equals(Batch.UNRELEASED)) {
        return Batch.UNRELEASED;
      }
      return words ? "invalid: " + cell.invalid().get() : "invalid";
    }
    return cell.value().map(value -> shown(value, type)).orElse("missing");
  }

  private static String shown(String value, FieldType type) {
    return switch (type.kind()) {
      case DATE -> LocalDate.ofEpochDay(Long.parseLong(value)).toString();
      case TIMESTAMP -> {
        long micros = Long.parseLong(value);
        long seconds = Math.floorDiv(micros, 1_000_000L);
        int nanos = (int) Math.floorMod(micros, 1_000_000L) * 1_000;
        yield LocalDateTime.ofEpochSecond(seconds, nanos, ZoneOffset.UTC).toString();
      }
      case TEXT, CODE, INTEGER, DECIMAL -> value;
    };
  }
}
