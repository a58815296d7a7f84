package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.consentry.testing.Program;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher script, in front of a Java runtime that only repeats its arguments, one a line. */
final class LauncherTest {

  private static final Path SCRIPT = Path.of("src/main/launcher/consentry");

  private static final String ECHO =
      """
      #!/bin/sh
      for word in "$@"; do echo "$word"; done
      echo "LC_CTYPE=${LC_CTYPE:-}"
      echo "LC_ALL=${LC_ALL:-}"
      echo "SPARK_HOME=${SPARK_HOME:-}"
      echo "SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-}"
      exit 14
      """;

  @TempDir Path folder;

  private Path application;
  private Path launcher;
  private Path javaHome;

  @BeforeEach
  void makeAnApplicationFolder() throws IOException {
    Assumptions.assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "skipped: the launcher is a POSIX shell script");
    application = folder.toRealPath().resolve("an application");
    launcher = application.resolve("bin/consentry");
    javaHome = folder.toRealPath().resolve("java home");
    write(launcher, Files.readString(SCRIPT));
    write(application.resolve("lib/consentry.jar"), "");
    write(javaHome.resolve("bin/java"), ECHO);
  }

  @Test
  void handsEveryWordOnAsItIs() throws Exception {
    Outcome outcome = start(launcher, withJava(), "run", "a job.yaml", "", "it's \"$HOME\" *");

    assertThat(outcome.lines())
        .containsSubsequence(
            "-jar",
            application + "/lib/consentry.jar",
            "run",
            "a job.yaml",
            "",
            "it's \"$HOME\" *");
  }

  @Test
  void endsWithTheExitCodeOfTheProgram() throws Exception {
    assertThat(start(launcher, withJava()).exitCode()).isEqualTo(14);
  }

  @Test
  void findsItsFolderThroughSymbolicLinks() throws Exception {
    Path near = Files.createSymbolicLink(folder.resolve("near"), launcher);
    Files.createDirectory(folder.resolve("links"));
    Path far = Files.createSymbolicLink(folder.resolve("links/far"), Path.of("../near"));

    assertThat(start(near, withJava()).lines()).contains(application + "/lib/consentry.jar");
    assertThat(start(far, withJava()).lines()).contains(application + "/lib/consentry.jar");
  }

  @Test
  void takesJavaFromThePathWithoutJavaHome() throws Exception {
    Map<String, String> environment =
        Map.of("PATH", javaHome.resolve("bin") + ":" + System.getenv("PATH"));

    assertThat(start(launcher, environment).exitCode()).isEqualTo(14);
  }

  @Test
  void reportsWhatToDoWithoutAJavaRuntime() throws Exception {
    Path empty = folder.toRealPath().resolve("empty");

    Outcome outcome = start(launcher, Map.of("JAVA_HOME", empty.toString()));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.lines())
        .containsExactly(
            "consentry: no Java runtime at '"
                + empty
                + "/bin/java': set JAVA_HOME to a JDK 17 or newer, or put java on the PATH");
  }

  @Test
  void asksForEnoughOpenFilesAndRefusesWithout() throws Exception {
    Path shell = Path.of("/bin/sh");
    String few = "ulimit -n 100; exec \"$0\"";
    String raised = "ulimit -Sn 100; exec \"$0\"";

    Outcome refused = start(shell, withJava(), "-c", few, launcher.toString());
    Outcome started = start(shell, withJava(), "-c", raised, launcher.toString());

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.lines())
        .containsExactly(
            "consentry: error OPEN_FILES a process may open 100 files here and 256 are needed:"
                + " raise ulimit -n");
    assertThat(started.exitCode()).isEqualTo(14);
  }

  @Test
  void reportsWhetherAPersonIsAtATerminal() throws Exception {
    assertThat(start(launcher, withJava()).lines()).contains("-Dconsentry.interactive=false");

    Path script = Path.of("/usr/bin/script");
    Assumptions.assumeTrue(
        Files.isExecutable(script), "skipped in part: no /usr/bin/script makes a terminal");
    String quoted = "'" + launcher + "'";
    assertThat(start(script, withJava(), "-qec", quoted, "/dev/null").lines())
        .contains("-Dconsentry.interactive=true");
    assertThat(start(script, withJava(), "-qec", quoted + " | cat", "/dev/null").lines())
        .as("into a pipe")
        .contains("-Dconsentry.interactive=false");
    assertThat(start(script, withJava(), "-qec", quoted + " < /dev/null", "/dev/null").lines())
        .as("without a keyboard")
        .contains("-Dconsentry.interactive=false");
  }

  @Test
  void letsTheUsersOptionsComeLast() throws Exception {
    Outcome outcome =
        start(
            launcher,
            Map.of("JAVA_HOME", javaHome.toString(), "CONSENTRY_JAVA_OPTS", "-Xmx2g -Dx=y"));

    assertThat(outcome.lines())
        .containsSubsequence("-XX:+DisplayVMOutputToStderr", "-Xmx360m", "-Xmx2g", "-Dx=y", "-jar");
  }

  /** Java warns where they are switched off, and takes more memory where they are larger. */
  @ParameterizedTest
  @CsvSource({
    "always [madvise] never, 2097152, true",
    "[always] madvise never, 2097152, true",
    "always madvise [never], 2097152, false",
    "always [madvise] never, 536870912, false",
    "always [madvise] never, , false",
    ", 2097152, false",
    ", , false"
  })
  void asksForLargePagesOfTwoMebibytesWhereTheSystemGivesThem(
      @Nullable String choice, @Nullable String size, boolean asks) throws Exception {
    Path system = folder.toRealPath().resolve("system");
    Files.createDirectories(system);
    if (choice != null) {
      write(system.resolve("enabled"), choice + "\n");
    }
    if (size != null) {
      write(system.resolve("hpage_pmd_size"), size + "\n");
    }
    String folderOfLinux = "/sys/kernel/mm/transparent_hugepage";
    String script = Files.readString(SCRIPT);
    assertThat(script).contains(folderOfLinux);
    write(launcher, script.replace(folderOfLinux, system.toString()));

    List<String> lines = start(launcher, withJava()).lines();

    assertThat(lines.contains("-XX:+UseTransparentHugePages")).isEqualTo(asks);
    assertThat(lines.get(0)).as("nothing is reported").isEqualTo("-Xlog:disable");
    assertThat(lines).containsSubsequence("-XX:-UsePerfData", "-Xmx360m").doesNotContain("");
  }

  @Test
  void noOptionMakesACrashLeaveAFile() throws Exception {
    String own = "-XX:+CreateCoredumpOnCrash -XX:+HeapDumpOnOutOfMemoryError -XX:ErrorFile=hs_err";

    Outcome outcome =
        start(
            launcher,
            Map.of("JAVA_HOME", javaHome.toString(), "CONSENTRY_JAVA_OPTS", own + " -Dlast=1"));

    assertThat(outcome.lines())
        .containsSubsequence(
            "-Dlast=1",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:-HeapDumpOnOutOfMemoryError",
            "-XX:ErrorFile=/dev/null",
            "-jar");
  }

  @Test
  void noOptionMakesAPipeATerminal() throws Exception {
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            javaHome.toString(),
            "CONSENTRY_JAVA_OPTS",
            "-Dconsentry.interactive=true");
    assertThat(start(launcher, environment).lines())
        .filteredOn(line -> line.startsWith("-Dconsentry.interactive="))
        .containsExactly("-Dconsentry.interactive=true", "-Dconsentry.interactive=false");

    List<String> words = Program.java(List.of(), Main.class, List.of()).words();
    write(
        javaHome.resolve("bin/java"),
        """
        #!/bin/sh
        options=
        while [ "$1" != -jar ]; do
          case $1 in -Dconsentry.*) options="$options $1" ;; esac
          shift
        done
        shift 2
        exec '%s' $options -cp '%s' %s "$@"
        """
            .replaceFirst("%s", words.get(0))
            .replaceFirst("%s", words.get(words.indexOf("-cp") + 1))
            .replaceFirst("%s", words.get(words.indexOf("-cp") + 2)));
    Outcome outcome =
        start(
            launcher,
            environment,
            "plan",
            "--home",
            folder.resolve("state").toString(),
            "--sample",
            "5",
            "--real",
            "job.yaml");

    assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(2);
    assertThat(outcome.lines())
        .singleElement()
        .asString()
        .startsWith("--real: error REAL_ROWS rows of patients are shown on a terminal alone");
  }

  @Test
  void endsTheProcessAtOnceWhenMemoryRunsOut() throws Exception {
    assertThat(start(launcher, withJava()).lines())
        .contains(
            "-XX:-DisplayVMOutput",
            "-XX:OnOutOfMemoryError=echo 'consentry: error OUT_OF_MEMORY memory ran out and the"
                + " process ended at once. Give it more with CONSENTRY_JAVA_OPTS=-Xmx1g, then see"
                + " consentry status.' >&2; kill -9 %p");
  }

  @Test
  void startsWithoutAnArchive() throws Exception {
    assertThat(start(launcher, withJava()).lines())
        .noneMatch(line -> line.contains("SharedArchiveFile") || line.contains("AOTCache"));
  }

  @Test
  void usesTheClassDataArchiveOfTheBuild() throws Exception {
    write(application.resolve("lib/consentry.jsa"), "");

    assertThat(start(launcher, withJava()).lines())
        .contains("-XX:SharedArchiveFile=" + application + "/lib/consentry.jsa");
  }

  @Test
  void usesTheArchiveOfTheServiceForTheServiceAlone() throws Exception {
    write(application.resolve("lib/consentry.jsa"), "");
    write(application.resolve("lib/consentry-serve.jsa"), "");

    assertThat(start(launcher, withJava(), "serve").lines())
        .contains("-XX:SharedArchiveFile=" + application + "/lib/consentry-serve.jsa");
    assertThat(start(launcher, withJava(), "status").lines())
        .contains("-XX:SharedArchiveFile=" + application + "/lib/consentry.jsa");
  }

  @Test
  void usesTheAotCacheOfTheBuildAndLetsAnOlderRuntimePassItOver() throws Exception {
    write(application.resolve("lib/consentry.aot"), "");

    assertThat(start(launcher, withJava()).lines())
        .containsSubsequence(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:AOTCache=" + application + "/lib/consentry.aot");
  }

  @Test
  void asksForUtf8WhereNoLocaleIsSet() throws Exception {
    Outcome without = start(launcher, withJava());
    Outcome with = start(launcher, Map.of("JAVA_HOME", javaHome.toString(), "LANG", "de_AT.UTF-8"));

    assertThat(without.lines()).contains("LC_CTYPE=C.UTF-8");
    assertThat(with.lines()).contains("LC_CTYPE=");
  }

  @Test
  void asksForUtf8InTheLocaleOfC() throws Exception {
    for (String plain : List.of("C", "POSIX")) {
      Outcome outcome =
          start(launcher, Map.of("JAVA_HOME", javaHome.toString(), "LC_ALL", plain, "LANG", "C"));

      assertThat(outcome.lines()).contains("LC_CTYPE=C.UTF-8", "LC_ALL=C.UTF-8");
    }
  }

  @Test
  void putsDriversOfDatabasesOnTheClassPath() throws Exception {
    Path drivers = application.resolve("lib/drivers");
    write(drivers.resolve("a base.jar"), "");
    write(drivers.resolve("other.jar"), "");

    assertThat(start(launcher, withJava(), "run").lines())
        .containsSubsequence(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            application + "/lib/consentry.jar:" + drivers + "/a base.jar:" + drivers + "/other.jar",
            "org.consentry.cli.Main",
            "run")
        .doesNotContain("-jar");
  }

  @Test
  void opensJavaForSparkAndNamesAFolderForExecutorsOfItsOwn() throws Exception {
    Path spark = application.resolveSibling("consentry-spark");
    write(spark.resolve("java-options"), "");
    Map<String, String> environment =
        Map.of("JAVA_HOME", javaHome.toString(), "TMPDIR", folder.toString());

    String[] words = {"run", "--engine", "spark", "--master=local-cluster[1,1,500]"};
    String name = Pattern.quote(folder + "/consentry-spark.") + "\\w{10}";

    Outcome inside = start(launcher, environment, words);
    Outcome other =
        start(launcher, environment, "run", "--engine", "spark", "--master", "spark://host:7077");

    assertThat(inside.lines())
        .contains("@" + spark + "/java-options", "SPARK_LOCAL_IP=127.0.0.1")
        .anyMatch(line -> line.matches("-Dconsentry.spark.home=" + name))
        .anyMatch(line -> line.matches("SPARK_HOME=" + name));
    assertThat(start(launcher, environment, words).lines())
        .as("a name of its own each time")
        .doesNotContainAnyElementsOf(
            inside.lines().stream().filter(line -> line.startsWith("SPARK_HOME=")).toList());
    assertThat(folder).isDirectoryNotContaining("glob:**consentry-spark.*");
    assertThat(other.lines())
        .contains("@" + spark + "/java-options", "SPARK_LOCAL_IP=", "SPARK_HOME=")
        .noneMatch(line -> line.startsWith("-Dconsentry.spark.home="));
  }

  private Map<String, String> withJava() {
    return Map.of("JAVA_HOME", javaHome.toString());
  }

  private record Outcome(int exitCode, List<String> lines) {}

  private static Outcome start(Path command, Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(command.toString());
    line.addAll(List.of(words));
    Program.Ended ended = Program.of(line.toArray(String[]::new)).withOnly(environment).run();
    return new Outcome(ended.exitCode(), ended.text().lines().toList());
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
