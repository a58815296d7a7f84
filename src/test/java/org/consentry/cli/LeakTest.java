package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.consentry.cli.CanaryClinic.Person;
import org.consentry.cli.Installation.Answer;
import org.consentry.testing.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Canaries in every column of every table, through whole processes: nothing of a patient is in an
 * output stream, the state folder, the job database, a manifest or a temporary file, and of
 * released patients only what the mapping releases is in the release.
 */
final class LeakTest {

  @TempDir Path folder;

  private Installation place;
  private CanaryClinic clinic;
  private Path temporary;

  @BeforeEach
  void plant() throws IOException {
    place = Installation.in(folder.toRealPath());
    clinic = CanaryClinic.over(place);
    temporary = Files.createDirectory(place.root().resolve("temporary"));
  }

  @Test
  void theScanFindsACanaryInEveryFormItLooksThrough() throws IOException {
    Path wide = place.root().resolve("wide");
    Files.write(wide, ("x" + Person.WITHDREW.id()).getBytes(StandardCharsets.UTF_16LE));

    assertThat(Leaks.in(wide)).containsExactly(Person.WITHDREW.id());
    assertThat(Leaks.in("A" + Person.RELEASED.birth + "Z")).containsExactly(Person.RELEASED.birth);
    assertThat(Leaks.under(place.root().resolve("sample-data")))
        .contains(Person.STRANGER.id(), Person.NEVERASKED.word("visits", "note"));
  }

  @Test
  void aSucceedingRunShowsOnlyKeptColumnsOfReleasedPatientsInTheirFiles() throws Exception {
    Answer answer = process("run", "--create-keys", place.job("eyelid-outcomes").toString());

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
    Path release = place.release("eyelid-outcomes");
    Set<String> released = Leaks.under(release.resolve("data"));
    assertThat(released)
        .contains(
            Person.RELEASED.word("patients", "state"),
            Person.RELEASED.word("visits", "visit_type"),
            Person.NEIGHBOUR.word("proms", "instrument"))
        .allMatch(Leaks::mayBeReleased);
    for (Path file : Installation.files(release)) {
      if (!file.startsWith(release.resolve("data"))) {
        assertThat(Leaks.in(file)).as(file.getFileName().toString()).isEmpty();
      }
    }
    requireSilence(answer);
    assertThat(place.root().resolve("releases/.staging")).doesNotExist();
  }

  @Test
  void aValueThatAnOperatorCannotTakeIsNotShown() throws Exception {
    place.replace(
        place.root().resolve("mappings/clinic-safe-harbor.yaml"),
        "        type: integer\n        onInvalid: blank\n        why: the secondary outcome",
        "        type: integer\n        why: the secondary outcome");

    Answer answer = process("run", "--create-keys", place.job("eyelid-outcomes").toString());

    requireNothingReleased(answer);
    assertThat(printed(answer))
        .contains(
            "sample-data/clinic/proms.csv:2: error INVALID_VALUE column 'satisfaction' has 2"
                + " values in the rows read together that are not a whole number of at most 18"
                + " digits, the first in lines 2, 3; repair the rows, or set onInvalid: blank or"
                + " reject-row for 'satisfaction' in the mapping");
  }

  @Test
  void raggedRowsOverTheShareAreNotShown() throws Exception {
    place.append(
        place.clinic("visits"),
        clinic.event(Person.RELEASED, "visits") + "," + Person.RELEASED.word("visits", "surplus"));

    Answer answer = process("run", "--create-keys", place.job("eyelid-outcomes").toString());

    requireNothingReleased(answer);
    assertThat(printed(answer))
        .contains(
            "sample-data/clinic/visits.csv:8: error REJECTED_ROWS 1 of 7 rows read cannot be used:"
                + " RAGGED 1 (line 8); tolerated is a share of 0.001; repair the rows, or raise"
                + " rejects: {share: ...} in the job");
  }

  private void requireNothingReleased(Answer answer) {
    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(10);
    assertThat(place.root().resolve("releases/eyelid-outcomes")).doesNotExist();
    assertThat(Leaks.under(place.root().resolve("releases"))).allMatch(Leaks::mayBeReleased);
    requireSilence(answer);

    String run = started(answer);
    assertThat(place.call("abandon", run).exitCode()).isEqualTo(0);
    assertThat(Installation.files(place.root().resolve("releases"))).isEmpty();
    requireSilence(place.call("status"));
  }

  private static String started(Answer answer) {
    return answer
        .err()
        .lines()
        .filter(line -> line.startsWith("run "))
        .map(line -> line.substring(4))
        .findFirst()
        .orElseThrow();
  }

  private void requireSilence(Answer answer) {
    assertThat(Leaks.in(answer.out())).as("standard output").isEmpty();
    assertThat(Leaks.in(answer.err())).as("standard error").isEmpty();
    assertThat(Leaks.under(place.home())).as("state folder").isEmpty();
    assertThat(Leaks.under(place.root().resolve("keys"))).as("keys").isEmpty();
    assertThat(Leaks.databaseRows(place.home()))
        .as("job database")
        .anyMatch(row -> row.startsWith("BATCH_STEP_EXECUTION_CONTEXT: "))
        .allMatch(row -> Leaks.in(row).isEmpty());
    assertThat(Installation.files(temporary)).as("temporary files").isEmpty();
  }

  private List<String> printed(Answer answer) {
    return answer.err().replace(place.root() + "/", "").lines().toList();
  }

  private Answer process(String... words) throws IOException, InterruptedException {
    List<String> options =
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "-XX:-UsePerfData",
            "-Djava.io.tmpdir=" + temporary);
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--threads", "2", "--home", place.home().toString()));
    Program.Ended ended = Program.java(options, Main.class, line).run();
    return new Answer(ended.exitCode(), ended.out(), ended.err());
  }
}
