package org.consentry.service;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.springframework.web.filter.OncePerRequestFilter;

/** Ends every session after twelve hours, however busy it is. */
final class SessionAge extends OncePerRequestFilter {

  private static final Duration LONGEST = Duration.ofHours(12);

  private final Supplier<Instant> clock;

  SessionAge(Supplier<Instant> clock) {
    this.clock = clock;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    HttpSession session = request.getSession(false);
    if (session != null
        && Instant.ofEpochMilli(session.getCreationTime()).plus(LONGEST).isBefore(clock.get())) {
      session.invalidate();
    }
    chain.doFilter(request, response);
  }
}
