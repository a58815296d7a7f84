package org.consentry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.consentry.ledger.RunRecord;
import org.consentry.service.Role;
import org.consentry.service.Site;
import org.consentry.service.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The button Stop ends the run that it names, and is there where that is possible. */
final class StoppedByButtonTest {

  private static final String JOB = "outcomes-limited-data-set";
  private static final int ROWS = 60_000;
  private static final long PATIENCE = 180_000_000_000L; // nanoseconds

  @TempDir private Path folder;
  private Installation place;

  @BeforeEach
  void install() {
    place = SmallSample.in(folder);
    place.addVisits(ROWS);
  }

  @Test
  void aRunOfAPersonIsNotStoppedByTheService() throws Exception {
    Child child =
        Child.start(place, "run", "--create-keys", "--threads", "1", place.job(JOB).toString());
    assertThat(child.until(() -> Files.exists(place.home().resolve("progress.json"))))
        .as(child.printed())
        .isTrue();
    child.freeze();
    String run = place.newestRun().run();
    try (Site site = Site.start(place.root())) {
      Visitor steward = site.signedIn(Role.STEWARD);

      String page = steward.get("/runs/" + run).body();
      HttpResponse<String> answer = steward.post("/runs/" + run + "/stop", Map.of());

      assertThat(page).contains("running").doesNotContain("/runs/" + run + "/stop");
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.body())
          .contains("It cannot be stopped here", "this service does not work on the run");
      String refused = "\"about\":\"" + run + "\",\"result\":\"refused\"";
      long end = System.nanoTime() + PATIENCE;
      while (!site.audit().contains("\"act\":\"POST /runs/{run}/stop\"," + refused)) {
        pause(end);
      }
    } finally {
      child.goOn();
    }
    assertThat(child.end()).as(child.printed()).isEqualTo(3);
  }

  @Test
  void aRunOfTheServiceIsStopped() throws Exception {
    createKey("study", JOB + ".key");
    createKey("signing", "manifest-signing.pem");
    try (Site site = Site.start(place.root())) {
      Visitor steward = site.signedIn(Role.STEWARD);
      steward.post("/jobs/" + JOB + "/run", Map.of());
      String run = waitForTheButton(steward);

      assertThat(steward.post("/runs/another-run/stop", Map.of()).statusCode()).isEqualTo(404);
      assertThat(steward.post("/runs/" + run + "/stop", Map.of()).statusCode()).isEqualTo(303);

      long end = System.nanoTime() + PATIENCE;
      while (place.newestRun().state() == RunRecord.State.RUNNING) {
        pause(end);
      }
      assertThat(place.newestRun().state()).isEqualTo(RunRecord.State.STOPPED);
      assertThat(place.newestRun().run()).isEqualTo(run);
    }
  }

  private void createKey(String kind, String name) {
    Path file = folder.resolve("keys").resolve(name);
    assertThat(Installation.execute(java.util.List.of("keys", "new", kind, file.toString())))
        .extracting(Installation.Answer::exitCode)
        .isEqualTo(0);
  }

  private String waitForTheButton(Visitor steward) throws Exception {
    long end = System.nanoTime() + PATIENCE;
    String page = "";
    while (!page.contains("/stop\"")) {
      pause(end);
      page = steward.get("/").body();
    }
    String run = place.newestRun().run();
    assertThat(page).contains("/runs/" + run + "/stop\"");
    return run;
  }

  private static void pause(long end) throws InterruptedException {
    assertThat(System.nanoTime()).isLessThan(end);
    assertThat(new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS)).isFalse();
  }
}
