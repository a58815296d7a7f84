package org.consentry.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.consentry.service.page.Look;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;

/** A session that no person uses ends, also while its page is open. */
final class SessionAgeTest {

  private final MockHttpSession session = new MockHttpSession();
  private Instant now = Instant.ofEpochMilli(session.getCreationTime());
  private final SessionAge filter = new SessionAge(() -> now, Duration.ofMinutes(20));

  private void ask(int minutes, String... headers) throws Exception {
    now = now.plus(Duration.ofMinutes(minutes));
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
    request.setSession(session);
    for (String header : headers) {
      request.addHeader(header, "1");
    }
    filter.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
  }

  @Test
  void whatAPageAsksForByItselfKeepsNoSession() throws Exception {
    ask(0);
    ask(15, SessionAge.BY_ITSELF);
    assertThat(session.isInvalid()).isFalse();
    ask(6, SessionAge.BY_ITSELF);

    assertThat(session.isInvalid()).isTrue();
    assertThat(Look.SCRIPT).contains("'" + SessionAge.BY_ITSELF + "'");
  }

  @Test
  void whatAPersonAsksForKeepsItForTwelveHours() throws Exception {
    for (int minutes = 0; minutes < 12 * 60; minutes += 15) {
      ask(15);
      assertThat(session.isInvalid()).isFalse();
    }
    ask(15);

    assertThat(session.isInvalid()).isTrue();
  }
}
