package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
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
 * {@code -Dconsentry.kills=all} tries all of them, as decision 0032 has it.
 */
final class KillAtEveryChangeTest {

  private static final int DISTANCE = 397;

  /** Among so many processes, one after the other, all changes are divided. */
  private static final int PROCESSES = 10;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"outcomes-limited-data-set", "eyelid-outcomes"})
  void everyRunIsTakenUpAgainAndPublishedOnce(String job) throws Exception {
    int first = (int) (Long.getLong("consentry.seed", System.nanoTime()) & 0xffff) % DISTANCE + 1;
    System.out.println("KillAtEveryChangeTest begins at change " + first);

    boolean isAll = System.getProperty("consentry.kills", "").equals("all");
    for (int start : isAll ? IntStream.rangeClosed(1, PROCESSES).toArray() : new int[] {first}) {
      Program.Ended ended =
          isAll ? sweep(job, start, PROCESSES, 1) : sweep(job, start, DISTANCE, 2);
      System.out.println(ended.out());

      assertThat(ended.exitCode()).as(ended.text()).isZero();
      assertThat(ended.out()).contains(" changes of the disk, trials {");
    }
  }

  private Program.Ended sweep(String job, int first, int distance, int threads) throws Exception {
    List<String> words = new ArrayList<>(List.of(folder.resolve("from-" + first).toString(), job));
    for (int number : new int[] {first, distance, threads}) {
      words.add(String.valueOf(number));
    }
    words.addAll(List.of("killed", "full"));
    return Program.java(options(), KillSweep.class, words).run();
  }

  /** Small splits and part files, so that a small clinic has several of each table. */
  static List<String> options() {
    return List.of(
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Dconsentry.splitBytes=20000",
        "-Dconsentry.partRows=60",
        "-Djava.nio.file.spi.DefaultFileSystemProvider=" + KillingFiles.class.getName());
  }
}
