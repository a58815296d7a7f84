package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.consentry.cli.Installation.Answer;
import org.consentry.testing.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What programs get with {@code --json}: events that the published schema describes. */
final class EventsTest {

  private static final String JOB = "eyelid-outcomes";
  @TempDir private Path folder;
  private Installation place;

  @BeforeEach
  void install() {
    place = Installation.in(folder);
  }

  private Answer run(String... words) {
    List<String> all = new ArrayList<>(List.of("run", "--json", "--create-keys"));
    all.addAll(List.of(words));
    all.add(place.job(JOB).toString());
    return place.call(all.toArray(String[]::new));
  }

  /** The table of a result has the numbers of the manifest's internal edition. */
  private void requireCountsOfTheManifest(Answer answer) {
    JsonNode manifest =
        JsonMapper.shared()
            .readTree(
                Installation.read(
                    place
                        .home()
                        .resolve(
                            "manifests/" + place.newestRun().run() + "/manifest.internal.json")))
            .path("predicate");
    Map<String, List<Long>> expected = new TreeMap<>();
    expected.put("subjects", counts(manifest.path("consent").path("subjects")));
    manifest
        .path("tables")
        .forEach(table -> expected.put(table.path("name").asString(), counts(table.path("rows"))));
    Map<String, List<Long>> shown = new TreeMap<>();
    for (JsonNode table : answer.results().get(0).path("tables")) {
      shown.put(
          table.path("table").asString(),
          Stream.of("read", "notPermitted", "notInCohort", "notUsable", "released")
              .map(name -> table.path(name).asLong())
              .toList());
    }
    assertThat(shown).isEqualTo(expected);
  }

  /** Read, not permitted, not in cohort, not usable, released. */
  private static List<Long> counts(JsonNode rows) {
    JsonNode excluded = rows.path("excluded");
    long cohort = excluded.path("NOT_IN_COHORT").asLong();
    long unusable =
        excluded.path("UNKNOWN_SUBJECT").asLong()
            + excluded.path("PATIENT_AMBIGUOUS").asLong()
            + excluded.path("PARENT_EXCLUDED").asLong()
            + rows.path("rejectedTotal").asLong();
    long released = rows.path("released").asLong();
    long read = rows.path("read").asLong();
    return List.of(read, read - cohort - unusable - released, cohort, unusable, released);
  }

  private static List<String> steps(Answer answer) {
    return answer.events().stream()
        .filter(event -> event.path("event").asString().equals("step"))
        .map(event -> event.path("step").asString())
        .toList();
  }

  @Test
  void aRunReportsItsStepsAndWhatBecameOfEveryRow() {
    Answer answer = run();

    assertThat(answer.exitCode()).as(answer.out()).isZero();
    Events.require(answer.out(), 0);
    assertThat(answer.err()).isEmpty();
    assertThat(steps(answer))
        .containsExactly(
            "deciding consent",
            "extracting",
            "measuring risk",
            "sorting",
            "scanning",
            "sealing",
            "verifying",
            "deciding consent again",
            "publishing");
    requireCountsOfTheManifest(answer);
  }

  @Test
  void aRunWithToleratedBadRowsNamesThemAndEndsWithThree() throws IOException {
    Path visits = place.root().resolve("sample-data/clinic/visits.csv");
    Files.writeString(visits, "only,two\n", StandardOpenOption.APPEND);
    long line = Files.readString(visits).lines().count();

    Answer answer = run();
    Answer shown = place.call("status");

    assertThat(answer.exitCode()).as(answer.out()).isEqualTo(3);
    Events.require(answer.out(), 3);
    requireCountsOfTheManifest(answer);
    Path list = place.home().resolve("rejected").resolve(place.newestRun().run() + ".csv");
    assertThat(shown.out())
        .contains(
            "rows that cannot be used\n  visits: RAGGED 1\n  "
                + visits
                + ":"
                + line
                + ": RAGGED\n  all of them: "
                + list
                + "\n");
    assertThat(list).hasContent("file,line,reason\n\"" + visits + "\"," + line + ",RAGGED\n");
  }

  @Test
  void aBlockedRunEndsWithAProblem() throws IOException {
    Path job = place.job(JOB);
    Files.writeString(
        job, Files.readString(job).replace("onViolation: report", "onViolation: block"));

    Answer answer = run();

    assertThat(answer.exitCode()).as(answer.out()).isEqualTo(13);
    Events.require(answer.out(), 13);
    assertThat(answer.events())
        .anyMatch(event -> event.path("code").asString().equals("SMALL_GROUPS"));
  }

  @Test
  void aFailedRunEndsWithAProblem() throws IOException {
    Files.writeString(
        place.root().resolve("sample-data/clinic/visits.csv"),
        "only,two\n".repeat(50),
        StandardOpenOption.APPEND);

    Answer answer = run();

    assertThat(answer.exitCode()).as(answer.out()).isEqualTo(10);
    Events.require(answer.out(), 10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run --json --nosuch",
        "run --json nosuch.yaml",
        "nosuch --json",
        "validate --format json nosuch.yaml",
        "validate --format=json nosuch.yaml",
        "status --json",
        "list --json",
        "run --json --log-file /dev/full nosuch.yaml"
      })
  void whateverIsWrongIsAnEvent(String words) {
    Answer answer = place.call(words.split(" ", -1));

    Events.require(answer.out(), answer.exitCode());
    assertThat(answer.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "risk", "profile"})
  void everyCommandOnAJobPrintsEvents(String command) {
    Answer answer = place.call(command, "--json", place.job(JOB).toString());

    Events.require(answer.out(), answer.exitCode());
  }

  /** All but the one that writes into the folder of the process. */
  static Stream<List<String>> commands() {
    return commands(Main.commandLine(), List.of())
        .filter(command -> !command.equals(List.of("init")));
  }

  private static Stream<List<String>> commands(CommandLine line, List<String> words) {
    return line.getSubcommands().entrySet().stream()
        .flatMap(
            below -> {
              List<String> all = Stream.concat(words.stream(), Stream.of(below.getKey())).toList();
              return Stream.concat(Stream.of(all), commands(below.getValue(), all));
            });
  }

  /** Whatever a command finds missing, a program gets it as events. */
  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandThatAnswersProgramsPrintsEventsAlone(List<String> command) {
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of("--json", "--home", folder.resolve("absent").toString()));

    Answer answer = Installation.execute(words);

    Events.require(answer.out(), answer.exitCode());
    assertThat(answer.err()).isEmpty();
  }

  @Test
  void aRunThatASignalStopsEndsTheStream() throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    List<String> words =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "out=$1; shift; \"$@\" > \"$out\" & until grep -q extracting \"$out\"; do sleep"
                    + " 0.05; done; kill -TERM $!; wait $!; exit $?",
                "sh",
                out.toString()));
    words.addAll(
        Program.java(
                List.of(),
                Main.class,
                List.of(
                    "run",
                    "--json",
                    "--create-keys",
                    "--home",
                    place.home().toString(),
                    place.job(JOB).toString()))
            .words());

    Program.Ended ended = Program.of(words.toArray(String[]::new)).run();

    Events.require(Files.readString(out), ended.exitCode());
    assertThat(ended.exitCode()).isIn(0, 143);
  }

  @Test
  void aQuietRunPrintsNothingOnSuccessAndEverythingOtherwise() {
    Path log = folder.resolve("run.log");

    Answer good =
        place.call(
            "run",
            "--quiet",
            "--create-keys",
            "--log-file",
            log.toString(),
            place.job(JOB).toString());
    Answer bad = place.call("run", "--quiet", "nosuch.yaml");

    assertThat(good).isEqualTo(new Answer(0, "", ""));
    assertThat(Installation.read(log))
        .contains("deciding consent\n", "released ", "end, exit code 0\n");
    assertThat(bad.exitCode()).isEqualTo(10);
    assertThat(bad.err()).startsWith("nosuch.yaml: error NO_SUCH_FILE");
  }

  @Test
  void aLogForProgramsHasTheEventsOfTheSchemaWithoutProgressAndResults() {
    Path log = folder.resolve("run.log");
    List<String> words =
        List.of("--create-keys", "--log-file", log.toString(), "--log-format", "json");

    Answer people = call("run", words, place.job(JOB).toString());
    Answer bad = call("run", words, "nosuch.yaml");

    List<JsonNode> events =
        Installation.read(log).lines().map(line -> JsonMapper.shared().readTree(line)).toList();
    assertThat(people.exitCode()).as(people.err()).isZero();
    assertThat(bad.exitCode()).isEqualTo(10);
    Events.requireLines(Installation.read(log).lines().toList());
    assertThat(events)
        .extracting(event -> event.path("event").asString())
        .startsWith("start")
        .endsWith("start", "problem", "end")
        .contains("step", "note")
        .doesNotContain("progress", "result");
    assertThat(events)
        .filteredOn(event -> event.path("event").asString().equals("note"))
        .extracting(event -> event.path("text").asString())
        .anyMatch(text -> text.startsWith("released "));
    assertThat(people.out()).startsWith("released ").doesNotContain("\"event\"");
  }

  @Test
  void aFormOfTheLogWithoutALogIsRefused() {
    Answer answer = place.call("list", "--log-format", "json");

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err()).contains("--log-format states how a log is written: give --log-file");
  }

  private Answer call(String command, List<String> words, String file) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(words);
    all.add(file);
    return place.call(all.toArray(String[]::new));
  }
}
