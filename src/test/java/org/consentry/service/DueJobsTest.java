package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.consentry.ledger.StateFolder;
import org.consentry.service.page.DueJob;
import org.consentry.service.page.Post;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which jobs have which buttons. */
final class DueJobsTest {

  @TempDir private Path folder;
  private DueJobs jobs = new DueJobs(new Schedules(new StateFolder(Path.of("")), Path.of("")));

  @BeforeEach
  void place() throws Exception {
    Path files = Files.createDirectory(folder.resolve("jobs"));
    String job =
        Files.readString(Path.of("jobs/eyelid-outcomes.yaml"), StandardCharsets.UTF_8)
            .replaceAll("(?m)^schedule:.*\n", "");
    Files.writeString(files.resolve("unscheduled.yaml"), named(job, "unscheduled"));
    Files.writeString(
        files.resolve("weekly.yaml"),
        named(job, "weekly") + "schedule: {cron: \"0 2 * * MON\", zone: UTC}\n");
    jobs = new DueJobs(new Schedules(new StateFolder(folder.resolve("state")), files));
  }

  private static String named(String job, String name) {
    return job.replaceFirst("(?m)^job: .*$", "job: " + name);
  }

  @Test
  void aJobWithoutAScheduleCanBeRunNowAndIsNotDue() {
    assertThat(jobs.scheduled()).extracting(DueJob::job).containsExactly("weekly");
    assertThat(jobs.all()).extracting(DueJob::job).containsExactly("weekly", "unscheduled");
    DueJob unscheduled = jobs.all().get(1);
    assertThat(unscheduled.mark().words()).isEqualTo("no schedule");
    assertThat(unscheduled.next()).isEmpty();
    assertThat(unscheduled.posts()).extracting(Post::label).containsExactly("Run now");
    assertThat(jobs.all().get(0).posts())
        .extracting(Post::label)
        .containsExactly("Pause", "Run now");
  }
}
