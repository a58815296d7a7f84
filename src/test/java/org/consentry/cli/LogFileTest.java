package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of commands. */
final class LogFileTest {

  @TempDir private Path folder;

  @Test
  void keepsTenFilesOfTheGivenSizeForTheOwnerAlone() throws IOException {
    Path file = folder.resolve("consentry.log");
    LogFile log = LogFile.open(file, LogFile.Form.text, 100);

    for (int line = 0; line < 60; line++) {
      assertThat(log.write("line " + line + " " + "x".repeat(60))).isEmpty();
    }

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(10).allSatisfy(LogFileTest::requireOwnerOnly);
    }
    assertThat(Files.readString(file)).contains("line 59 ");
    assertThat(folder.resolve("consentry.log.9")).exists();
  }

  private static void requireOwnerOnly(Path file) throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.size(file)).isLessThan(300);
  }

  @Test
  void writesALineBreakOfANameAsNone() throws IOException {
    Path file = folder.resolve("log");

    LogFile.open(file, LogFile.Form.text).write("a\nb");

    assertThat(Files.readString(file)).endsWith(" a?b\n").hasLineCount(1);
  }

  @Test
  void refusesALogOfTheOtherForm() {
    Path text = folder.resolve("text");
    Path json = folder.resolve("json");
    LogFile.open(text, LogFile.Form.text).write("a");
    LogFile.open(json, LogFile.Form.json).write("{}");

    LogFile.open(text, LogFile.Form.text);
    LogFile.open(json, LogFile.Form.json);
    for (Path file : new Path[] {text, json}) {
      LogFile.Form other = file.equals(text) ? LogFile.Form.json : LogFile.Form.text;
      assertThatThrownBy(() -> LogFile.open(file, other))
          .isInstanceOf(ProblemException.class)
          .hasMessageEndingWith(
              "its lines are of the other --log-format; name another file, or that format");
    }
  }

  @Test
  void refusesWhatIsNoFileOfTheOwnerAlone() throws IOException {
    Path open = Files.writeString(folder.resolve("open"), "");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> LogFile.open(folder, LogFile.Form.text))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            folder
                + ": error LOG_FILE no log can be kept here: it is not a regular file; name a"
                + " file");
    assertThatThrownBy(() -> LogFile.open(folder.resolve("absent/log"), LogFile.Form.text))
        .hasMessageEndingWith("its folder does not exist; create the folder, or name another file");
    assertThatThrownBy(() -> LogFile.open(open, LogFile.Form.text))
        .hasMessageEndingWith("it is open to others; chmod 600 " + open);
  }
}
