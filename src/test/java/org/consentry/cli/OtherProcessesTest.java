package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consentry.export.RunKeys;
import org.consentry.export.sort.SortSizes;
import org.consentry.keys.SigningKey;
import org.consentry.keys.StudyKey;
import org.consentry.ledger.Ledger;
import org.consentry.ledger.Staging;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.testing.ExportDriver;
import org.consentry.testing.OtherProcesses;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Splits that other processes extract of what they are sent, each by two of them at once. */
final class OtherProcessesTest {

  private static final String SPLIT_BYTES = "consentry.splitBytes";
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
  private static final SortSizes SMALL = new SortSizes(20_000, 15_000, 40_000, 250);

  @TempDir private Path root;

  private final OtherProcesses others = new OtherProcesses();

  @BeforeEach
  void smallSplits() {
    System.setProperty(SPLIT_BYTES, "30000");
  }

  @AfterEach
  void usualSplits() {
    System.clearProperty(SPLIT_BYTES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"eyelid-outcomes", "outcomes-limited-data-set"})
  void makeTheSameBytesAsOneProcess(String job) throws IOException {
    ExportDriver driver = driver(job);
    ExportPlan plan = plan(job);
    driver.extract(plan, "run-here", Optional.empty());
    Staging staging = Staging.of(plan.output(), "run-there");
    staging.prepare();
    Files.copy(
        RunKeys.oneTimeFile(Staging.of(plan.output(), "run-here")), RunKeys.oneTimeFile(staging));
    Files.createFile(staging.work().resolve("0123456789abcdef~left-0.spill"));

    driver.elsewhere(others).extract(plan(job), "run-there", Optional.empty());

    assertThat(others.sent()).hasSizeGreaterThan(3);
    assertThat(data(plan, "run-there")).hasSizeGreaterThan(4).isEqualTo(data(plan, "run-here"));
    assertThat(staging.work())
        .isDirectoryNotContaining(file -> String.valueOf(file.getFileName()).contains("~"))
        .isDirectoryNotContaining(file -> file.toString().contains("seen-"));
  }

  @Test
  void areNotSentTheKeyOfTheStudyOrOfTheRun() throws IOException {
    String job = "outcomes-limited-data-set";
    ExportPlan plan = plan(job, driver(job).elsewhere(others), "run-1");

    assertThat(others.sent()).isNotEmpty();
    for (Path file :
        new Path[] {
          root.resolve("keys/" + job + ".key"),
          RunKeys.oneTimeFile(Staging.of(plan.output(), "run-1"))
        }) {
      String key = latin(key(file));
      assertThat(key).hasSize(32);
      others.sent().forEach((name, bytes) -> assertThat(latin(bytes)).doesNotContain(key));
    }
  }

  @Test
  void refuseFilesOfTheJobThatAreNotThoseOfTheRun() throws IOException {
    String job = "outcomes-limited-data-set";
    ExportDriver driver = driver(job).elsewhere(others);
    ExportPlan plan = plan(job);
    Path mapping = root.resolve("mappings/clinic-limited-data-set.yaml");
    Files.writeString(mapping, Files.readString(mapping) + "\n# another mapping\n");

    assertThatThrownBy(() -> driver.extract(plan, "run-1", Optional.empty()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.category()).isEqualTo(Category.RUN_FAILED);
              assertThat(refused.problems())
                  .first()
                  .satisfies(one -> assertThat(one.code()).isEqualTo("SHARED_FILES"));
            });
    assertThat(Staging.of(plan.output(), "run-1").release()).isEmptyDirectory();
  }

  private ExportDriver driver(String job) throws IOException {
    Installation place = Installation.in(root);
    StateFolder state = new StateFolder(place.home());
    state.prepare();
    Files.createDirectories(root.resolve("keys"));
    StudyKey.generate().writeNew(root.resolve("keys/" + job + ".key"));
    SigningKey.generate().writeNew(root.resolve("keys/manifest-signing.pem"));
    Ledger ledger = Ledger.open(state, () -> Instant.parse("2026-11-23T12:00:00Z"));
    return new ExportDriver(state, ledger, () -> Instant.parse("2026-11-23T12:00:00Z"))
        .with(2, SMALL);
  }

  private ExportPlan plan(String job, ExportDriver driver, String run) {
    ExportPlan plan = plan(job);
    driver.extract(plan, run, Optional.empty());
    return plan;
  }

  private ExportPlan plan(String job) {
    return Planner.plan(
        root.resolve("jobs/" + job + ".yaml"), TODAY, TODAY, Optional.of(ZoneOffset.UTC));
  }

  private static byte[] key(Path file) throws IOException {
    String line =
        Files.readAllLines(file).stream()
            .filter(text -> !text.startsWith("#") && text.contains(" "))
            .reduce((first, last) -> last)
            .orElseThrow();
    return Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1));
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static Map<String, String> data(ExportPlan plan, String run) throws IOException {
    Path release = Staging.of(plan.output(), run).release();
    Map<String, String> files = new TreeMap<>();
    for (Path file : Installation.files(release.resolve("data"))) {
      files.put(release.relativize(file).toString(), latin(Files.readAllBytes(file)));
    }
    return files;
  }
}
