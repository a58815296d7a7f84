package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterChain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/** No act without a line before it, and no failure that is recorded as granted. */
final class AuditFilterTest {

  @TempDir private Path folder;

  private final List<String> before = new ArrayList<>();

  private Path file() {
    return folder.resolve("audit-1970-01.jsonl");
  }

  private List<String> results() throws Exception {
    List<String> results = new ArrayList<>();
    for (String line : Files.readAllLines(file())) {
      results.add(JsonMapper.shared().readTree(line).path("result").asString());
    }
    return results;
  }

  private MockHttpServletResponse ask(String method, FilterChain chain) throws Exception {
    AuditFilter filter =
        new AuditFilter(new ServiceAudit(new MonthlyLog(folder, "audit"), () -> Instant.EPOCH));
    MockHttpServletResponse response = new MockHttpServletResponse();
    filter.doFilter(new MockHttpServletRequest(method, "/jobs/a/run"), response, chain);
    return response;
  }

  @Test
  void anActHasALineBeforeItIsDoneAndOneWithItsResult() throws Exception {
    ask("POST", (request, response) -> before.addAll(resultsNow()));

    assertThat(before).containsExactly("asked");
    assertThat(results()).containsExactly("asked", "granted");
  }

  private List<String> resultsNow() {
    try {
      return results();
    } catch (Exception unread) {
      throw new IllegalStateException("the log cannot be read", unread);
    }
  }

  @Test
  void anActThatCannotBeRecordedIsNotDone() throws Exception {
    Files.createDirectory(file());

    MockHttpServletResponse answer = ask("POST", (request, response) -> before.add("done"));

    assertThat(answer.getStatus()).isEqualTo(503);
    assertThat(before).isEmpty();
  }

  @Test
  void whatFailsIsNotGranted() throws Exception {
    for (String method : List.of("POST", "GET")) {
      assertThatThrownBy(
              () ->
                  ask(
                      method,
                      (request, response) -> {
                        throw new IllegalStateException("broken");
                      }))
          .isInstanceOf(IllegalStateException.class);
    }

    assertThat(results()).containsExactly("asked", "failed", "failed");
  }

  @Test
  void aPageThatIsReadHasNoLine() throws Exception {
    ask("GET", (request, response) -> before.add("done"));

    assertThat(before).containsExactly("done");
    assertThat(file()).doesNotExist();
  }
}
