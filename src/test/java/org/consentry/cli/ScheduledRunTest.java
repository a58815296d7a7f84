package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.consentry.cli.Installation.Answer;
import org.consentry.ledger.RunRecord;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;
import org.consentry.service.Role;
import org.consentry.service.Site;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process, with runs as processes that it starts. */
final class ScheduledRunTest {

  private static final String JOB = "outcomes-limited-data-set";
  private static final int ROWS = 60_000;
  private static final long PATIENCE = 180_000_000_000L; // nanoseconds
  private static final long BETWEEN_LOOKS = 200; // milliseconds

  @TempDir private Path folder;
  private final List<Child> services = new ArrayList<>();
  private Installation place;

  @BeforeEach
  void install() {
    place = SmallSample.in(folder);
    Site.settings(folder, Site.user("ada", Set.of(Role.STEWARD)));
    place.addVisits(ROWS);
    key("study", JOB + ".key");
    key("signing", "manifest-signing.pem");
  }

  private void key(String kind, String name) {
    Path file = folder.resolve("keys").resolve(name);
    assertThat(Installation.execute(List.of("keys", "new", kind, file.toString())).exitCode())
        .isZero();
  }

  @AfterEach
  void endAll() throws InterruptedException {
    for (Child service : services) {
      service.killAll();
    }
  }

  private Child serve() {
    Child service = Child.start(place, "serve", "--jobs", folder.resolve("jobs").toString());
    services.add(service);
    return service;
  }

  private Answer schedule(String... words) {
    List<String> all = new ArrayList<>(List.of("schedule"));
    all.addAll(List.of(words));
    all.addAll(List.of("--jobs", folder.resolve("jobs").toString()));
    return place.call(all.toArray(String[]::new));
  }

  private List<RunRecord> runs() {
    return new RunRecords(new StateFolder(place.home()))
        .all().stream().filter(record -> record.job().equals(JOB)).toList();
  }

  private void waitFor(Child service, BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + PATIENCE;
    while (!condition.getAsBoolean()) {
      assertThat(service.work(BETWEEN_LOOKS) && System.nanoTime() < end)
          .as("%s %s", service.printed(), schedule("list").out())
          .isTrue();
    }
  }

  private boolean isAtWork() {
    return !runs().isEmpty() && place.staged("visits-", ".marker") > 1;
  }

  private boolean isPublished() {
    return !runs().isEmpty() && runs().get(0).state() == RunRecord.State.PUBLISHED;
  }

  @Test
  void aKilledServiceAndItsRunAreTakenUpAndNothingIsReleasedTwice() throws Exception {
    assertThat(schedule("now", JOB).exitCode()).isZero();
    Child first = serve();
    waitFor(first, this::isAtWork);
    first.killAll();
    assertThat(isPublished()).isFalse();

    Child second = serve();
    waitFor(second, this::isPublished);
    waitFor(second, () -> schedule("list").out().contains("ended"));
    second.terminate();
    second.end();

    assertThat(runs()).hasSize(1);
    assertThat(place.releases(JOB)).hasSize(1);
  }

  @Test
  void aRunWhoseServiceIsKilledGoesOnAndIsNotStartedAgain() throws Exception {
    assertThat(schedule("now", JOB).exitCode()).isZero();
    Child first = serve();
    waitFor(first, this::isAtWork);
    first.kill();

    Child second = serve();
    waitFor(second, () -> schedule("list").out().contains("ended"));
    second.terminate();
    second.end();

    assertThat(runs()).hasSize(1);
    assertThat(place.releases(JOB)).hasSize(1);
  }

  @Test
  void aServiceThatIsAskedToEndStopsItsRunFirstAndTakesItUpLater() throws Exception {
    assertThat(schedule("now", JOB).exitCode()).isZero();
    Child first = serve();
    waitFor(first, this::isAtWork);
    first.terminate();
    first.end();
    assertThat(runs()).extracting(RunRecord::state).containsExactly(RunRecord.State.STOPPED);

    Child second = serve();
    waitFor(second, this::isPublished);
    second.terminate();
    second.end();

    assertThat(runs()).hasSize(1);
    assertThat(place.releases(JOB)).hasSize(1);
  }

  @Test
  void commandsTakeTurnsWithTheService() throws Exception {
    Child service = serve();
    waitFor(service, () -> service.printed().contains("the service listens"));
    assertThat(schedule("now", JOB).out()).contains("asked the service to run " + JOB);
    waitFor(service, this::isAtWork);

    Answer list = place.call("list");
    Answer run = place.call("run", place.job(JOB).toString());
    waitFor(service, this::isPublished);

    assertThat(list.exitCode()).as(list.err()).isZero();
    assertThat(list.out()).contains("RUNNING");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(11);
    waitFor(service, () -> place.call("verify", place.release(JOB).toString()).exitCode() == 0);
    service.terminate();
    service.end();
  }

  @Test
  void jobsArePausedAndResumedWithoutAService() {
    Path file = place.job(JOB);
    Installation.write(
        file,
        Installation.read(file).replaceAll("(?m)^schedule:.*\n", "")
            + "schedule: {cron: \"0 2 * * MON\", missed: run-once}\n");

    assertThat(schedule("pause", JOB).out()).isEqualTo("paused " + JOB + "\n");
    assertThat(schedule("list").out())
        .contains(
            "schedule  0 2 * * MON America/Phoenix", "paused    by ", "no service is at work");
    assertThat(schedule("resume", JOB).out()).isEqualTo("resumed " + JOB + "\n");
    assertThat(schedule("list").out()).contains("next      ").doesNotContain("paused");
    Answer unknown = schedule("pause", "outcomes-limited-data-sat");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("UNKNOWN_JOB", "did you mean '" + JOB + "'?");
    Answer unscheduled = schedule("pause", "mailing");
    assertThat(unscheduled.exitCode()).isEqualTo(2);
  }
}
