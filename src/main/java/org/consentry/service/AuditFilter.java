package org.consentry.service;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.consentry.problem.ProblemException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Records every request that would change something, before it is done and after, and every one
 * that was refused or failed. It is inside of the filters that know who is signed in, and outside
 * of those that refuse; what the firewall refuses before is recorded by {@link SecurityRules}.
 */
final class AuditFilter extends OncePerRequestFilter {

  private static final String RESULT = AuditFilter.class.getName() + ".result";
  private static final String ABOUT = AuditFilter.class.getName() + ".about";
  private static final String WHO = AuditFilter.class.getName() + ".who";
  private static final int REFUSED = 400;

  private final ServiceAudit audit;

  AuditFilter(ServiceAudit audit) {
    this.audit = audit;
  }

  /** States how a request was answered, where its status does not. */
  static void result(HttpServletRequest request, String result) {
    request.setAttribute(RESULT, result);
  }

  /** States what a request is about: a run or job that exists, or the account of who signs in. */
  static void about(HttpServletRequest request, String name) {
    request.setAttribute(ABOUT, name);
  }

  /** States who asked, where that person is known and was not signed in. */
  static void who(HttpServletRequest request, String name) {
    request.setAttribute(WHO, name);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String before = isSignIn(request) ? "" : who();
    boolean isAct = Access.isRecorded(request.getMethod(), request.getRequestURI());
    if (isAct && !isAskedFor(request, before)) {
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      return;
    }
    String result = "failed";
    try {
      chain.doFilter(request, response);
      result = response.getStatus() >= REFUSED ? "refused" : "granted";
    } finally {
      result = attribute(request, RESULT, result);
      if (isAct || !result.equals("granted")) {
        String after = attribute(request, WHO, who());
        write(request, before.isEmpty() ? after : before, result);
      }
    }
  }

  /** Who signs in is known after that; who was signed in before in this browser is another. */
  private static boolean isSignIn(HttpServletRequest request) {
    return Access.rule(request.getMethod(), request.getRequestURI())
        .filter(Access.Rule::isSignIn)
        .isPresent();
  }

  /** What cannot be recorded is not done. */
  private boolean isAskedFor(HttpServletRequest request, String who) {
    try {
      write(request, who, "asked");
      return true;
    } catch (ProblemException unwritten) {
      return false;
    }
  }

  private void write(HttpServletRequest request, String who, String result) {
    String act =
        Access.rule(request.getMethod(), request.getRequestURI())
            .map(rule -> rule.method() + " " + rule.path())
            .orElse("a page that does not exist");
    audit.write(
        new ServiceAudit.Act(
            who, request.getRemoteAddr(), act, attribute(request, ABOUT, ""), result));
  }

  private static String attribute(HttpServletRequest request, String name, String usual) {
    return request.getAttribute(name) instanceof String text ? text : usual;
  }

  private static String who() {
    Authentication known = SecurityContextHolder.getContext().getAuthentication();
    return known == null || known instanceof AnonymousAuthenticationToken ? "" : known.getName();
  }
}
