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
import java.util.stream.Stream;
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
    for (int patient = 1; patient <= 40; patient++) {
      withoutKeys(clinic, "P" + patient);
    }
    Path job = Path.of(clinic.job());
    Installation.write(job, Installation.read(job) + "rejects: {share: 0.5}\n");
    Installation.Answer answer = clinic.run();
    assertThat(answer.exitCode()).as("seed %d: %s", SEED, answer.err()).isEqualTo(3);
    ExportPlan plan = Planner.plan(job, LocalDate.now(ZoneId.of("America/Phoenix")));

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
    assertThat(explained.get("episodes")).as("seed %d", SEED).containsKey("NO_KEY");
    assertThat(explained.get("implants"))
        .as("seed %d", SEED)
        .containsKeys("IN", "PARENT_EXCLUDED", "RECORD_DATE", "CATEGORY");
  }

  /** Rows of a patient that have no key, and one that refers to such a row. */
  private static void withoutKeys(ChainClinic clinic, String patient) {
    clinic.row("episodes", "", patient, "2021-01-01");
    clinic.row("procedures", " ", "", patient, "2021-01-01", "k", "d", "1", "12.50", "f");
    clinic.row("implants", patient + "-i", " ", patient, "", "2021-01-01");
  }

  private static Map<String, Long> outcomes(TableExtract table, RowOutcomes outcomes) {
    Map<String, Long> counts = new TreeMap<>();
    for (Split split : table.source().splits()) {
      try (BatchReader reader = table.source().open(split, table.sourceColumns())) {
        for (Optional<RowBatch> next = reader.next(); next.isPresent(); next = reader.next()) {
          for (int row = 0; row < next.get().rows(); row++) {
            String outcome = outcomes.of(next.get(), row).reason().orElse("IN");
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
      Stream.of("excluded", "rejected")
          .flatMap(part -> rows.path(part).propertyStream())
          .forEach(reason -> counts.put(reason.getKey(), reason.getValue().asLong()));
      counts.values().removeIf(count -> count == 0);
      tables.put(table.path("name").asString(), counts);
    }
    return tables;
  }
}
