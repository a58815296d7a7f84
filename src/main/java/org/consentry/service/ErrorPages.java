package org.consentry.service;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.consentry.service.page.ErrorPage;
import org.consentry.service.page.ServicePages;
import org.springframework.boot.web.error.ErrorPageRegistrar;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * What is shown when a request is refused or fails: what to do, and nothing of the request or of
 * the failure.
 */
@Controller
final class ErrorPages {

  private static final String PATH = "/error";
  private static final int FAILED = 500;

  @Bean
  ErrorPageRegistrar errorPages() {
    return registry ->
        registry.addErrorPages(new org.springframework.boot.web.error.ErrorPage(PATH));
  }

  @RequestMapping(PATH)
  ResponseEntity<byte[]> error(HttpServletRequest request) {
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    int status = code instanceof Integer known ? known : FAILED;
    return ResponseEntity.status(status)
        .contentType(MediaType.TEXT_HTML)
        .body(ServicePages.error(ErrorPage.of(status)));
  }
}
