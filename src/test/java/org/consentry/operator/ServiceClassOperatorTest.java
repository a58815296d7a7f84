package org.consentry.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.consentry.data.BirthForm;
import org.consentry.data.BytesColumn;
import org.consentry.data.ClinicDates;
import org.consentry.data.CodeForm;
import org.consentry.data.Column;
import org.consentry.data.FieldType;
import org.consentry.data.LongColumn;
import org.consentry.data.SourceCalendar;
import org.consentry.operator.rules.Classifier;
import org.consentry.plan.Lists;
import org.consentry.plan.RuleFiles;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;
import org.junit.jupiter.api.Test;

/** The derived column of the service class: the same row gets the same label wherever it is. */
final class ServiceClassOperatorTest {

  private static final String RULES = "clinic-service-class.yaml";
  private static final List<String> INPUTS =
      List.of("procedure", "diagnoses", "functional", "state", "benefits");
  private static final Place PLACE = Place.of("map.yaml", 7);

  @Test
  void theSameRowGetsTheSameLabelInAnyBatchOrderAndNeighbourhood() {
    long seed = 6;
    SplittableRandom random = new SplittableRandom(seed);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      rows.add(anyRow(random));
    }
    Operator operator = bound(RULES, outputs()).orElseThrow();
    Classifier classifier = RuleFiles.read(Path.of("mappings", RULES)).classifier();
    List<String> expected = rows.stream().map(row -> plain(classifier, row)).toList();

    assertThat(labels(operator, rows)).as("seed %s", seed).isEqualTo(expected);
    List<String> single =
        rows.stream().limit(200).flatMap(row -> labels(operator, List.of(row)).stream()).toList();
    assertThat(single).isEqualTo(expected.subList(0, 200));
    List<Integer> order = shuffled(rows.size(), random);
    assertThat(labels(operator, order.stream().map(rows::get).toList()))
        .isEqualTo(order.stream().map(expected::get).toList());
  }

  @Test
  void namesItsRulesInTheNoteAndThatItIsALabelForResearch() {
    Operator operator = bound(RULES, outputs()).orElseThrow();

    assertThat(operator.notes()).hasSize(5);
    assertThat(operator.counted()).containsExactlyInAnyOrder(0, 1, 4);
    assertThat(operator.notes())
        .allSatisfy(
            note -> {
              assertThat(note.done())
                  .endsWith("The class is a label for research, never a coverage decision.");
              assertThat(note.parameters())
                  .containsEntry("ruleSet", "clinic-service-class")
                  .containsEntry("version", "1")
                  .containsEntry("sha256", RuleFiles.read(Path.of("mappings", RULES)).sha256());
            });
  }

  @Test
  void refusesOtherTypesAndInputsOfTheSubject() {
    Problems problems = new Problems();
    List<RuleContext.Output> outputs =
        List.of(
            new RuleContext.Output("class", "c", FieldType.TEXT, Place.of("map.yaml", 8)),
            new RuleContext.Output("version", "v", FieldType.CODE, Place.of("map.yaml", 9)));
    List<RuleContext.Bound> inputs =
        List.of(
            new RuleContext.Bound(
                "procedure",
                List.of(
                    new InputSource.OfSubject(
                        org.consentry.operator.SubjectAttribute.BIRTH_DATE))));

    new ServiceClassOperator().bind(config(RULES), context(inputs, outputs), problems);

    assertThat(problems.list())
        .extracting(Problem::toString)
        .containsExactly(
            "map.yaml:8: error TYPE_MISMATCH 'service-class' gives class as type code; declare"
                + " type: code",
            "map.yaml:9: error TYPE_MISMATCH 'service-class' gives version as type integer; declare"
                + " type: integer",
            "map.yaml:7: error SUBJECT_INPUT 'service-class' reads columns of the row, and nothing"
                + " of the subject; name a column of the table");
  }

  @Test
  void refusesARulesFileThatIsNotThere() {
    Problems problems = new Problems();

    new ServiceClassOperator().bind(config("absent.yaml"), context(inputs(), outputs()), problems);

    assertThat(problems.list())
        .singleElement()
        .hasToString(
            "map.yaml:7: error NO_SUCH_FILE there is no readable rules file at 'absent.yaml'; paths"
                + " are relative to the folder of the mapping");
  }

  private static ServiceClassOperator.Config config(String rules) {
    return new ServiceClassOperator.Config(rules, '|');
  }

  private static Optional<Operator> bound(String rules, List<RuleContext.Output> outputs) {
    Problems problems = new Problems();
    Optional<Operator> operator =
        new ServiceClassOperator().bind(config(rules), context(inputs(), outputs), problems);
    assertThat(problems.list()).isEmpty();
    return operator;
  }

  private static RuleContext context(
      List<RuleContext.Bound> inputs, List<RuleContext.Output> outputs) {
    MappingContext mapping =
        new MappingContext(
            "patient",
            Set.of(),
            CodeForm::usual,
            Set.of(),
            BirthForm.DATE,
            ClinicDates.NO_ZONE,
            LocalDate.of(2026, 11, 1),
            SourceCalendar.usual(LocalDate.of(2026, 11, 1)),
            Context.mapping(LocalDate.of(2026, 11, 1), Map.of()).slots(),
            new Lists(Path.of("mappings")),
            MappingContext.Written.USUAL);
    return new RuleContext(mapping, "procedures", "patient_id", inputs, outputs, PLACE);
  }

  private static List<RuleContext.Bound> inputs() {
    return INPUTS.stream()
        .map(name -> new RuleContext.Bound(name, List.of(new InputSource.OfRow(name))))
        .toList();
  }

  private static List<RuleContext.Output> outputs() {
    return List.of(
        new RuleContext.Output("class", "c", FieldType.CODE, PLACE),
        new RuleContext.Output("basis", "b", FieldType.CODE, PLACE),
        new RuleContext.Output("rules", "r", FieldType.CODE, PLACE),
        new RuleContext.Output("version", "v", FieldType.INTEGER, PLACE),
        new RuleContext.Output("reason", "w", FieldType.CODE, PLACE));
  }

  private static List<String> anyRow(SplittableRandom random) {
    List<String> procedures =
        List.of("15823", "15823-RT", "19316", "40700", "15100", "15788", "1582O", "99213", "");
    List<String> diagnoses = List.of("H02.834", "h02834", "Z41.1", "Q36.9", "T24.331A", "?", "");
    List<String> cells = new ArrayList<>();
    cells.add(procedures.get(random.nextInt(procedures.size())));
    String first = diagnoses.get(random.nextInt(diagnoses.size()));
    String second = diagnoses.get(random.nextInt(diagnoses.size()));
    cells.add(random.nextInt(2) == 0 ? first : first + "|" + second);
    cells.add(List.of("yes", "no", "unknown", "Y", "").get(random.nextInt(5)));
    cells.add(List.of("AZ", "ca", "").get(random.nextInt(3)));
    cells.add(List.of("silent", "three-way", "").get(random.nextInt(3)));
    return cells;
  }

  private static String plain(Classifier classifier, List<String> row) {
    ServiceLabel label =
        classifier.classify(
            new ServiceInput(
                filled(row.get(0)),
                row.get(1).isEmpty() ? List.of() : Arrays.asList(row.get(1).split("\\|")),
                filled(row.get(2)),
                filled(row.get(3)),
                filled(row.get(4))));
    String reason = label.serviceClass() == ServiceClass.INDETERMINATE ? label.why() : "none";
    return label.serviceClass() + " " + label.basis() + " clinic-service-class 1 " + reason;
  }

  private static Optional<String> filled(String cell) {
    return Optional.of(cell).filter(text -> !text.isEmpty());
  }

  private static List<String> labels(Operator operator, List<List<String>> rows) {
    int[] numbers = IntStream.range(0, rows.size()).toArray();
    List<TransformInput.Values> values = new ArrayList<>();
    for (int input = 0; input < INPUTS.size(); input++) {
      int slot = input;
      List<String> cells = rows.stream().map(row -> row.get(slot)).toList();
      values.add(new TransformInput.Values.Cells(column(cells)));
    }
    List<Column> columns =
        operator
            .open(new MacKeys())
            .transform(
                new TransformInput(
                    values,
                    numbers,
                    rows.size(),
                    new int[rows.size()],
                    new Subjects().index(),
                    (position, input, expected) -> {
                      throw new AssertionError("no input is invalid");
                    }));
    return Arrays.stream(numbers)
        .mapToObj(
            row ->
                text(columns.get(0), row)
                    + " "
                    + text(columns.get(1), row)
                    + " "
                    + text(columns.get(2), row)
                    + " "
                    + ((LongColumn) columns.get(3)).values()[row]
                    + " "
                    + (columns.get(4).isMissing(row) ? "none" : text(columns.get(4), row)))
        .toList();
  }

  private static BytesColumn column(List<String> cells) {
    byte[] buffer = String.join("", cells).getBytes(UTF_8);
    int[] starts = new int[cells.size()];
    int[] ends = new int[cells.size()];
    int at = 0;
    for (int i = 0; i < starts.length; i++) {
      int length = cells.get(i).getBytes(UTF_8).length;
      starts[i] = length == 0 ? BytesColumn.MISSING : at;
      at += length;
      ends[i] = at;
    }
    return new BytesColumn(starts.length, buffer, starts, ends);
  }

  private static String text(Column column, int row) {
    BytesColumn bytes = (BytesColumn) column;
    int start = bytes.starts()[row];
    return new String(bytes.buffer(), start, bytes.ends()[row] - start, UTF_8);
  }

  private static List<Integer> shuffled(int count, SplittableRandom random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    for (int i = count - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      order.set(i, order.set(other, order.get(i)));
    }
    return order;
  }
}
