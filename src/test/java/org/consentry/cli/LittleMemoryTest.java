package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.consentry.cli.Installation.Answer;
import org.consentry.export.RunOutcome;
import org.consentry.problem.OutOfMemory;
import org.consentry.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher with so little memory that a run cannot end well. */
final class LittleMemoryTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void aRunEndsWithAMessageAndNeverWithAStackTrace(int megabytes) throws Exception {
    assumeTrue(Installation.isPosix(), "skipped: the launcher is a POSIX shell script");
    StagedClinic clinic =
        StagedClinic.in(Files.createDirectory(folder.toRealPath().resolve("clinic")));

    Program.Ended ended = launch(megabytes, "run", clinic.job().toString(), clinic);

    assertThat(ended.exitCode()).as(ended.text()).isIn(RunOutcome.STAGED, OutOfMemory.EXIT_CODE);
    assertThat(ended.text()).doesNotContain("\tat ", "Exception in thread");
    if (ended.exitCode() == OutOfMemory.EXIT_CODE) {
      assertThat(ended.err())
          .contains("consentry: error OUT_OF_MEMORY memory ran out and the process ended at once.");
    }
    Answer verified = clinic.call("ledger", "verify", "--full");
    assertThat(verified.exitCode()).as(verified.err()).isEqualTo(0);
  }

  @Test
  void aQuestionEndsWithAMessageAndNeverWithAStackTrace() throws Exception {
    assumeTrue(Installation.isPosix(), "skipped: the launcher is a POSIX shell script");
    StagedClinic clinic =
        StagedClinic.in(Files.createDirectory(folder.toRealPath().resolve("clinic")));

    Program.Ended ended = launch(6, "status", "", clinic);

    assertThat(ended.exitCode()).as(ended.text()).isIn(0, OutOfMemory.EXIT_CODE);
    assertThat(ended.text()).doesNotContain("\tat ", "Exception in thread");
  }

  /** The launcher as it is installed, in front of a jar that names the classes of these tests. */
  private Program.Ended launch(int megabytes, String command, String word, StagedClinic clinic)
      throws IOException, InterruptedException {
    Path bin = Files.createDirectories(folder.toRealPath().resolve("app/bin"));
    Path lib = Files.createDirectories(folder.toRealPath().resolve("app/lib"));
    Path launcher = bin.resolve("consentry");
    Files.copy(Path.of("src/main/launcher/consentry"), launcher);
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    jar(lib.resolve("consentry.jar"));
    List<String> words =
        new ArrayList<>(
            List.of(launcher.toString(), command, "--home", clinic.state().home().toString()));
    if (!word.isEmpty()) {
      words.add(word);
    }
    return Program.of(words.toArray(String[]::new))
        .withOnly(
            Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "CONSENTRY_JAVA_OPTS",
                "-Xmx" + megabytes + "m"))
        .run();
  }

  private static void jar(Path file) throws IOException {
    List<String> java = Program.java(List.of(), Main.class, List.of()).words();
    String path =
        Arrays.stream(java.get(java.indexOf("-cp") + 1).split(File.pathSeparator, -1))
            .map(entry -> Path.of(entry).toAbsolutePath().toUri().toString())
            .collect(Collectors.joining(" "));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, path);
    new JarOutputStream(Files.newOutputStream(file), manifest).close();
  }
}
