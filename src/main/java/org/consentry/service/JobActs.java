package org.consentry.service;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.consentry.problem.ProblemException;
import org.consentry.service.Answers.Done;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** What a steward does with jobs: runs, pauses and resumes them. */
@Controller
final class JobActs {

  private final Schedules schedules;

  JobActs(Schedules schedules) {
    this.schedules = schedules;
  }

  /** Asks for a run. */
  @PostMapping("/jobs/{job}/run")
  ResponseEntity<byte[]> run(@PathVariable String job, Principal by, HttpServletRequest request) {
    return act(job, request, Done.STARTED, () -> schedules.now(job, by.getName()));
  }

  /** Pauses a job. */
  @PostMapping("/jobs/{job}/pause")
  ResponseEntity<byte[]> pause(@PathVariable String job, Principal by, HttpServletRequest request) {
    return act(job, request, Done.CHANGED, () -> schedules.pause(job, by.getName()));
  }

  /** Resumes a job. */
  @PostMapping("/jobs/{job}/resume")
  ResponseEntity<byte[]> resume(@PathVariable String job, HttpServletRequest request) {
    return act(job, request, Done.CHANGED, () -> schedules.resume(job));
  }

  private static ResponseEntity<byte[]> act(
      String job, HttpServletRequest request, Done done, Runnable act) {
    try {
      act.run();
    } catch (ProblemException noSuchJob) {
      return ResponseEntity.status(HttpStatus.NOT_FOUND).build();
    }
    AuditFilter.about(request, job);
    return Answers.next("/", done);
  }
}
