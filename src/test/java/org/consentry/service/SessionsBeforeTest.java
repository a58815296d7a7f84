package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSessionEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpSession;

/** Who only asks for the sign-in page uses a bounded amount of memory. */
final class SessionsBeforeTest {

  @TempDir private Path folder;

  @Test
  void aSessionBeforeSignInEndsSoonAndOneAfterItAsIsSet() {
    SessionsBefore sessions = new SessionsBefore(Duration.ofMinutes(20));
    MockHttpSession session = new MockHttpSession();
    HttpSessionEvent event = new HttpSessionEvent(session);

    sessions.sessionCreated(event);
    assertThat(session.getMaxInactiveInterval()).isEqualTo(120);
    String before = session.getId();
    session.changeSessionId();
    sessions.sessionIdChanged(event, before);

    assertThat(session.getMaxInactiveInterval()).isEqualTo(1200);
  }

  @Test
  void theOldestOfManyEndsAndWhoIsSignedInStays() throws Exception {
    try (Site site = Site.start(folder)) {
      Visitor steward = site.signedIn(Role.STEWARD);
      Visitor first = site.visitor();
      first.get("/sign-in");
      HttpClient client = HttpClient.newHttpClient();
      HttpRequest page = HttpRequest.newBuilder(URI.create(site.address() + "/sign-in")).build();
      for (int i = 0; i < SessionsBefore.MOST; i++) {
        assertThat(client.send(page, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
      }

      Map<String, String> fields = Map.of("username", "viewer", "password", Site.PASSWORD);
      assertThat(first.post("/sign-in", fields).statusCode()).isEqualTo(403);
      assertThat(steward.get("/").statusCode()).isEqualTo(200);
    }
  }
}
