package org.consentry.service.openid;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Sign-ins that people began and that the provider has not answered. Each belongs to one browser,
 * by a cookie of its own: the cookie of the session is not sent when another site, such as the
 * provider, leads here. Each counts for ten minutes and once. There are at most a thousand: one
 * more removes the oldest of the address that began most, so that no other address loses one by it.
 * Safe for any number of threads.
 */
final class SignInsBegun implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

  /** The name of the cookie. */
  static final String COOKIE = "consentry-sign-in";

  /** With encryption: browsers take this name from the service itself alone. */
  static final String HOST_COOKIE = "__Host-" + COOKIE;

  private static final int MOST = 1_000;
  private static final int BYTES = 32;
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Begun> begun = new LinkedHashMap<>();
  private final Supplier<Instant> clock;

  SignInsBegun(Supplier<Instant> clock) {
    this.clock = clock;
  }

  /**
   * A sign-in that a person began.
   *
   * @param request what the provider was asked
   * @param from the address of the browser
   * @param end after that it counts nothing
   */
  private record Begun(OAuth2AuthorizationRequest request, String from, Instant end) {}

  @Override
  public void saveAuthorizationRequest(
      @Nullable OAuth2AuthorizationRequest asked,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (asked == null) {
      return;
    }
    byte[] id = new byte[BYTES];
    random.nextBytes(id);
    String name = HexFormat.of().formatHex(id);
    put(name, new Begun(asked, request.getRemoteAddr(), clock.get().plus(LONGEST)));
    write(request, response, name, LONGEST);
  }

  private synchronized void put(String id, Begun one) {
    begun.values().removeIf(old -> old.end().isBefore(clock.get()));
    begun.put(id, one);
    if (begun.size() > MOST) {
      begun.remove(oldestOfMost());
    }
  }

  private String oldestOfMost() {
    Map<String, Long> counts =
        begun.values().stream().collect(Collectors.groupingBy(Begun::from, Collectors.counting()));
    String most = Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
    return begun.entrySet().stream()
        .filter(one -> one.getValue().from().equals(most))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
    return id(request).flatMap(id -> find(id, state(request))).orElse(null);
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
      HttpServletRequest request, HttpServletResponse response) {
    Optional<OAuth2AuthorizationRequest> found =
        id(request).flatMap(id -> take(id, state(request)));
    if (found.isPresent()) {
      write(request, response, "", Duration.ZERO);
    }
    return found.orElse(null);
  }

  private synchronized Optional<OAuth2AuthorizationRequest> find(String id, String state) {
    return Optional.ofNullable(begun.get(id))
        .filter(one -> one.end().isAfter(clock.get()))
        .map(Begun::request)
        .filter(asked -> isEqual(asked.getState(), state));
  }

  /** An answer with another state ends nothing, because any site may lead a browser here. */
  private synchronized Optional<OAuth2AuthorizationRequest> take(String id, String state) {
    Optional<OAuth2AuthorizationRequest> found = find(id, state);
    found.ifPresent(asked -> begun.remove(id));
    return found;
  }

  private static boolean isEqual(@Nullable String one, String other) {
    return one != null
        && MessageDigest.isEqual(
            one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static String state(HttpServletRequest request) {
    String state = request.getParameter("state");
    return state == null ? "" : state;
  }

  private static String name(HttpServletRequest request) {
    return request.isSecure() ? HOST_COOKIE : COOKIE;
  }

  /** Of two cookies of the name one was set by another site, and which one is not known. */
  private static Optional<String> id(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    String name = name(request);
    List<String> ids =
        (cookies == null ? Stream.<Cookie>empty() : Arrays.stream(cookies))
            .filter(cookie -> cookie.getName().equals(name))
            .map(Cookie::getValue)
            .toList();
    return ids.size() == 1 ? Optional.of(ids.get(0)) : Optional.empty();
  }

  private static void write(
      HttpServletRequest request, HttpServletResponse response, String value, Duration age) {
    response.addHeader(
        HttpHeaders.SET_COOKIE,
        ResponseCookie.from(name(request), value)
            .path(request.isSecure() ? "/" : "/sign-in")
            .httpOnly(true)
            .secure(request.isSecure())
            .sameSite("Lax")
            .maxAge(age)
            .build()
            .toString());
  }
}
