package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.consentry.testing.KillingFiles;
import org.consentry.testing.Program;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs that end at a change of the disk: a write, of which half is done, a flush, a rename, a
 * deletion, a new file or folder. Each is taken up again, is published once, and ends in the bytes
 * of an uninterrupted run. The build tries every 397th change, beginning elsewhere each time;
 * {@code -Dconsentry.kills=all} tries all of them.
 */
final class KillAtEveryChangeTest {

  private static final int DISTANCE = 397;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"outcomes-limited-data-set", "eyelid-outcomes"})
  void everyRunIsTakenUpAgainAndPublishedOnce(String job) throws Exception {
    boolean isAll = System.getProperty("consentry.kills", "").equals("all");
    int first = (int) (Long.getLong("consentry.seed", System.nanoTime()) & 0xffff) % DISTANCE + 1;
    System.out.println("KillAtEveryChangeTest begins at change " + first);

    for (int start : isAll ? IntStream.rangeClosed(1, DISTANCE).toArray() : new int[] {first}) {
      Program.Ended ended = sweep(job, start);

      assertThat(ended.exitCode()).as(ended.text()).isZero();
      assertThat(ended.out()).contains(" changes of the disk, died at {");
    }
  }

  private Program.Ended sweep(String job, int first) throws Exception {
    List<String> options =
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dconsentry.splitBytes=" + (64 << 10),
            "-Djava.nio.file.spi.DefaultFileSystemProvider=" + KillingFiles.class.getName());
    Path installation = folder.resolve("from-" + first);
    return Program.java(
            options,
            KillSweep.class,
            List.of(installation.toString(), job, String.valueOf(first), String.valueOf(DISTANCE)))
        .run();
  }
}
