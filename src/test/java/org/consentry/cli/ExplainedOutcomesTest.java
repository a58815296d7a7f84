package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.connector.BatchReader;
import org.consentry.connector.Split;
import org.consentry.data.RowBatch;
import org.consentry.export.Explainer;
import org.consentry.export.RowOutcomes;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.plan.TableExtract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What explain shows of every row of a random clinic is what the run did with it. */
final class ExplainedOutcomesTest {

  private static final long SEED = 20_261_125;

  @TempDir Path folder;

  @Test
  void everyRowIsExplainedAsTheRunCountedIt() throws IOException {
    ChainClinic clinic = ChainClinic.in(folder.toRealPath());
    new RandomChains(SEED, clinic, 40).fill();
    Installation.Answer answer = clinic.run();
    assertThat(answer.exitCode()).as("seed %d: %s", SEED, answer.err()).isZero();
    ExportPlan plan =
        Planner.plan(Path.of(clinic.job()), LocalDate.now(ZoneId.of("America/Phoenix")));

    Explainer.Patient patient =
        new Explainer(plan).patient("P1", LocalDateTime.now(ZoneId.of("America/Phoenix")));

    Map<String, Map<String, Long>> explained = new TreeMap<>();
    for (TableExtract table : plan.tables()) {
      explained.put(
          table.name(),
          outcomes(
              table,
              new RowOutcomes(plan.tables(), table, patient.decided(), plan.foldedTables())));
    }
    assertThat(explained).as("seed %d", SEED).isEqualTo(counted(clinic.internalManifest()));
    assertThat(explained.get("implants"))
        .as("seed %d", SEED)
        .containsKeys("IN", "PARENT_EXCLUDED", "RECORD_DATE", "CATEGORY");
  }

  private static Map<String, Long> outcomes(TableExtract table, RowOutcomes outcomes) {
    Map<String, Long> counts = new TreeMap<>();
    for (Split split : table.source().splits()) {
      try (BatchReader reader = table.source().open(split, table.sourceColumns())) {
        for (Optional<RowBatch> next = reader.next(); next.isPresent(); next = reader.next()) {
          for (int row = 0; row < next.get().rows(); row++) {
            String outcome = outcomes.of(next.get(), row).exclusion().map(Enum::name).orElse("IN");
            counts.merge(outcome, 1L, Long::sum);
          }
        }
      }
    }
    return counts;
  }

  private static Map<String, Map<String, Long>> counted(JsonNode manifest) {
    Map<String, Map<String, Long>> tables = new TreeMap<>();
    for (JsonNode table : manifest.path("tables")) {
      Map<String, Long> counts = new TreeMap<>();
      JsonNode rows = table.path("rows");
      counts.put("IN", rows.path("released").asLong());
      rows.path("excluded")
          .propertyStream()
          .forEach(reason -> counts.put(reason.getKey(), reason.getValue().asLong()));
      counts.values().removeIf(count -> count == 0);
      tables.put(table.path("name").asString(), counts);
    }
    return tables;
  }
}
