package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.consentry.export.RunOutcome;
import org.consentry.ledger.RunRecord;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped job for Synthea over a real export of it, with consents made here. */
final class SyntheaExportTest {

  private static final Path EXPORT =
      Path.of(System.getProperty("consentry.shared.data", "../shared/data"), "synthea-ma100/csv");

  private static final String JOB = "synthea-safe-harbor";

  @TempDir Path folder;

  @Test
  void exportsThePermittedPeopleOfARealSyntheaPopulation() throws Exception {
    Assumptions.assumeTrue(
        Files.isDirectory(EXPORT),
        "skipped: no Synthea export; set consentry.shared.data to a folder with synthea-ma100/csv");
    Installation installation = Installation.in(folder);
    List<String> people = copyExport();
    Installation.write(folder.resolve("synthea/consents.csv"), consents(people));

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
        .isLessThanOrEqualTo(permitted(people));
  }

  private List<String> copyExport() throws IOException {
    Path target = folder.resolve("synthea/csv");
    Files.createDirectories(target);
    try (Stream<Path> files = Files.list(EXPORT)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName().toString()));
      }
    }
    return Installation.read(target.resolve("patients.csv"))
        .lines()
        .skip(1)
        .map(line -> line.substring(0, line.indexOf(',')))
        .toList();
  }

  /** Of five people three permit, one withdraws later, one gave no statement. */
  private static String consents(List<String> people) {
    StringBuilder text = new StringBuilder(header()).append('\n');
    for (int i = 0; i < people.size(); i++) {
      if (i % 5 < 4) {
        text.append("C").append(i).append(',').append(people.get(i));
        text.append(",PERMIT,ACTIVE,2020-01-02T09:00:00,2020-01-02T09:00:00,2020-01-02,,NONE,");
        text.append("BROAD_CONSENT,BROAD,1,").append("ab".repeat(32));
        text.append(",PATIENT,,NA,HRESCH,,*,*,*,*,*,,,,MA,paper\n");
      }
      if (i % 5 == 3) {
        text.append("W").append(i).append(',').append(people.get(i));
        text.append(",WITHDRAW,ACTIVE,2024-01-02T09:00:00,2024-01-02T09:00:00,,,,,,,,");
        text.append("PATIENT,,,,,,,,,,,,,MA,paper\n");
      }
    }
    return text.toString();
  }

  private static long permitted(List<String> people) {
    return (people.size() + 2) * 3L / 5;
  }

  private static String header() {
    return Installation.read(Path.of("sample-data/clinic/consents.csv")).lines().findFirst().get();
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
                  + counts.getOrDefault(table + " rows excluded", -1L)
                  + counts.getOrDefault(table + " rows rejected", -1L));
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
