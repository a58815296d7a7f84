package org.consentry.service.openid;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/** A sign-in counts for ten minutes, in its browser, whatever other addresses begin. */
final class SignInsBegunTest {

  private static final Duration LONGEST = Duration.ofMinutes(10);

  private Instant now = Instant.parse("2026-11-30T12:00:00Z");
  private final SignInsBegun begun = new SignInsBegun(() -> now);

  private static MockHttpServletRequest request(String from, boolean isSecure) {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/sign-in/code");
    request.setRemoteAddr(from);
    request.setSecure(isSecure);
    request.setParameter("state", "state");
    return request;
  }

  /** Begins one; gives the cookie as it is set. */
  private String begin(MockHttpServletRequest request) {
    MockHttpServletResponse response = new MockHttpServletResponse();
    begun.saveAuthorizationRequest(
        OAuth2AuthorizationRequest.authorizationCode()
            .authorizationUri("https://id.clinic.example/authorize")
            .clientId("consentry")
            .state("state")
            .build(),
        request,
        response);
    return String.valueOf(response.getHeader(HttpHeaders.SET_COOKIE));
  }

  private static Cookie cookie(String set) {
    String[] parts = set.split(";", 2)[0].split("=", 2);
    return new Cookie(parts[0], parts[1]);
  }

  private boolean isTaken(boolean isSecure, Cookie... cookies) {
    MockHttpServletRequest request = request("10.0.0.1", isSecure);
    request.setCookies(cookies);
    return begun.removeAuthorizationRequest(request, new MockHttpServletResponse()) != null;
  }

  @Test
  void itCountsOnceAndForTenMinutes() {
    Cookie once = cookie(begin(request("10.0.0.1", false)));
    Cookie late = cookie(begin(request("10.0.0.1", false)));

    now = now.plus(LONGEST).minusSeconds(1);
    assertThat(isTaken(false, once)).isTrue();
    assertThat(isTaken(false, once)).isFalse();
    now = now.plusSeconds(1);
    assertThat(isTaken(false, late)).isFalse();
  }

  @Test
  void withEncryptionItsCookieIsOneThatNoOtherSiteSets() {
    String set = begin(request("10.0.0.1", true));

    assertThat(set)
        .startsWith("__Host-consentry-sign-in=")
        .contains("Path=/;", "Secure", "HttpOnly", "SameSite=Lax")
        .doesNotContain("Domain");
    assertThat(isTaken(true, new Cookie(SignInsBegun.COOKIE, cookie(set).getValue()))).isFalse();
    assertThat(isTaken(true, cookie(set))).isTrue();
  }

  @Test
  void ofTwoCookiesOfTheNameNoneCounts() {
    Cookie own = cookie(begin(request("10.0.0.1", false)));

    assertThat(isTaken(false, own, new Cookie(SignInsBegun.COOKIE, "other"))).isFalse();
    assertThat(isTaken(false, own, new Cookie("other", "other"))).isTrue();
  }

  @Test
  void anAddressThatBeginsManyRemovesItsOwnAlone() {
    Cookie other = cookie(begin(request("10.0.0.1", false)));
    Cookie first = cookie(begin(request("10.0.0.2", false)));
    for (int i = 0; i < 1_500; i++) {
      begin(request("10.0.0.2", false));
    }

    assertThat(isTaken(false, first)).isFalse();
    assertThat(isTaken(false, other)).isTrue();
  }
}
