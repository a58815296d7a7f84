package org.consentry.service;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.LocalDate;
import java.util.Optional;
import org.consentry.followup.CheckedFile;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.release.PageStyle;
import org.consentry.service.page.AnswerPage;
import org.consentry.service.page.QuestionsPage;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Jobs, mappings, the calendar, and questions about one patient. */
@Controller
final class FileController {

  private final FilePages pages;
  private final Asking asking;

  FileController(FilePages pages, Asking asking) {
    this.pages = pages;
    this.asking = asking;
  }

  @GetMapping("/calendar")
  ResponseEntity<byte[]> calendar(Principal person, CsrfToken token) {
    return Answers.page(Answers.frame(person, token, ""), pages.calendar());
  }

  @GetMapping("/jobs")
  ResponseEntity<byte[]> jobs(
      Principal person, CsrfToken token, @RequestParam(defaultValue = "") String done) {
    return Answers.page(Answers.frame(person, token, done), pages.jobs());
  }

  @GetMapping("/jobs/{job}")
  ResponseEntity<byte[]> job(Principal person, CsrfToken token, @PathVariable String job) {
    return Answers.page(Answers.frame(person, token, ""), pages.file(CheckedFile.Kind.JOB, job));
  }

  @GetMapping("/mappings/{mapping}")
  ResponseEntity<byte[]> mapping(Principal person, CsrfToken token, @PathVariable String mapping) {
    return Answers.page(
        Answers.frame(person, token, ""), pages.file(CheckedFile.Kind.MAPPING, mapping));
  }

  @GetMapping("/questions")
  ResponseEntity<byte[]> questions(Principal person, CsrfToken token) {
    return Answers.page(Answers.frame(person, token, ""), new QuestionsPage(pages.names()));
  }

  @PostMapping("/questions/accounting")
  ResponseEntity<byte[]> account(
      HttpServletRequest request,
      Principal person,
      CsrfToken token,
      @RequestParam String patient,
      @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          Optional<LocalDate> since) {
    requireNoQuery(request);
    return Answers.page(
        Answers.frame(person, token, ""),
        new AnswerPage(
            "Disclosures of the patient", asking.account(person.getName(), patient, since)));
  }

  @PostMapping("/questions/accounting/page")
  ResponseEntity<byte[]> handOut(
      HttpServletRequest request,
      Principal person,
      @RequestParam String patient,
      @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          Optional<LocalDate> since) {
    requireNoQuery(request);
    return Answers.whole(asking.handOut(person.getName(), patient, since), PageStyle.POLICY);
  }

  @PostMapping("/questions/explanation")
  ResponseEntity<byte[]> explain(
      HttpServletRequest request,
      Principal person,
      CsrfToken token,
      @RequestParam String patient,
      @RequestParam String job,
      @RequestParam(defaultValue = "") String record) {
    requireNoQuery(request);
    return Answers.page(
        Answers.frame(person, token, ""),
        new AnswerPage(
            "Why the job " + job + " includes or excludes the patient",
            asking.explain(person.getName(), patient, pages.job(job), record)));
  }

  /** An id in an address would be in logs and histories. */
  private static void requireNoQuery(HttpServletRequest request) {
    if (request.getQueryString() != null) {
      throw ProblemException.of(
          Category.USAGE,
          "PATIENT_IN_ADDRESS",
          Place.of("address"),
          "a patient's id is sent by the form, never in an address",
          "use the form of the page");
    }
  }
}
