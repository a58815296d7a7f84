package org.consentry.service;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.consentry.export.ClinicZone;
import org.consentry.export.Explainer;
import org.consentry.export.ExplanationText;
import org.consentry.export.NoProgress;
import org.consentry.export.StateSession;
import org.consentry.followup.Account;
import org.consentry.followup.AccountText;
import org.consentry.followup.Accounting;
import org.consentry.ledger.Memberships;
import org.consentry.ledger.StateFolder;
import org.consentry.plan.ExportPlan;
import org.consentry.plan.Planner;
import org.consentry.problem.Category;
import org.consentry.problem.Place;
import org.consentry.problem.ProblemException;

/**
 * Answers questions about one patient, as the commands {@code accounting} and {@code explain} do.
 * The ledger records who asks before anything is looked up.
 *
 * <p><b>Security promise:</b> the patient's id is in no message, log or address.
 */
final class Asking {

  private final Semaphore explaining = new Semaphore(1);
  private final StateFolder state;
  private final Supplier<Instant> clock;

  Asking(StateFolder state, Supplier<Instant> clock) {
    this.state = state;
    this.clock = clock;
  }

  /** The surroundings of a session for a person who is signed in. */
  static StateSession.Environment environment(
      StateFolder state, String person, Supplier<Instant> clock) {
    return new StateSession.Environment(
        state, person, Optional.empty(), clock, step -> {}, new NoProgress());
  }

  /**
   * To whom a patient's records went.
   *
   * @param since the first day; six years ago where it is empty
   * @return the account in lines, for the compliance officer
   * @throws ProblemException category LOCKED while a run is at work, USAGE for no id
   */
  List<String> account(String person, String patient, Optional<LocalDate> since) {
    requireId(patient);
    ZoneId zone = ClinicZone.ofInstallation(state);
    Account account;
    try (StateSession session = StateSession.ask(environment(state, person, clock))) {
      session.requireClock();
      LocalDate today = LocalDate.ofInstant(session.instant(), zone);
      LocalDate first = since.orElse(today.minusYears(Accounting.YEARS));
      if (first.isAfter(today)) {
        throw ProblemException.of(
            Category.USAGE, "SINCE", Place.of("since"), "that day has not come yet", "");
      }
      Accounting accounting =
          new Accounting(session.memberships(), session.memberships().key(), zone);
      session.audit().accounted(HexFormat.of().formatHex(accounting.digest(patient)), first);
      account = accounting.of(patient, first, today);
    }
    return AccountText.lines(account);
  }

  /**
   * Why a job would include or exclude a patient. It reads the clinic's files, so one is made at a
   * time.
   *
   * @param job the job file
   * @return the explanation in lines
   * @throws ProblemException category FILES_INVALID when the job is, LOCKED while a run is at work,
   *     TEMPORARY while another explanation is made
   */
  List<String> explain(String person, String patient, Path job) {
    requireId(patient);
    if (!explaining.tryAcquire()) {
      throw ProblemException.of(
          Category.TEMPORARY,
          "QUESTION_AT_WORK",
          Place.of("question"),
          "another explanation is being made",
          "ask again in a minute");
    }
    try {
      return explanation(person, patient, job, clock.get());
    } finally {
      explaining.release();
    }
  }

  private List<String> explanation(String person, String patient, Path job, Instant at) {
    ZoneId zone = ClinicZone.of(job, state);
    LocalDateTime now = LocalDateTime.ofInstant(at, zone);
    LocalDate today = now.toLocalDate();
    ExportPlan plan = Planner.plan(job, today, today, Optional.of(zone));
    Memberships memberships;
    try (StateSession session = StateSession.open(environment(state, person, clock))) {
      session.audit().explained(plan, patient);
      memberships = session.memberships();
    }
    List<String> lines = new ArrayList<>();
    new ExplanationText(lines::add, fields -> {})
        .patient(plan, new Explainer(plan, Optional.of(memberships)).patient(patient, now));
    return lines;
  }

  private static void requireId(String patient) {
    if (patient.isBlank()) {
      throw ProblemException.of(
          Category.USAGE, "PATIENT", Place.of("patient"), "expected an id but found nothing", "");
    }
  }
}
