package org.consentry.service;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.consentry.export.ClinicContact;
import org.consentry.export.ClinicZone;
import org.consentry.export.Explainer;
import org.consentry.export.ExplanationText;
import org.consentry.export.NoProgress;
import org.consentry.export.RecordQuestion;
import org.consentry.export.StateSession;
import org.consentry.followup.AccountAnswer;
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
 * The ledger records who asks before there is an answer.
 *
 * <p><b>Security promise:</b> the patient's id is in no message, log or address.
 */
final class Asking {

  private final Semaphore explaining = new Semaphore(1);
  private final StateFolder state;
  private final String operator;
  private final Supplier<Instant> clock;

  /**
   * Answers questions.
   *
   * @param operator the owner of this process
   */
  Asking(StateFolder state, String operator, Supplier<Instant> clock) {
    this.state = state;
    this.operator = operator;
    this.clock = clock;
  }

  /**
   * The surroundings of a session of the owner of this process, for a person who is signed in: the
   * ledger names both, as it does where a button starts a command.
   */
  static StateSession.Environment environment(
      StateFolder state, String operator, String person, Supplier<Instant> clock) {
    return new StateSession.Environment(
        state, operator, Optional.of(person), clock, step -> {}, new NoProgress());
  }

  /**
   * To whom a patient's records went.
   *
   * @param since the first day; six years ago where it is empty
   * @return the account in lines, for the compliance officer
   * @throws ProblemException category LOCKED while a run is at work, USAGE for no id
   */
  List<String> account(String person, String patient, Optional<LocalDate> since) {
    return AccountText.lines(answer(person, patient, since, Optional.empty()).account());
  }

  /**
   * The same as a page to hand out to the patient, whole in itself: what is due and nothing else.
   *
   * @throws ProblemException also of category FILES_INVALID when the clinic's name or what the law
   *     asks for is missing
   */
  byte[] handOut(String person, String patient, Optional<LocalDate> since) {
    ClinicContact clinic = ClinicContact.of(state);
    return answer(person, patient, since, Optional.of(clinic)).pageBytes();
  }

  private AccountAnswer answer(
      String person, String patient, Optional<LocalDate> since, Optional<ClinicContact> clinic) {
    requireId(patient);
    ZoneId zone = ClinicZone.ofInstallation(state);
    try (StateSession session = StateSession.ask(environment(state, operator, person, clock))) {
      session.requireClock();
      LocalDate today = LocalDate.ofInstant(session.instant(), zone);
      LocalDate first = since.orElse(today.minusYears(Accounting.YEARS));
      if (first.isAfter(today)) {
        throw ProblemException.of(
            Category.USAGE, "SINCE", Place.of("since"), "that day has not come yet", "");
      }
      return AccountAnswer.of(session, zone, patient, first, today, clinic);
    }
  }

  /**
   * Why a job would include or exclude a patient. It reads the clinic's files, so one is made at a
   * time.
   *
   * @param job the job file
   * @param record a record to explain too, as {@code TABLE:KEY}; empty for none
   * @return the explanation in lines
   * @throws ProblemException category USAGE when the record is none of the job, FILES_INVALID when
   *     the job is invalid, LOCKED while a run is at work, TEMPORARY while another explanation is
   *     made
   */
  List<String> explain(String person, String patient, Path job, String record) {
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
      return explanation(person, patient, job, record, clock.get());
    } finally {
      explaining.release();
    }
  }

  private List<String> explanation(
      String person, String patient, Path job, String record, Instant at) {
    ZoneId zone = ClinicZone.of(job, state);
    LocalDateTime now = LocalDateTime.ofInstant(at, zone);
    LocalDate today = now.toLocalDate();
    ExportPlan plan = Planner.plan(job, today, today, Optional.of(zone));
    Optional<RecordQuestion> asked =
        Optional.of(record)
            .filter(text -> !text.isBlank())
            .map(text -> RecordQuestion.of(plan, text.strip()));
    Memberships memberships;
    try (StateSession session = StateSession.open(environment(state, operator, person, clock))) {
      session.audit().explained(plan, patient);
      memberships = session.memberships();
    }
    List<String> lines = new ArrayList<>();
    Explainer explainer = new Explainer(plan, Optional.of(memberships));
    Explainer.Patient explained = explainer.patient(patient, now);
    ExplanationText text = new ExplanationText(lines::add, (shape, fields) -> {});
    text.patient(plan, explained);
    asked.ifPresent(
        which -> {
          lines.add("");
          text.records(explained, explainer.records(explained, patient, which));
        });
    return lines;
  }

  private static void requireId(String patient) {
    if (patient.isBlank()) {
      throw ProblemException.of(
          Category.USAGE, "PATIENT", Place.of("patient"), "expected an id but found nothing", "");
    }
  }
}
