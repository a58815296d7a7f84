package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of metrics is for who shows the token. */
final class MetricsControllerTest {

  private static final String TOKEN = "canary-5ecret-canary-5ecret-canary-5ecret";
  private static final String REFUSED =
      "\"who\":\"\",\"from\":\"127.0.0.1\",\"act\":\"GET"
          + " /actuator/prometheus\",\"about\":\"\",\"result\":";

  @TempDir private Path folder;

  private String setting(String token) throws IOException {
    Path file = Files.writeString(folder.resolve("metrics-token"), token + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return "consentry.metrics.token=file:" + file;
  }

  private static HttpResponse<String> ask(Site site, String authorization) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(site.address() + "/actuator/prometheus"));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void whoShowsTheTokenReadsThem() throws Exception {
    try (Site site = Site.start(folder, setting(TOKEN))) {
      HttpResponse<String> answer = ask(site, "Bearer " + TOKEN);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type"))
          .contains("text/plain;version=0.0.4;charset=utf-8");
      assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
      assertThat(answer.body())
          .contains("# TYPE consentry_state_ok gauge\nconsentry_state_ok 1.0\n")
          .doesNotContain("consentry_last_exit_code");
      assertThat(site.audit()).isEmpty();
    }
  }

  @Test
  void thePageHasMemoryThreadsAndTimeOfTheProcessToo() throws Exception {
    try (Site site = Site.start(folder, setting(TOKEN))) {
      assertThat(ask(site, "Bearer " + TOKEN).body())
          .contains(
              "# TYPE jvm_memory_used_bytes gauge\n",
              "\njvm_gc_memory_allocated_bytes_total ",
              "\njvm_threads_live_threads ",
              "\nprocess_cpu_usage ",
              "\nprocess_uptime_seconds ")
          .doesNotContain("uri=", "http_");
    }
  }

  @Test
  void aScrapeShowsTheStateFolderAsItIsThen() throws Exception {
    try (Site site = Site.start(folder, setting(TOKEN))) {
      assertThat(ask(site, "Bearer " + TOKEN).body())
          .contains("\nconsentry_state_ok 1.0\n", "\nconsentry_open_recalls 0.0\n");
      Files.writeString(
          Files.createDirectories(folder.resolve("state/ledger")).resolve("entries.jsonl"),
          "damaged\n");

      assertThat(ask(site, "Bearer " + TOKEN).body())
          .contains("\nconsentry_state_ok 0.0\n", "\nconsentry_written_timestamp_seconds ")
          .doesNotContain("consentry_open_recalls", "consentry_ledger_verified");
    }
  }

  @Test
  void withoutTheTokenItIsRefusedAlsoToWhoIsSignedIn() throws Exception {
    try (Site site = Site.start(folder, setting(TOKEN))) {
      for (String wrong : new String[] {"", "Bearer", "Bearer " + TOKEN + "x", "Basic " + TOKEN}) {
        HttpResponse<String> answer = ask(site, wrong);

        assertThat(answer.statusCode()).as(wrong).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.body()).isEmpty();
      }
      assertThat(site.audit()).contains(REFUSED + "\"refused\"").doesNotContain("canary");
      assertThat(site.signedIn(Role.STEWARD).get("/actuator/prometheus").statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void wrongTokensLockNoAddress() throws Exception {
    try (Site site = Site.start(folder, setting(TOKEN))) {
      for (int i = 0; i < 50; i++) {
        assertThat(ask(site, i % 2 == 0 ? "" : "Bearer wrong").statusCode()).isEqualTo(401);
      }

      assertThat(ask(site, "Bearer " + TOKEN).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void withoutATokenInTheSettingsThereIsNoSuchPage() throws Exception {
    try (Site site = Site.start(folder)) {
      assertThat(ask(site, "").statusCode()).isEqualTo(404);
      assertThat(ask(site, "Bearer ").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aTokenThatCanBeGuessedOrIsInTheFileIsRefused() throws Exception {
    String shorter = setting("canary-5ecret");

    for (String line : new String[] {shorter, "consentry.metrics.token=" + TOKEN}) {
      assertThatThrownBy(() -> Site.start(folder, line))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("application.properties:3: error PROPERTIES expected a ")
          .hasMessageNotContaining("canary")
          .extracting(failed -> ((ProblemException) failed).category())
          .isEqualTo(Category.FILES_INVALID);
    }
  }
}
