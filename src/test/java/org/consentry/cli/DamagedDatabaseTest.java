package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.consentry.cli.Installation.Answer;
import org.consentry.ledger.RunRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever becomes of the files of the job repository, a run goes on without a person. */
final class DamagedDatabaseTest {

  private static final String JOB = "eyelid-outcomes";

  @TempDir private static Path folder;
  private static Installation place;
  private static String run;

  /** A file of the job repository as it was before the newest run. */
  private static byte[] script;

  @BeforeAll
  static void failWhileSealing() throws IOException {
    place = Installation.in(folder.toRealPath());
    CanaryClinic.over(place);
    assertThat(place.run(JOB).exitCode()).isEqualTo(0);
    script = Files.readAllBytes(place.home().resolve("db/consentry.script"));
    AtomicBoolean isAtWork = new AtomicBoolean();
    place.callAnd(
        "sealing",
        () -> {
          isAtWork.set(true);
          throw new IllegalStateException("the machine fails here");
        },
        "run",
        "--threads",
        "2",
        place.job(JOB).toString());
    assertThat(isAtWork).isTrue();
    run = place.newestRun().run();
    assertThat(place.newestRun().state()).isEqualTo(RunRecord.State.FAILED);
    place.keepCopy();
  }

  @BeforeEach
  void beginWithAFailedRun() {
    place.restoreCopy();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "consentry.script text",
        "consentry.script half",
        "consentry.data half",
        "consentry.data empty",
        "consentry.data zeros",
        "consentry.properties text",
        "consentry.properties unmodified",
        "consentry.properties empty",
        "consentry.properties gone",
        "consentry.script older",
        "consentry.script gone",
        "consentry.script empty",
        "consentry.data gone"
      })
  void aDamagedFileIsSetAsideAndTheRunIsResumed(String damage) throws IOException {
    String[] words = damage.split(" ", -1);
    Path file = place.home().resolve("db").resolve(words[0]);
    byte[] content = Files.readAllBytes(file);
    Files.delete(file);
    if (!words[1].equals("gone")) {
      Files.write(
          file,
          switch (words[1]) {
            case "half" -> Arrays.copyOf(content, content.length / 2);
            case "empty" -> new byte[0];
            case "unmodified" ->
                new String(content, StandardCharsets.ISO_8859_1)
                    .replace("modified=", "modi&ied=")
                    .getBytes(StandardCharsets.ISO_8859_1);
            case "older" -> script;
            case "zeros" -> new byte[content.length];
            default -> "no database".getBytes(StandardCharsets.UTF_8);
          });
    }

    Answer resumed = place.call("resume", "--threads", "2", run);

    assertThat(resumed.exitCode()).as(resumed.err()).isEqualTo(0);
    assertThat(place.releases(JOB)).hasSize(2);
    for (Path aside : asides()) {
      assertThat(resumed.err())
          .containsOnlyOnce(
              aside
                  + ": the files of the job repository could not be used and were set aside here; a"
                  + " new one was made, nothing else depends on them\n");
    }
    assertThat(place.call("ledger", "verify", "--full").exitCode()).isEqualTo(0);
    Answer again = place.run(JOB);
    assertThat(again.exitCode()).isEqualTo(0);
    assertThat(again.err()).doesNotContain("set aside");
  }

  @Test
  void aFolderThatIsGoneIsMadeAgain() {
    Installation.delete(place.home().resolve("db"));

    Answer resumed = place.call("resume", run);

    assertThat(resumed.exitCode()).as(resumed.err()).isEqualTo(0);
    assertThat(resumed.err()).doesNotContain("set aside");
  }

  @Test
  void aDatabaseElsewhereThatCannotBeReachedIsNotReplaced() {
    Installation.write(
        place.home().resolve("application.properties"),
        "spring.datasource.url=jdbc:hsqldb:hsql://localhost:1/none\n");

    Answer resumed = place.call("resume", run);

    assertThat(resumed.exitCode()).as(resumed.err()).isEqualTo(75);
    assertThat(resumed.err())
        .isEqualTo(
            "run "
                + run
                + "\nstate folder "
                + place.home()
                + "\nspring.datasource.url: error JOB_DATABASE the database of the job repository"
                + " cannot be used: its host refuses the connection or does not answer; check that"
                + " the database is started, and host and port in its address, then try again\n");
    assertThat(asides()).isEmpty();
  }

  private static List<Path> asides() {
    try (Stream<Path> list = Files.list(place.home())) {
      return list.filter(file -> file.getFileName().toString().startsWith("db.damaged-")).toList();
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }
}
