package org.consentry.service;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consentry.service.page.Frame;
import org.consentry.service.page.Links;
import org.consentry.service.page.ProblemPage;
import org.springframework.boot.web.error.ErrorPage;
import org.springframework.boot.web.error.ErrorPageRegistrar;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatusCode;
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

  private static final Frame FRAME =
      new Frame(Links.ofServer(), "", Set.of(), Optional.empty(), Optional.empty());

  @Bean
  ErrorPageRegistrar errorPages() {
    return registry -> registry.addErrorPages(new ErrorPage(PATH));
  }

  @RequestMapping(PATH)
  ResponseEntity<byte[]> error(HttpServletRequest request) {
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    int status = code instanceof Integer known ? known : FAILED;
    return Answers.page(HttpStatusCode.valueOf(status), FRAME, page(status));
  }

  private static ProblemPage page(int status) {
    return switch (status) {
      case 400 -> page("Not understood", "Go back and try again.");
      case 403 ->
          page(
              "Not permitted",
              "Your roles do not include this page, or the form is too old: reload it and try"
                  + " again.");
      case 404 -> page("No such page", "Check the address.");
      case 405 -> page("Not possible here", "Go back and use the buttons of the page.");
      case 413 -> page("Too large", "A signature has at most 16 KB.");
      default ->
          page("It did not work", "Try again. Then look at the log of the service for the reason.");
    };
  }

  private static ProblemPage page(String title, String advice) {
    return new ProblemPage(title, advice, List.of());
  }
}
