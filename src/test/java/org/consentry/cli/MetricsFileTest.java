package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.consentry.cli.Installation.Answer;
import org.consentry.ledger.StateFolder;
import org.consentry.service.Metrics;
import org.consentry.service.Site;
import org.consentry.testing.Program;
import org.consentry.testing.SmallClinic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a run writes for node_exporter. */
final class MetricsFileTest {

  private static final String JOB = "eyelid-outcomes";
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-z_]+(?:\\{[a-z]+=\"[^\"]*\"(?:,[a-z]+=\"[^\"]*\")*})?)"
              + " (-?[0-9]+\\.[0-9]+(?:E[0-9]+)?)");

  private static final Pattern REGISTRY =
      Pattern.compile("io\\.(?:micrometer\\.(?:core|prometheusmetrics)|prometheus)\\.[\\w.$]+");

  private static final long PATIENCE = 60_000_000_000L; // nanoseconds

  @TempDir private Path folder;
  private Installation place;
  private Path file;

  @BeforeEach
  void install() throws IOException {
    place = SmallSample.in(folder.toRealPath());
    file = folder.resolve("consentry.prom");
  }

  private Answer run() {
    return place.call(
        "run", "--create-keys", "--metrics-file", file.toString(), place.job(JOB).toString());
  }

  /** Reads the text format as a collector does: help and type before the samples of a name. */
  private Map<String, Long> samples() {
    Map<String, Long> samples = new LinkedHashMap<>();
    String name = "";
    for (String line : Installation.read(file).lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        name = line.substring("# TYPE ".length(), line.lastIndexOf(' '));
      } else if (!line.startsWith("# HELP ")) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        assertThat(sample.group(1).replaceFirst("\\{.*", "")).isEqualTo(name);
        assertThat(samples.put(sample.group(1), number(sample.group(2)))).isNull();
      }
    }
    return samples;
  }

  /** Prometheus has numbers with a fraction; all of ours are whole. */
  private static long number(String text) {
    return new BigDecimal(text).longValueExact();
  }

  @Test
  void writesWhatTheStateFolderIsLike() throws IOException {
    long before = Instant.now().getEpochSecond();
    assertThat(run().exitCode()).isZero();

    Map<String, Long> samples = samples();
    assertThat(samples)
        .containsEntry("consentry_last_exit_code", 0L)
        .containsEntry("consentry_state_ok", 1L)
        .containsEntry("consentry_open_recalls", 0L)
        .containsEntry("consentry_run_exit_code{job=\"eyelid-outcomes\"}", 0L)
        .containsKey("consentry_step_seconds{job=\"eyelid-outcomes\",step=\"extracting\"}")
        .containsKey("consentry_step_seconds{job=\"eyelid-outcomes\",step=\"publishing\"}");
    assertThat(samples.get("consentry_newest_release_timestamp_seconds{job=\"eyelid-outcomes\"}"))
        .isBetween(before, Instant.now().getEpochSecond());
    assertThat(samples.get("consentry_ledger_verified_timestamp_seconds"))
        .isBetween(before, Instant.now().getEpochSecond());
    assertThat(samples.get("consentry_next_expiry_days"))
        .isBetween(1L, LocalDate.parse("2039-12-31").toEpochDay());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");
  }

  @Test
  void countsPeopleAsTheManifestForTheRecipientStatesThem() {
    assertThat(run().exitCode()).isZero();

    JsonNode subjects =
        JsonMapper.builder()
            .build()
            .readTree(Installation.read(place.release(JOB).resolve("manifest.json")))
            .at("/predicate/consent/subjects");
    List<String> stated = new ArrayList<>();
    stated.add(subjects.path("read").asString(""));
    subjects.path("excluded").forEach(count -> stated.add(count.asString("")));
    assertThat(stated).contains("<11").hasSizeGreaterThan(3);
    assertThat(people())
        .containsExactlyInAnyOrderElementsOf(
            stated.stream().filter(count -> !count.equals("<11")).toList());
  }

  private List<String> people() {
    return samples().entrySet().stream()
        .filter(sample -> sample.getKey().startsWith("consentry_people{"))
        .map(sample -> sample.getValue().toString())
        .toList();
  }

  @Test
  void countsRowsAsTheManifestForTheRecipientStatesThem() {
    assertThat(run().exitCode()).isZero();

    JsonNode tables =
        JsonMapper.builder()
            .build()
            .readTree(Installation.read(place.release(JOB).resolve("manifest.json")))
            .at("/predicate/tables");
    Map<String, Long> stated = new LinkedHashMap<>();
    List<String> masked = new ArrayList<>();
    for (JsonNode table : tables) {
      for (Map.Entry<String, String> step :
          Map.of("read", "read", "excludedTotal", "excluded").entrySet()) {
        JsonNode count = table.path("rows").path(step.getKey());
        String name =
            "consentry_rows{job=\""
                + JOB
                + "\",step=\""
                + step.getValue()
                + "\",table=\""
                + table.path("name").asString("")
                + "\"}";
        if (count.isNumber()) {
          stated.put(name, count.asLong());
        } else if (!count.isMissingNode()) {
          masked.add(name);
        }
      }
    }
    assertThat(stated).isNotEmpty();
    assertThat(samples())
        .containsAllEntriesOf(stated)
        .doesNotContainKeys(masked.toArray(String[]::new));
  }

  @Test
  void aWithdrawalBetweenTwoReleasesChangesNoCount() throws IOException {
    ChainClinic clinic =
        ChainClinic.in(Files.createDirectory(folder.resolve("chain")).toRealPath());
    for (int number = 0; number < 60; number++) {
      clinic.row("patients", "P" + number, "1980-01-01");
      clinic.row("episodes", "E" + number, "P" + number, "2021-05-30");
      clinic.row("visits", "V" + number, "E" + number, "P" + number, "2021-06-01", "2021-06-01");
      String decision = number < 25 ? "DENY" : "PERMIT";
      clinic.consent("L" + number, "P" + number, Map.of("decision", decision));
    }
    assertThat(clinic.run().exitCode()).isZero();
    List<String> before = counts(clinic);
    clinic.restriction("W1", "P40", "WITHDRAW", Map.of());
    assertThat(clinic.run().exitCode()).isZero();

    assertThat(counts(clinic)).isEqualTo(before).isNotEmpty();
    assertThat(String.join("\n", before)).doesNotContain("released", "computed");
  }

  private static List<String> counts(ChainClinic clinic) {
    return Metrics.text(new StateFolder(clinic.home()), Instant.now(), OptionalInt.empty())
        .lines()
        .filter(line -> line.startsWith("consentry_people{") || line.startsWith("consentry_rows{"))
        .toList();
  }

  @Test
  void writesTheExitCodeOfARunThatFailsBeforeItsRecord() {
    place.append(place.job(JOB), "no-such-key: 1");

    assertThat(run().exitCode()).isEqualTo(10);
    assertThat(samples())
        .containsEntry("consentry_last_exit_code", 10L)
        .containsEntry("consentry_state_ok", 1L)
        .doesNotContainKey("consentry_run_exit_code{job=\"eyelid-outcomes\"}");
  }

  @Test
  void showsADamagedStateFolderAndNothingElseOfIt() {
    assertThat(run().exitCode()).isZero();
    Path entries = place.home().resolve("ledger/entries.jsonl");
    Installation.write(entries, Installation.read(entries).replace("eyelid", "eyelip"));

    assertThat(run().exitCode()).isEqualTo(20);
    assertThat(samples())
        .containsEntry("consentry_state_ok", 0L)
        .containsEntry("consentry_last_exit_code", 20L)
        .hasSize(3);
  }

  @Test
  void refusesAFileWithoutAFolderBeforeAnyWork() {
    file = folder.resolve("none/consentry.prom");

    assertThat(run().exitCode()).isEqualTo(2);
    assertThat(place.releases(JOB)).isEmpty();
  }

  @Test
  void aServiceWritesTheSame() throws InterruptedException {
    assertThat(run().exitCode()).isZero();
    Map<String, Long> ofRun = samples();
    Installation.remove(file);

    try (Site site = Site.start(place.root(), "consentry.metrics.file=" + file)) {
      assertThat(site.address()).isNotEmpty();
      long end = System.nanoTime() + PATIENCE;
      while (!Files.exists(file)) {
        assertThat(System.nanoTime()).isLessThan(end);
        assertThat(new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS)).isFalse();
      }
    }

    Set<String> names = new HashSet<>(ofRun.keySet());
    names.remove("consentry_last_exit_code");
    assertThat(samples().keySet()).isEqualTo(names);
  }

  @Test
  void aRunWithoutTheFileLoadsNothingOfTheRegistry() throws Exception {
    SmallClinic clinic = new SmallClinic(Files.createDirectory(folder.resolve("small")));
    clinic.patient(1, "2021-01-01");
    Path job = clinic.job("visits", "a", "uni", SmallClinic.Basis.LIMITED_DATA_SET);
    clinic.append("jobs/visits.yaml", "zone: UTC");
    List<String> words = List.of("run", job.toString(), "--home", clinic.state().home().toString());
    List<String> more = new ArrayList<>(words);
    more.addAll(List.of("--metrics-file", file.toString()));

    assertThat(registryClasses(words)).isEmpty();
    assertThat(file).doesNotExist();
    assertThat(registryClasses(more))
        .contains("io.micrometer.prometheusmetrics.PrometheusMeterRegistry");
    assertThat(file).isNotEmptyFile();
  }

  /**
   * The classes of the registry that a command loads in a process of its own. The classes of
   * observations, {@code io.micrometer.observation}, are none of it: Spring Batch loads some.
   */
  private List<String> registryClasses(List<String> words) throws Exception {
    Path loaded = folder.resolve("loaded");
    Program.Ended ended =
        Program.java(
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-Xlog:class+load:file=" + loaded),
                Main.class,
                words)
            .run();
    assertThat(ended.exitCode()).as(ended.text()).isZero();
    String classes = Installation.read(loaded);
    assertThat(classes).contains("org.consentry.cli.RunCommand ");
    return REGISTRY.matcher(classes).results().map(MatchResult::group).toList();
  }
}
