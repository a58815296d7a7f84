package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.consentry.ledger.StateFolder;
import org.consentry.service.History.Event;
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

  private void recorded(String job, int daysAgo, History.What what) {
    ServiceFolder service = new ServiceFolder(new StateFolder(folder.resolve("state")));
    service.prepare();
    String at = Instant.now().minus(Duration.ofDays(daysAgo)).toString();
    History history = new History(service.history());
    history.add(new Event(at, job, at, what, "", -1, "the reason of " + job));
  }

  @Test
  void aTimeThatAJobMissedIsShownForThirtyDaysWhenTheJobIsNoMore() {
    recorded("long-ago", 31, History.What.MISSED);
    recorded("removed", 29, History.What.MISSED);
    recorded("ran-since", 28, History.What.MISSED);
    recorded("ran-since", 27, History.What.ENDED);
    recorded("weekly", 1, History.What.MISSED);

    assertThat(jobs.scheduled()).extracting(DueJob::job).containsExactly("weekly", "removed");
    DueJob removed = jobs.scheduled().get(1);
    assertThat(removed.file()).isEqualTo(DueJob.File.GONE);
    assertThat(removed.schedule()).isEqualTo("removed or renamed");
    assertThat(removed.mark().words()).isEqualTo("missed");
    assertThat(removed.note()).startsWith("Missed ").endsWith(": the reason of removed.");
    assertThat(removed.posts()).isEmpty();
  }
}
