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

/**
 * Ends every session after twelve hours, however busy it is, and after so long without a request of
 * a person. What a page asks for by itself, to show progress, is no request of a person.
 */
final class SessionAge extends OncePerRequestFilter {

  /** The header of what a page asks for by itself. */
  static final String BY_ITSELF = "Consentry-Again";

  private static final String LAST = SessionAge.class.getName() + ".last";
  private static final Duration LONGEST = Duration.ofHours(12);

  private final Supplier<Instant> clock;
  private final Duration idle;

  SessionAge(Supplier<Instant> clock, Duration idle) {
    this.clock = clock;
    this.idle = idle;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    HttpSession session = request.getSession(false);
    if (session != null) {
      Instant now = clock.get();
      Instant created = Instant.ofEpochMilli(session.getCreationTime());
      Instant last = session.getAttribute(LAST) instanceof Instant known ? known : created;
      if (created.plus(LONGEST).isBefore(now) || last.plus(idle).isBefore(now)) {
        session.invalidate();
      } else if (request.getHeader(BY_ITSELF) == null) {
        session.setAttribute(LAST, now);
      }
    }
    chain.doFilter(request, response);
  }
}
