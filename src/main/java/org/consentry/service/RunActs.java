package org.consentry.service;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.consentry.ledger.RunRecords;
import org.consentry.ledger.StateFolder;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;
import org.consentry.service.Answers.Done;
import org.consentry.service.Requests.Act;
import org.consentry.service.Requests.Request;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * What is done with runs. Each act is a command of the program, which is started when its turn
 * comes and decides whether it is possible.
 */
@Controller
final class RunActs {

  private final StateFolder state;
  private final Schedules schedules;
  private final Commands commands;

  RunActs(StateFolder state, Schedules schedules, Commands commands) {
    this.state = state;
    this.schedules = schedules;
    this.commands = commands;
  }

  /** Asks that a run is resumed. */
  @PostMapping("/runs/{run}/resume")
  ResponseEntity<byte[]> resume(
      @PathVariable String run, Principal by, HttpServletRequest request) {
    return ask(Act.RESUME, run, by, request);
  }

  /** Asks that a run is published. */
  @PostMapping("/runs/{run}/publish")
  ResponseEntity<byte[]> publish(
      @PathVariable String run, Principal by, HttpServletRequest request) {
    return ask(Act.PUBLISH, run, by, request);
  }

  /** Asks that a run is abandoned. */
  @PostMapping("/runs/{run}/abandon")
  ResponseEntity<byte[]> abandon(
      @PathVariable String run, Principal by, HttpServletRequest request) {
    return ask(Act.ABANDON, run, by, request);
  }

  /**
   * Stops a run at work.
   *
   * @throws ProblemException category USAGE when this service does not work on it
   */
  @PostMapping("/runs/{run}/stop")
  ResponseEntity<byte[]> stop(@PathVariable String run, HttpServletRequest request) {
    if (!isKnown(run)) {
      return ResponseEntity.status(HttpStatus.NOT_FOUND).build();
    }
    AuditFilter.about(request, run);
    if (!commands.stop(run)) {
      throw ProblemException.of(
          Category.USAGE,
          ProblemAnswers.NOT_AT_WORK,
          Place.of("run " + run),
          "this service does not work on the run",
          "look at the run again, as it may have ended; stop one that a person or another service"
              + " started where it was started");
    }
    return Answers.next("/runs/" + run, Done.STARTED);
  }

  private ResponseEntity<byte[]> ask(
      Act act, String run, Principal by, HttpServletRequest request) {
    if (!isKnown(run)) {
      return ResponseEntity.status(HttpStatus.NOT_FOUND).build();
    }
    schedules.ask(new Request(Schedules.now(), by.getName(), act, run));
    AuditFilter.about(request, run);
    return Answers.next("/runs/" + run, Done.STARTED);
  }

  private boolean isKnown(String run) {
    return new RunRecords(state).find(run).isPresent();
  }
}
