package org.consentry.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More than any pipe takes, through programs that read and write as they like. */
final class ProgramTest {

  private static final byte[] MUCH = "line\n".repeat(100_000).getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void needAShell() {
    assumeThat(Program.isInstalled("sh")).as("skipped: there is no sh on this machine").isTrue();
  }

  @Test
  void endsWhenTheProgramNeverReadsItsInput() throws Exception {
    assertThat(Program.shell("exit 7").reading(MUCH).run()).isEqualTo(new Program.Ended(7, "", ""));
  }

  @Test
  void takesBothStreamsInWhateverOrderTheyAreWritten() throws Exception {
    Program.Ended ended =
        Program.shell("cat >both; cat both >&2; cat both; cat both >&2")
            .in(folder)
            .reading(MUCH)
            .run();

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).hasSize(MUCH.length);
    assertThat(ended.err()).hasSize(2 * MUCH.length);
  }

  @Test
  void doesNotWaitForWhatTheProgramLeavesBehind() throws Exception {
    assertThat(Program.shell("sleep 300 & echo $!").run().out()).satisfies(ProgramTest::end);
  }

  private static void end(String process) {
    assertThat(ProcessHandle.of(Long.parseLong(process.strip())))
        .as("the process left behind is still alive")
        .get()
        .satisfies(left -> assertThat(left.destroyForcibly()).isTrue());
  }

  @Test
  void givesNoVariablesButThoseNamedAndThePath() throws Exception {
    assertThat(Program.of("env").withOnly(Map.of("ONE", "1")).run().out().lines().sorted())
        .containsExactly("ONE=1", "PATH=" + System.getenv("PATH"));
  }

  @Test
  void reportsACommandThatIsNotThere() {
    assertThatThrownBy(() -> Program.of("no-such-command").run()).isInstanceOf(IOException.class);
  }
}
