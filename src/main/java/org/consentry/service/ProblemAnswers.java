package org.consentry.service;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.consentry.problem.Category;
import org.consentry.problem.ProblemException;
import org.consentry.service.page.ProblemPage;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Shows what is wrong, where, and what to do, in place of the page that was asked for. */
@ControllerAdvice
final class ProblemAnswers {

  /** The code of the problem that a run which is to be stopped is none of this service's. */
  static final String NOT_AT_WORK = "NOT_AT_WORK_HERE";

  @ExceptionHandler
  ResponseEntity<byte[]> answer(
      ProblemException problem, HttpServletRequest request, Principal person, CsrfToken token) {
    HttpStatus status = status(problem);
    String title =
        switch (status) {
          case NOT_FOUND -> "There is no such thing";
          case CONFLICT -> isLocked(problem) ? "A run is at work" : "It cannot be stopped here";
          case UNPROCESSABLE_CONTENT, BAD_REQUEST -> "It was not accepted";
          default -> "Something is not in order";
        };
    String lead = (isLocked(problem) ? "Try again when it has ended. " : "") + changed(request);
    return Answers.page(
        status, Answers.frame(person, token, ""), new ProblemPage(title, lead, problem.problems()));
  }

  /** A question is in the ledger before it is answered. */
  private static String changed(HttpServletRequest request) {
    return request.getRequestURI().startsWith("/questions/")
        ? "The ledger records who asked before a question is answered. Nothing else was changed."
        : "Nothing was changed.";
  }

  private static boolean isLocked(ProblemException problem) {
    return problem.category() == Category.LOCKED;
  }

  private static HttpStatus status(ProblemException problem) {
    String code = problem.problems().get(0).code();
    if (code.equals(NOT_AT_WORK)) {
      return HttpStatus.CONFLICT;
    }
    if (problem.category() == Category.USAGE) {
      boolean isAbsent = code.startsWith("UNKNOWN_") || code.equals("NOT_STAGED");
      return isAbsent ? HttpStatus.NOT_FOUND : HttpStatus.BAD_REQUEST;
    }
    return switch (problem.category()) {
      case LOCKED -> HttpStatus.CONFLICT;
      case AUTHORITY, STALE, FILES_INVALID -> HttpStatus.UNPROCESSABLE_CONTENT;
      case TEMPORARY -> HttpStatus.SERVICE_UNAVAILABLE;
      case USAGE, RUN_FAILED, DISCLOSURE_CHECK, KEY, VERIFY -> HttpStatus.INTERNAL_SERVER_ERROR;
    };
  }
}
