package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.consentry.export.RunOutcome;
import org.consentry.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zone of the process, which its environment sets, changes no byte of a release. */
final class ZoneOfTheProcessTest {

  private static final String JOB = "outcomes-limited-data-set";

  @TempDir Path folder;

  /** Prints the zone of its process, then runs the program. */
  public static void main(String[] words) {
    System.out.println(ZoneId.systemDefault());
    Main.main(words);
  }

  @Test
  void dataFilesAreTheSameInZonesWithDifferentDays() throws Exception {
    Installation installation = SmallSample.in(folder);
    assertThat(installation.run(JOB).exitCode()).isEqualTo(RunOutcome.RELEASED_WITH_REJECTS);
    Map<String, String> expected = digests(installation);

    for (String zone : List.of("Pacific/Kiritimati", "Pacific/Pago_Pago")) {
      Program.Ended ended =
          Program.java(
                  List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                  ZoneOfTheProcessTest.class,
                  List.of("run", installation.job(JOB).toString(), "--home", home(installation)))
              .withOnly(Map.of("TZ", zone))
              .run();

      assertThat(ended.exitCode()).as(ended.text()).isEqualTo(RunOutcome.RELEASED_WITH_REJECTS);
      assertThat(ended.out()).startsWith(zone + "\n");
      assertThat(digests(installation)).as(zone).isEqualTo(expected);
    }
    assertThat(installation.releases(JOB)).hasSize(3);
  }

  private static String home(Installation installation) {
    return installation.home().toString();
  }

  private static Map<String, String> digests(Installation installation) {
    return Installation.digests(installation.release(JOB).resolve("data"));
  }
}
