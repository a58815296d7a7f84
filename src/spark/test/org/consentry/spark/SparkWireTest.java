package org.consentry.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions pass between processes, and nobody who listens can read them. */
final class SparkWireTest {

  private static final int RELEASED_WITH_REJECTED_ROWS = 3;

  /** Ids of a thousand patients alone are more. */
  private static final int DECISIONS = 20_000;

  private static final Pattern ID = Pattern.compile("(?m)^P\\d{6}(?=,)");
  private static final Pattern WHO = Pattern.compile("sparkSaslUser|app-\\d{14}-\\d{4}");

  @Test
  void whatExecutorsAreSentCannotBeReadOnTheWay(@TempDir Path folder) throws Exception {
    Clinic clinic = Clinic.in(folder);
    List<String> ids = ids(folder.resolve("sample-data/clinic/patients.csv"));
    try (Wire calls = Wire.record();
        Wire blocks = Wire.record()) {
      Clinic.Ended ended =
          clinic.run(
              "run",
              "jobs/outcomes-limited-data-set.yaml",
              "--create-keys",
              "--engine",
              "spark",
              "--master",
              "local-cluster[1,1,500]",
              "--spark-conf",
              "spark.driver.host=" + Wire.ADDRESS,
              "--spark-conf",
              "spark.driver.bindAddress=127.0.0.1",
              "--spark-conf",
              "spark.driver.port=" + calls.port(),
              "--spark-conf",
              "spark.driver.blockManager.port=" + blocks.port(),
              "--spark-conf",
              "spark.broadcast.compress=false");

      assertThat(ended.exitCode()).as(ended.text()).isEqualTo(RELEASED_WITH_REJECTED_ROWS);
      for (String passed : List.of(calls.passed(), blocks.passed())) {
        assertThat(WHO.matcher(passed).find()).as("the handshake is readable").isTrue();
        assertThat(passed.contains("consentry")).as("the program is").isFalse();
        assertThat(ids.stream().filter(passed::contains).count()).as("patients").isZero();
      }
      assertThat(blocks.passed().length()).isGreaterThan(DECISIONS);
    }
  }

  private static List<String> ids(Path patients) throws Exception {
    List<String> ids =
        ID.matcher(Files.readString(patients)).results().map(MatchResult::group).toList();
    assertThat(ids).hasSizeGreaterThan(900);
    return ids;
  }
}
