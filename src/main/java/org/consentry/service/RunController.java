package org.consentry.service;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.consentry.release.PageStyle;
import org.consentry.service.page.Links;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Runs: what happens, what waits, and the approval of a staged one. */
@Controller
final class RunController {

  private final RunPages pages;
  private final Approving approving;

  RunController(RunPages pages, Approving approving) {
    this.pages = pages;
    this.approving = approving;
  }

  @GetMapping("/")
  ResponseEntity<byte[]> overview(
      Principal person, CsrfToken token, @RequestParam(defaultValue = "") String done) {
    return Answers.page(Answers.frame(person, token, done), pages.overview());
  }

  @GetMapping("/runs")
  ResponseEntity<byte[]> runs(
      Principal person,
      CsrfToken token,
      @RequestParam(defaultValue = "") String job,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "1") int part) {
    return Answers.page(Answers.frame(person, token, ""), pages.runs(job, state, part));
  }

  @GetMapping("/runs/{run}")
  ResponseEntity<byte[]> run(
      Principal person,
      CsrfToken token,
      @PathVariable String run,
      @RequestParam(defaultValue = "") String done) {
    return Answers.page(Answers.frame(person, token, done), pages.run(run));
  }

  @GetMapping("/runs/{run}/approval")
  ResponseEntity<byte[]> approval(Principal person, CsrfToken token, @PathVariable String run) {
    return Answers.page(Answers.frame(person, token, ""), pages.approval(run));
  }

  @GetMapping("/runs/{run}/approval/manifest")
  ResponseEntity<byte[]> manifest(@PathVariable String run) {
    return Answers.whole(pages.staged(run).page(), PageStyle.POLICY);
  }

  @GetMapping("/runs/{run}/approval/statement")
  ResponseEntity<byte[]> statement(@PathVariable String run) {
    return Answers.file(
        pages.staged(run).bytes(), run + ".json", MediaType.APPLICATION_OCTET_STREAM);
  }

  @PostMapping("/runs/{run}/approval")
  ResponseEntity<byte[]> approve(
      HttpServletRequest request,
      Principal person,
      @PathVariable String run,
      @RequestParam(required = false) @Nullable MultipartFile signature) {
    approving.approve(
        person.getName(), run, () -> signature == null ? new byte[0] : signature.getBytes());
    AuditFilter.about(request, run);
    return Answers.next(Links.ofServer().run(run), Answers.Done.APPROVED);
  }
}
