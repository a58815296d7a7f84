package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Laws of whole runs over random clinics: restrictions that are added only take rows and cells
 * away, and every reference of a release resolves.
 */
final class RestrictionsOnlyTakeTest {

  private static final int RUNS = 3;
  private static final int RESTRICTIONS = 6;

  /** Every reference of a table's rows, as the data package declares it. */
  private static final Map<String, List<String>> REFERENCES =
      Map.of(
          "patients", List.of(),
          "episodes", List.of("patient=patients.id"),
          "visits", List.of("episode=episodes.episode", "patient=patients.id"),
          "procedures", List.of("patient=patients.id", "visit=visits.visit"),
          "implants",
              List.of(
                  "donor=patients.id", "patient=patients.id", "procedure=procedures.procedure"));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {20_261_123, 20_261_124})
  void aRestrictionThatIsAddedNeverAddsARowNorACell(long seed) throws IOException {
    ChainClinic clinic = ChainClinic.in(folder.toRealPath());
    RandomChains chains = new RandomChains(seed, clinic, 30);
    chains.fill();
    List<Map<String, List<String>>> releases = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      Installation.Answer answer = clinic.run();
      assertThat(answer.exitCode()).as("seed %d: %s", seed, answer.err()).isZero();
      everyReferenceResolves(clinic, seed);
      releases.add(cells(clinic));
      for (int line = 0; line < RESTRICTIONS; line++) {
        chains.restriction();
      }
    }

    assertThat(releases.get(0).size()).as("seed %d", seed).isGreaterThan(releases.get(2).size());
    for (int run = 1; run < RUNS; run++) {
      Map<String, List<String>> before = releases.get(run - 1);
      releases
          .get(run)
          .forEach(
              (row, cells) -> {
                assertThat(before).as("seed %d, rows before", seed).containsKey(row);
                assertThat(before.get(row)).as("seed %d, %s", seed, row).containsAll(cells);
              });
    }
  }

  /** By table and key, the cells of every released row which have a value of the clinic. */
  private static Map<String, List<String>> cells(ChainClinic clinic) {
    Map<String, List<String>> rows = new TreeMap<>();
    try (Sql sql = clinic.sql()) {
      for (String table : ChainClinic.TABLES) {
        List<String> names = sql.rows("SELECT column_name FROM (DESCRIBE " + table + ")");
        for (String row : sql.rows("SELECT * FROM " + table)) {
          String[] cells = row.split("\\|", -1);
          List<String> found = new ArrayList<>();
          for (int i = 1; i < cells.length; i++) {
            boolean given = !cells[i].equals("null");
            if (given) {
              found.add(names.get(i) + "=" + cells[i]);
            }
          }
          assertThat(rows.put(table + " " + cells[0], found))
              .as("a key that occurs twice")
              .isNull();
        }
      }
    }
    return rows;
  }

  private static void everyReferenceResolves(ChainClinic clinic, long seed) {
    Map<String, List<String>> declared = new TreeMap<>();
    try (Sql sql = clinic.sql()) {
      for (JsonNode resource : clinic.dataPackage().path("resources")) {
        String table = resource.path("name").asString();
        if (ChainClinic.TABLES.contains(table)) {
          declared.put(table, declared(resource.path("schema").path("foreignKeys"), sql, table));
        }
      }
    }
    assertThat(declared).as("seed %d", seed).isEqualTo(new TreeMap<>(REFERENCES));
    for (JsonNode table : clinic.internalManifest().path("tables")) {
      JsonNode excluded = table.path("rows").path("excluded");
      if (!List.of("patients", "episodes").contains(table.path("name").asString())) {
        assertThat(excluded.path("PARENT_EXCLUDED").asLong()).as("seed %d", seed).isPositive();
      }
    }
  }

  private static List<String> declared(JsonNode foreignKeys, Sql sql, String table) {
    TreeSet<String> declared = new TreeSet<>();
    for (JsonNode key : foreignKeys) {
      String column = key.path("fields").get(0).asString();
      String parent = key.path("reference").path("resource").asString();
      String parentKey = key.path("reference").path("fields").get(0).asString();
      declared.add(column + "=" + parent + "." + parentKey);
      String lost = "SELECT * FROM %s WHERE %s IS NOT NULL AND %s NOT IN (SELECT %s FROM %s)";
      assertThat(sql.rows(lost.formatted(table, column, column, parentKey, parent)))
          .as(table + "." + column)
          .isEmpty();
    }
    return List.copyOf(declared);
  }
}
