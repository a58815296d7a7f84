package org.consentry.connector.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consentry.config.YamlFile;
import org.consentry.problem.Problems;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Rows and cells are the same whichever columns of a view are read, and whichever views are read
 * with it.
 */
final class ProjectionTest {

  private static final long SEED = 20261129;

  /** Parts of views that read an element, whether it is there, and what is beside it. */
  private static final List<String> PARTS =
      List.of(
          "{column: [{name: id, path: id}, {name: rows, path: '%rowIndex'}]}",
          "{column: [{name: dead, path: deceased.exists()}, {name: died, path:"
              + " deceased.ofType(dateTime)}, {name: unsure, path: deceased.extension('urn:x')"
              + ".value.ofType(code)}]}",
          "{column: [{name: born, path: birthDate}, {name: isBorn, path: birthDate.exists()},"
              + " {name: noBirth, path: birthDate.extension('urn:x').value.ofType(code)}]}",
          "{column: [{name: all, path: name.given.join('|')}, {name: first, path:"
              + " name.given.first()}, {name: mark, path: name.given.first().id}]}",
          "{forEach: name, column: [{name: family, path: family}, {name: hasFamily, path:"
              + " family.exists()}], select: [{forEach: given, column: [{name: given, path:"
              + " $this}, {name: place, path: '%rowIndex'}, {name: why, path:"
              + " extension('urn:x').value.ofType(code)}]}]}",
          "{forEachOrNull: telecom, column: [{name: value, path: value}, {name: noValue, path:"
              + " value.empty()}, {name: valueId, path: value.id}]}",
          "{unionAll: [{forEach: telecom.value, column: [{name: one, path: $this}]}, {forEach:"
              + " name.given, column: [{name: one, path: id}]}]}",
          "{repeat: [name, name.name], column: [{name: deep, path: family}, {name: deepId, path:"
              + " family.id}]}");

  private static final List<String> CRITERIA =
      List.of("id.exists()", "deceased.empty()", "birthDate.exists()", "name.given.exists()");

  private final Random random = new Random(SEED);

  @Test
  void everyProjectionOfAViewHasTheRowsAndCellsOfTheWholeView() throws Failure {
    List<String> resources = IntStream.range(0, 60).mapToObj(i -> patient()).toList();
    int cells = 0;
    for (int i = 0; i < 40; i++) {
      String select = select();
      String where =
          random.nextInt(3) == 0
              ? "where: [{path: " + CRITERIA.get(random.nextInt(CRITERIA.size())) + "}]\n"
              : "";
      cells += compared("resource: Patient\n" + where + "select: [" + select + "]\n", resources);
    }

    assertThat(cells).isGreaterThan(10_000);
  }

  @Test
  void viewsThatAreReadTogetherHaveTheRowsAndCellsOfEachAlone() throws Failure {
    List<String> resources = IntStream.range(0, 60).mapToObj(i -> patient()).toList();
    int rows = 0;
    for (int i = 0; i < 60; i++) {
      List<View> views = new ArrayList<>();
      for (int number = 2 + random.nextInt(3); number > 0; number--) {
        views.add(view("resource: Patient\nselect: [" + select() + "]\n"));
      }
      Shape all = View.shape(views);
      for (View view : views) {
        List<List<List<@Nullable String>>> alone = rows(view, resources);
        assertThat(rows(all, view, resources))
            .as("seed %d, %s of %s", SEED, view, views)
            .isEqualTo(alone);
        rows += alone.stream().mapToInt(List::size).sum();
      }
    }

    assertThat(rows).isGreaterThan(5_000);
  }

  @Test
  void everyColumnOfAShippedViewHasTheCellsOfTheWholeView() throws Exception {
    List<String> patients = Files.readAllLines(Path.of("sample-data/fhir/Patient.ndjson"));

    assertThat(
            compared(
                Files.readString(Path.of("mappings/views/patients.json")), patients.subList(0, 50)))
        .isGreaterThan(500);
  }

  /** Some parts of a view. */
  private String select() {
    List<String> parts = new ArrayList<>(PARTS);
    Collections.shuffle(parts, random);
    return String.join(", ", parts.subList(0, 1 + random.nextInt(4)));
  }

  private static View view(String written) {
    Problems problems = new Problems();
    return YamlFile.parse(written.getBytes(StandardCharsets.UTF_8), "view", problems)
        .flatMap(yaml -> ViewReader.read(yaml.root(), "", problems))
        .orElseThrow(() -> new AssertionError(problems.list().toString()));
  }

  /** Every column alone and some together; gives the number of cells that are not empty. */
  private int compared(String written, List<String> resources) throws Failure {
    View view = view(written);
    List<Set<Integer>> projections = new ArrayList<>();
    int columns = view.columns().size();
    IntStream.range(0, columns).forEach(column -> projections.add(Set.of(column)));
    projections.add(Set.of());
    projections.add(new HashSet<>(random.ints(2, 0, columns).boxed().toList()));
    List<List<List<@Nullable String>>> whole = rows(view, resources);
    for (Set<Integer> wanted : projections) {
      assertThat(rows(view.only(wanted::contains), resources))
          .as("seed %d, columns %s of %s", SEED, wanted, written)
          .isEqualTo(projected(whole, wanted));
    }
    return (int)
        whole.stream()
            .flatMap(List::stream)
            .flatMap(List::stream)
            .filter(cell -> cell != null)
            .count();
  }

  private static List<List<List<@Nullable String>>> projected(
      List<List<List<@Nullable String>>> whole, Set<Integer> wanted) {
    List<List<List<@Nullable String>>> all = new ArrayList<>();
    for (List<List<@Nullable String>> rows : whole) {
      List<List<@Nullable String>> some = new ArrayList<>();
      for (List<@Nullable String> row : rows) {
        List<@Nullable String> cells = new ArrayList<>(row);
        for (int i = 0; i < row.size(); i++) {
          cells.set(i, wanted.contains(i) ? row.get(i) : null);
        }
        some.add(cells);
      }
      all.add(some);
    }
    return all;
  }

  private static List<List<List<@Nullable String>>> rows(View view, List<String> resources)
      throws Failure {
    return rows(view.shape(), view, resources);
  }

  private static List<List<List<@Nullable String>>> rows(
      Shape shape, View view, List<String> resources) throws Failure {
    ResourceReader reader = new ResourceReader(shape, 1 << 20);
    List<List<List<@Nullable String>>> all = new ArrayList<>();
    for (String resource : resources) {
      byte[] bytes = resource.getBytes(StandardCharsets.UTF_8);
      List<List<@Nullable String>> rows = new ArrayList<>();
      for (@Nullable Item[] row : view.rows(reader.read(bytes, 0, bytes.length))) {
        List<@Nullable String> cells = new ArrayList<>();
        for (@Nullable Item cell : row) {
          boolean isText = cell instanceof Item.Primitive value && !value.released().isEmpty();
          cells.add(isText ? ((Item.Primitive) cell).released() : null);
        }
        rows.add(cells);
      }
      all.add(rows);
    }
    return all;
  }

  /** A patient whose values are there, are extensions alone, both or neither. */
  private String patient() {
    List<String> names = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      names.add(
          object(
              value("family", "'F'"),
              list("given"),
              "'name':[" + object(value("family", "'D'")) + "]"));
    }
    List<String> contacts = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      contacts.add(object(value("value", "'1'")));
    }
    return object(
            "'resourceType':'Patient'",
            value("id", "'p'"),
            value("birthDate", "'1980-01-02'"),
            random.nextBoolean()
                ? value("deceasedBoolean", "true")
                : value("deceasedDateTime", "'2020-01-02'"),
            "'name':[" + String.join(",", names) + "]",
            "'telecom':[" + String.join(",", contacts) + "]")
        .replace('\'', '"');
  }

  private static String object(String... fields) {
    return "{"
        + String.join(",", Stream.of(fields).filter(field -> !field.isEmpty()).toList())
        + "}";
  }

  private String value(String name, String value) {
    String beside = "'_" + name + "':" + beside();
    return switch (random.nextInt(4)) {
      case 0 -> "'" + name + "':" + value;
      case 1 -> beside;
      case 2 -> beside + ",'" + name + "':" + value;
      default -> "";
    };
  }

  private String list(String name) {
    return switch (random.nextInt(4)) {
      case 0 -> "'" + name + "':['A','B']";
      case 1 -> "'_" + name + "':[" + beside() + "]";
      case 2 -> "'" + name + "':[null,'B'],'_" + name + "':[" + beside() + ",null]";
      default -> "";
    };
  }

  private String beside() {
    return random.nextBoolean() ? "{'extension':[{'url':'urn:x','valueCode':'c'}]}" : "{'id':'i'}";
  }
}
