package org.consentry.spark;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers no request. Master and workers of a cluster that lives in the process of the command
 * always have pages, which other users of the machine could see.
 */
public final class NoPages implements Filter {

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain pages)
      throws IOException {
    if (response instanceof HttpServletResponse answer) {
      answer.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }
}
