package org.consentry.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a standalone cluster make the release that one process makes, whatever is killed. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class SparkRunTest {

  private static final String JOB = "jobs/outcomes-limited-data-set.yaml";

  private static final int RELEASED_WITH_REJECTED_ROWS = 3;
  private static final int KILLED = 137;
  private static final int STOPPED = 143;
  private static final int TEMPORARY = 75;
  private static final int USAGE = 2;
  private static final int SOME = 10;

  @TempDir static Path folder;

  private static Clinic clinic;
  private static StandaloneCluster cluster;
  private static Map<String, String> data;
  private static JsonNode manifest;

  @BeforeAll
  static void releaseInOneProcess() throws Exception {
    cluster = StandaloneCluster.in(Files.createDirectory(folder.resolve("cluster")));
    clinic = Clinic.in(Files.createDirectory(folder.resolve("clinic")));
    Clinic.Ended here = clinic.run("run", JOB, "--create-keys");
    assertThat(here.exitCode()).as(here.text()).isEqualTo(RELEASED_WITH_REJECTED_ROWS);
    assertThat(clinic.engine()).contains("one process");
    data = clinic.data();
    manifest = clinic.manifest();
    assertThat(data).hasSizeGreaterThan(10);
  }

  @AfterAll
  static void stopTheCluster() {
    cluster.close();
  }

  @Test
  void makesTheSameFilesAndCountsThoughAnExecutorIsKilled() throws Exception {
    Path log = folder.resolve("executor.log");
    Process run = clinic.startRun(log, cluster.options());
    int before = clinic.awaitSplits(run, SOME);
    assertThat(before).as(() -> read(log)).isGreaterThanOrEqualTo(SOME);

    cluster.killAnExecutor();
    Clinic.Ended ended = clinic.end(run, log);

    assertThat(ended.exitCode()).as(ended.text()).isEqualTo(RELEASED_WITH_REJECTED_ROWS);
    assertThat(ended.text()).contains("of Spark was lost; its splits are done again");
    assertTheSameRelease();
    assertThat(clinic.engine()).startsWith("Apache Spark 4.");
  }

  @Test
  void aRunWhoseDriverIsKilledIsResumedInOneProcess() throws Exception {
    String run = kill("driver.log", cluster.options());

    Clinic.Ended ended = clinic.run("resume", run);

    assertThat(ended.exitCode()).as(ended.text()).isEqualTo(RELEASED_WITH_REJECTED_ROWS);
    assertTheSameRelease();
  }

  @Test
  void aRunThatIsKilledInOneProcessIsResumedOnTheCluster() throws Exception {
    String run = kill("here.log", List.of());
    List<String> words = new ArrayList<>(List.of("resume", run));
    words.addAll(cluster.options());

    Clinic.Ended ended = clinic.run(words.toArray(String[]::new));

    assertThat(ended.exitCode()).as(ended.text()).isEqualTo(RELEASED_WITH_REJECTED_ROWS);
    assertTheSameRelease();
  }

  @Test
  void aSignalStopsARunOnTheClusterAndItIsResumed() throws Exception {
    Path log = folder.resolve("signal.log");
    Process run = clinic.startRun(log, cluster.options());
    clinic.awaitSplits(run, SOME);
    run.destroy();

    Clinic.Ended stopped = clinic.end(run, log);

    assertThat(stopped.exitCode()).as(stopped.text()).isEqualTo(STOPPED);
    assertThat(stopped.text()).doesNotContain("was lost").doesNotContain("error");
    Clinic.Ended ended = clinic.run("resume", Clinic.id(log));
    assertThat(ended.exitCode()).as(ended.text()).isEqualTo(RELEASED_WITH_REJECTED_ROWS);
    assertTheSameRelease();
  }

  @Test
  void executorsOfTheCommandItselfLeaveNothing() throws Exception {
    Clinic.Ended ended =
        clinic.run("run", JOB, "--engine", "spark", "--master", "local-cluster[2,1,500]");

    assertThat(ended.exitCode()).as(ended.text()).isEqualTo(RELEASED_WITH_REJECTED_ROWS);
    assertTheSameRelease();
    assertThat(clinic.temporary()).isDirectoryNotContaining("glob:**consentry-spark*");
  }

  @Test
  void beginsNothingUnderSettingsThatAreNotAllowed() throws Exception {
    Clinic fresh = Clinic.in(Files.createDirectory(folder.resolve("refused")));

    for (String master : List.of("spark://127.0.0.1:7077", "local-cluster[0,1,500]")) {
      Clinic.Ended ended =
          fresh.run("run", JOB, "--create-keys", "--engine", "spark", "--master", master);

      assertThat(ended.exitCode()).as(ended.text()).isEqualTo(USAGE);
    }
    for (String made : List.of("keys", "releases", "state")) {
      assertThat(fresh.folder().resolve(made)).doesNotExist();
    }
  }

  /** Last, because no cluster is left. */
  @Test
  @Order(Integer.MAX_VALUE)
  void aLostClusterEndsTheRunAndItIsResumedInOneProcess() throws Exception {
    Path log = folder.resolve("lost.log");
    Process run = clinic.startRun(log, cluster.options());
    clinic.awaitSplits(run, SOME);
    cluster.close();

    Clinic.Ended lost = clinic.end(run, log);

    assertThat(lost.exitCode()).as(lost.text()).isEqualTo(TEMPORARY);
    assertThat(lost.text()).contains("error CLUSTER");
    Clinic.Ended ended = clinic.run("resume", Clinic.id(log));
    assertThat(ended.exitCode()).as(ended.text()).isEqualTo(RELEASED_WITH_REJECTED_ROWS);
    assertTheSameRelease();
  }

  /** Begins a run and kills it in the middle of the extract; gives its id. */
  private static String kill(String name, List<String> engine) throws Exception {
    Path log = folder.resolve(name);
    Process run = clinic.startRun(log, engine);
    int before = clinic.awaitSplits(run, SOME);
    run.destroyForcibly();
    assertThat(clinic.end(run, log).exitCode()).as(() -> read(log)).isEqualTo(KILLED);
    assertThat(before).isGreaterThanOrEqualTo(SOME);
    return Clinic.id(log);
  }

  private static void assertTheSameRelease() throws Exception {
    assertThat(clinic.data().keySet()).isEqualTo(data.keySet());
    assertThat(clinic.data().equals(data)).as("bytes of data files").isTrue();
    assertThat(clinic.manifest()).isEqualTo(manifest);
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (java.io.IOException unreadable) {
      return "no log";
    }
  }
}
