package org.consentry.service;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Records every request that would change something, and every one that was refused. It is inside
 * of the filters that know who is signed in, and outside of those that refuse.
 */
final class AuditFilter extends OncePerRequestFilter {

  private static final String RESULT = AuditFilter.class.getName() + ".result";
  private static final String ABOUT = AuditFilter.class.getName() + ".about";
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final int REFUSED = 400;

  private final ServiceAudit audit;

  AuditFilter(ServiceAudit audit) {
    this.audit = audit;
  }

  /** States how a request was answered, where its status does not. */
  static void result(HttpServletRequest request, String result) {
    request.setAttribute(RESULT, result);
  }

  /** States which run or job a request is about; it must be one that exists. */
  static void about(HttpServletRequest request, String name) {
    request.setAttribute(ABOUT, name);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String before = who();
    try {
      chain.doFilter(request, response);
    } finally {
      boolean isRefused = response.getStatus() >= REFUSED;
      if (isRefused || !READING.contains(request.getMethod())) {
        write(request, before.isEmpty() ? who() : before, isRefused ? "refused" : "granted");
      }
    }
  }

  private void write(HttpServletRequest request, String who, String usual) {
    String act =
        Access.rule(request.getMethod(), request.getRequestURI())
            .map(rule -> rule.method() + " " + rule.path())
            .orElse("a page that does not exist");
    audit.write(
        new ServiceAudit.Act(
            who,
            request.getRemoteAddr(),
            act,
            attribute(request, ABOUT, ""),
            attribute(request, RESULT, usual)));
  }

  private static String attribute(HttpServletRequest request, String name, String usual) {
    return request.getAttribute(name) instanceof String text ? text : usual;
  }

  private static String who() {
    Authentication known = SecurityContextHolder.getContext().getAuthentication();
    return known == null || known instanceof AnonymousAuthenticationToken ? "" : known.getName();
  }
}
