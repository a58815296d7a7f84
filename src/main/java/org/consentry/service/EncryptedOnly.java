package org.consentry.service;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses a request that came without encryption, past the proxy or to the wrong port. */
final class EncryptedOnly extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.isSecure()) {
      chain.doFilter(request, response);
    } else {
      AuditFilter.result(request, "refused without encryption");
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }
  }
}
