package org.consentry.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.PopulationRule;
import org.consentry.config.SafeWord;
import org.consentry.config.WithPlace;
import org.consentry.data.Field;
import org.consentry.data.FieldType;
import org.consentry.operator.Attachments;
import org.consentry.operator.SmallTable;
import org.consentry.plan.RiskPlan.Columns;
import org.consentry.plan.RiskPlan.Population;
import org.consentry.problem.Place;
import org.consentry.problem.Problems;

/** Binds the population of a risk rule, and reads its file. */
final class PopulationBinder {

  private static final String COUNT = "count";
  private static final String CODE = "RISK_POPULATION";

  private final List<TableExtract> tables;
  private final List<Columns> identity;
  private final Problems problems;

  /**
   * Binds beside an identity.
   *
   * @param identity known of anyone, by table
   */
  PopulationBinder(List<TableExtract> tables, List<Columns> identity, Problems problems) {
    this.tables = List.copyOf(tables);
    this.identity = List.copyOf(identity);
    this.problems = problems;
  }

  /** The population; empty when at least one error was added to the problems. */
  Optional<Population> bind(PopulationRule rule, Attachments files) {
    if (rule.file().isEmpty()) {
      return Optional.of(
          new Population(
              rule.place(), rule.region(), rule.size().orElseThrow().value(), List.of()));
    }
    WithPlace<String> file = rule.file().get();
    return subjects(file.place())
        .flatMap(
            table ->
                SmallTable.read(file.value(), files, SmallTable.Form.FREE, file.place(), problems)
                    .flatMap(text -> groups(table, text)))
        .map(
            groups ->
                new Population(
                    rule.place(),
                    rule.region(),
                    groups.stream().mapToLong(Population.Group::count).sum(),
                    groups));
  }

  /** Only a person with one row has one line of the file. */
  private Optional<TableExtract> subjects(Place place) {
    Optional<TableExtract> subjects = tables.stream().filter(TableExtract::isSubjects).findFirst();
    boolean isOfSubjects =
        subjects.isPresent()
            && identity.stream().allMatch(columns -> columns.table().equals(subjects.get().name()));
    if (!isOfSubjects) {
      problems.error(
          CODE,
          place,
          "a file of a population needs identity columns of the subjects table alone",
          "name its columns only, or write size: instead");
      return Optional.empty();
    }
    return subjects;
  }

  private Optional<List<Population.Group>> groups(TableExtract table, SmallTable text) {
    List<Integer> positions =
        identity.stream().flatMap(columns -> columns.positions().stream()).toList();
    List<String> expected =
        new ArrayList<>(positions.stream().map(RiskBinder.names(table)::get).toList());
    expected.add(COUNT);
    if (!Set.copyOf(expected).equals(Set.copyOf(text.header()))) {
      problems.error(
          CODE,
          Place.of(text.name(), 1),
          "expected the columns " + String.join(", ", expected),
          "write the identity columns as the job names them, and count");
      return Optional.empty();
    }
    int count = text.header().indexOf(COUNT);
    List<Integer> places =
        expected.subList(0, positions.size()).stream().map(text.header()::indexOf).toList();
    List<Field> fields = positions.stream().map(table.schema().fields()::get).toList();
    Set<List<Optional<String>>> seen = new HashSet<>();
    List<Population.Group> groups = new ArrayList<>();
    for (SmallTable.Row row : text.rows()) {
      Place place = Place.of(text.name(), row.line());
      List<Optional<String>> values =
          places.stream()
              .map(row.fields()::get)
              .map(value -> Optional.of(value).filter(given -> !given.isEmpty()))
              .toList();
      checkValues(fields, values, place);
      if (!seen.add(values)) {
        problems.error(CODE, place, "an earlier row has the same values", "add up the two rows");
      }
      groups.add(new Population.Group(values, count(row.fields().get(count), place)));
    }
    return Optional.of(groups);
  }

  private void checkValues(List<Field> fields, List<Optional<String>> values, Place place) {
    for (int i = 0; i < fields.size(); i++) {
      FieldType type = fields.get(i).type();
      boolean isInteger = type.kind() == FieldType.Kind.INTEGER;
      if (!type.isBytes() && !isInteger) {
        problems.error(
            CODE,
            place,
            "column '" + fields.get(i).name() + "' of type " + type + " cannot be in the file",
            "name columns of type code, text or integer only");
      }
      if (isInteger && values.get(i).filter(value -> !value.matches("-?\\d{1,18}")).isPresent()) {
        problems.error(
            CODE,
            place,
            "column '" + fields.get(i).name() + "' is not a whole number",
            "write digits, or nothing for a missing value");
      }
    }
  }

  private long count(String text, Place place) {
    if (!text.matches("\\d{1,15}") || Long.parseLong(text) < 1) {
      problems.error(
          CODE,
          place,
          "expected a count of 1 or more but found " + SafeWord.word(text),
          "write how many people of the population have these values");
      return 1;
    }
    return Long.parseLong(text);
  }
}
