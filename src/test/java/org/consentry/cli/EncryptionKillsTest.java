package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.consentry.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that die while they encrypt their data files. Each is taken up again and published once, and
 * no release has a plain file. The build tries every 17th change; {@code -Dconsentry.kills=all}
 * tries all of them.
 */
final class EncryptionKillsTest {

  private static final int DISTANCE = 17;

  @TempDir private Path folder;

  @Test
  void aRunThatDiesWhileItEncryptsIsPublishedWithoutAPlainFile() throws Exception {
    boolean isAll = System.getProperty("consentry.kills", "").equals("all");
    Program.Ended ended =
        Program.java(
                KillAtEveryChangeTest.options(),
                EncryptionSweep.class,
                List.of(folder.resolve("clinic").toString(), isAll ? "1" : "" + DISTANCE))
            .run();
    System.out.println(ended.out());

    assertThat(ended.exitCode()).as(ended.text()).isZero();
    assertThat(ended.out()).contains(" changes of the disk, mixed ").doesNotContain("mixed 0");
  }
}
