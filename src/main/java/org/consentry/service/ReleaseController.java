package org.consentry.service;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.consentry.followup.Register;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.release.PageStyle;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The register of disclosures, its releases, and the ledger. */
@Controller
final class ReleaseController {

  private final ReleasePages pages;

  ReleaseController(ReleasePages pages) {
    this.pages = pages;
  }

  /** What is searched for, as the form sends it. */
  record Asked(String recipient, String study, String basis, String kind, String from, String to) {

    Register.Search search() {
      return new Register.Search(
          word(recipient), word(study), word(basis), word(kind), day(from), day(to));
    }

    private static String word(@org.jspecify.annotations.Nullable String sent) {
      return sent == null ? "" : sent.strip();
    }

    private static Optional<LocalDate> day(@org.jspecify.annotations.Nullable String sent) {
      try {
        return word(sent).isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(word(sent)));
      } catch (DateTimeParseException noDay) {
        throw ProblemException.of(
            Category.USAGE,
            "DAY",
            Place.of("from, to"),
            "expected a day such as 2026-11-30",
            "correct the day and search again");
      }
    }
  }

  @GetMapping("/register")
  ResponseEntity<byte[]> register(
      Principal person, CsrfToken token, Asked asked, @RequestParam(defaultValue = "1") int part) {
    return Answers.page(Answers.frame(person, token, ""), pages.register(asked.search(), part));
  }

  @GetMapping("/register.csv")
  ResponseEntity<byte[]> csv(Asked asked) {
    return Answers.file(
        pages.csv(asked.search()), "register.csv", MediaType.parseMediaType("text/csv"));
  }

  @GetMapping("/releases/{job}/{release}")
  ResponseEntity<byte[]> release(
      Principal person, CsrfToken token, @PathVariable String job, @PathVariable String release) {
    return Answers.page(Answers.frame(person, token, ""), pages.release(job, release));
  }

  @GetMapping("/releases/{job}/{release}/manifest")
  ResponseEntity<byte[]> manifest(@PathVariable String job, @PathVariable String release) {
    return Answers.whole(pages.manifestPage(job, release), PageStyle.POLICY);
  }

  @PostMapping("/releases/{job}/{release}/verification")
  ResponseEntity<byte[]> verify(
      HttpServletRequest request,
      Principal person,
      CsrfToken token,
      @PathVariable String job,
      @PathVariable String release) {
    ResponseEntity<byte[]> answer =
        Answers.page(Answers.frame(person, token, ""), pages.verified(job, release));
    AuditFilter.about(request, job + "/" + release);
    return answer;
  }

  @GetMapping("/ledger")
  ResponseEntity<byte[]> ledger(
      Principal person,
      CsrfToken token,
      @RequestParam(defaultValue = "1") int part,
      @RequestParam(defaultValue = "") String done) {
    return Answers.page(Answers.frame(person, token, done), pages.ledger(part));
  }

  @PostMapping("/ledger/verification")
  ResponseEntity<byte[]> verifyLedger() {
    pages.verifyLedger();
    return Answers.next("/ledger", Answers.Done.VERIFIED);
  }
}
