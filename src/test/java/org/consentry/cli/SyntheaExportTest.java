package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.consentry.export.RunOutcome;
import org.consentry.ledger.RunRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped job for Synthea over a real export of it, with consents made here. */
final class SyntheaExportTest {

  private static final String JOB = SyntheaClinic.JOB;

  @TempDir Path folder;

  @Test
  void exportsThePermittedPeopleOfARealSyntheaPopulation() throws Exception {
    SyntheaClinic clinic = SyntheaClinic.in(folder);
    Installation installation = clinic.installation();
    List<String> people = clinic.people();

    Installation.Answer answer = installation.run(JOB);

    assertThat(answer.exitCode()).as(answer.err()).isIn(0, RunOutcome.RELEASED_WITH_REJECTS);
    Path release = installation.release(JOB);
    RunRecord record = installation.newestRun();
    requireBalance(record.counts());
    requireReadable(release, record.counts());
    String everything = "";
    for (Path file : Installation.files(release.resolve("data"))) {
      everything += file.toString().endsWith(".csv") ? Installation.read(file) : "";
    }
    assertThat(people).noneMatch(everything::contains);
    assertThat(record.counts().get("subjects released"))
        .isPositive()
        .isLessThanOrEqualTo(clinic.permitted());
  }

  private static void requireBalance(Map<String, Long> counts) {
    List<String> tables =
        counts.keySet().stream()
            .filter(name -> name.endsWith(" rows read"))
            .map(name -> name.substring(0, name.length() - " rows read".length()))
            .toList();
    assertThat(tables).hasSizeGreaterThan(2);
    for (String table : tables) {
      assertThat(counts.get(table + " rows read"))
          .as(table)
          .isPositive()
          .isEqualTo(
              counts.getOrDefault(table + " rows released", -1L)
                  + counts.getOrDefault(table + " rows not permitted", -1L)
                  + counts.getOrDefault(table + " rows not in cohort", -1L)
                  + counts.getOrDefault(table + " rows not usable", -1L));
    }
  }

  private static void requireReadable(Path release, Map<String, Long> counts) throws SQLException {
    List<Path> files =
        Installation.files(release.resolve("data")).stream()
            .filter(file -> file.toString().endsWith(".parquet"))
            .toList();
    assertThat(files).hasSizeGreaterThan(2);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
      for (Path file : files) {
        String name = file.getFileName().toString().replace(".parquet", "");
        long parquet = count(duck, "read_parquet('" + file + "')");
        Path csv = file.resolveSibling(name + ".csv");
        assertThat(parquet).isEqualTo(counts.get(name + " rows released"));
        assertThat(count(duck, "read_csv('" + csv + "', header = true, all_varchar = true)"))
            .isEqualTo(parquet);
      }
    }
  }

  private static long count(Connection duck, String table) throws SQLException {
    try (ResultSet answer = duck.createStatement().executeQuery("SELECT count(*) FROM " + table)) {
      answer.next();
      return answer.getLong(1);
    }
  }
}
