package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.consentry.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of Windows: what is written in it, and what it starts where Wine can show that. */
final class BatchLauncherTest {

  private static final Path SCRIPT = Path.of("src/main/launcher/consentry.bat");
  private static final Path SHELL_SCRIPT = Path.of("src/main/launcher/consentry");
  private static final Pattern OPTION = Pattern.compile("-(?:X[\\w:]|D)[\\w.:+-]*(?:=[\\w-]+)?");

  /** The memory of all commands but those that Spark needs more for. */
  private static final Pattern HEAP = Pattern.compile("(?m)^heap=(\\w+)$");

  /** What depends on the system: the terminal, the end of a process, large pages. */
  private static final String OF_THE_SYSTEM =
      "-Dconsentry[.].*|-XX:OnOutOfMemoryError.*|-XX:\\+DisplayVMOutput.*|-Xmx1g"
          + "|-XX:\\+UseTransparentHugePages";

  @TempDir Path folder;

  @Test
  void everyLineEndsAsTheCommandInterpreterOfWindowsNeedsIt() throws IOException {
    String text = Files.readString(SCRIPT, StandardCharsets.US_ASCII);

    assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
    assertThat(text).startsWith("@echo off\r\n").endsWith("\r\n");
    assertThat(Files.readString(Path.of(".gitattributes"))).contains("*.bat -text\n");
  }

  @Test
  void givesTheJavaRuntimeTheOptionsOfTheShellLauncher() throws IOException {
    assertThat(options(SCRIPT)).isEqualTo(options(SHELL_SCRIPT)).hasSizeGreaterThan(10);
  }

  @Test
  void everyJumpHasOneTarget() throws IOException {
    List<String> lines = lines();
    List<String> labels =
        lines.stream().filter(line -> line.startsWith(":")).map(line -> line.substring(1)).toList();
    Set<String> jumps =
        Pattern.compile("goto (\\w+)")
            .matcher(String.join("\n", lines))
            .results()
            .map(jump -> jump.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(labels).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(jumps);
  }

  @Test
  void everyPathIsInQuotesAndNoBlockCanBeEndedByOne() throws IOException {
    for (String line : lines()) {
      if (!line.startsWith("rem") && !line.startsWith(">&2 echo")) {
        String outside = line.replaceAll("\"[^\"]*\"", "");
        assertThat(outside).as(line).doesNotContain("%home%", "%java%", "%JAVA_HOME%");
        assertThat(outside.replace("(java.exe)", "").replace("()", "")).doesNotContain("(", ")");
      }
    }
  }

  @Test
  void startsJavaWithEveryWord() throws Exception {
    assumeTrue(Program.isInstalled("wine"), "skipped: wine is not installed");
    Path application = folder.toRealPath().resolve("Program Files (x86)/an app");
    Path java = application.resolve("jdk (1)");
    write(
        application.resolve("bin/consentry.bat"),
        Files.readString(SCRIPT).replace("\r\n\"%java%\"", "\r\necho \"%java%\""));
    write(application.resolve("lib/consentry.jsa"), "");
    write(java.resolve("bin/java.exe"), "");
    String call = "call \"" + windows(application) + "\\bin\\consentry.bat\" ";
    String script =
        String.join(
            "\r\n",
            "@echo off",
            "set \"JAVA_HOME=" + windows(java) + "\"",
            call + "run \"a job.yaml\" \"\" \"a&b\"",
            "set CONSENTRY_JAVA_OPTS=-Xmx1g -Da=b",
            "mkdir \"" + windows(application) + "\\lib\\drivers\"",
            "copy nul \"" + windows(application) + "\\lib\\drivers\\x.jar\" >nul",
            call + "list",
            "set JAVA_HOME=Z:\\nowhere",
            call + "list",
            "echo %ERRORLEVEL%",
            "");
    write(folder.toRealPath().resolve("start.bat"), script);

    Program.Ended ended =
        Program.of("wine", "cmd", "/c", windows(folder.toRealPath().resolve("start.bat")))
            .withOnly(
                Map.of(
                    "WINEPREFIX", folder.toRealPath().resolve("wine").toString(),
                    "WINEDEBUG", "-all",
                    "HOME", folder.toRealPath().toString()))
            .run();

    List<String> lines = ended.out().lines().toList();
    assertThat(lines).as(ended.text()).hasSize(3);
    String home = windows(application);
    assertThat(lines.get(0))
        .startsWith("\"" + home + "\\jdk (1)\\bin\\java.exe\" -Xlog:disable ")
        .contains(" -XX:-DisplayVMOutput ")
        .contains(" \"-XX:SharedArchiveFile=" + home + "\\lib\\consentry.jsa\" ")
        .endsWith(" -jar \"" + home + "\\lib\\consentry.jar\" run \"a job.yaml\" \"\" \"a&b\"");
    assertThat(lines.get(1))
        .contains(" -XX:+DisplayVMOutputToStderr ", " -Xmx360m ", " -Xmx1g -Da=b ")
        .endsWith(
            " -cp \""
                + home
                + "\\lib\\consentry.jar;"
                + home
                + "\\lib\\drivers\\*\" org.consentry.cli.Main list");
    assertThat(ended.err())
        .contains(
            "consentry: no Java runtime at 'Z:\\nowhere\\bin\\java.exe': set JAVA_HOME to a JDK 17"
                + " or newer, or put java on the PATH");
    assertThat(lines.get(2)).isEqualTo("1");
  }

  private static String windows(Path path) {
    return "Z:" + path.toString().replace('/', '\\');
  }

  private static List<String> lines() throws IOException {
    return Files.readAllLines(SCRIPT, StandardCharsets.US_ASCII);
  }

  private static Set<String> options(Path script) throws IOException {
    List<String> code = new ArrayList<>();
    for (String line : Files.readAllLines(script)) {
      if (!line.strip().startsWith("#") && !line.startsWith("rem")) {
        code.add(
            line.replaceAll("(?s)(SharedArchiveFile|AOTCache)=[^\"]*", "$1")
                .replaceAll("ErrorFile=\\S*", "ErrorFile"));
      }
    }
    String text = String.join("\n", code);
    Matcher heap = HEAP.matcher(text);
    return OPTION
        .matcher(heap.find() ? text.replace("$heap", heap.group(1)) : text)
        .results()
        .map(MatchResult::group)
        .filter(option -> !option.matches(OF_THE_SYSTEM))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
