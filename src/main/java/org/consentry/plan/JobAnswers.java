package org.consentry.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consentry.config.Job;
import org.consentry.config.OutputRule.Acknowledgement;
import org.consentry.config.SafeWord;
import org.consentry.config.ScanRule;
import org.consentry.config.ScanRule.AcknowledgedFinding;
import org.consentry.config.Suggestion;
import org.consentry.config.WithPlace;
import org.consentry.data.AcknowledgedWarning;
import org.consentry.policy.LegalTarget;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.Problems;

/**
 * Compares the answers of a job with what is found of the job itself and of its releases. The rules
 * are those of the answers of a mapping: an answer past its day, or to nothing, is found itself.
 */
final class JobAnswers {

  private static final String SCAN_MISSING = "SCAN_MISSING";
  private static final String LOOK_AGAIN = "look at it again; then name another day, or remove it";

  private final Job job;
  private final LocalDate today;
  private final Problems problems;

  JobAnswers(Job job, LocalDate today, Problems problems) {
    this.job = job;
    this.today = today;
    this.problems = problems;
  }

  /**
   * Reports the warnings about the job that no person answered.
   *
   * @return the answered ones
   */
  List<AcknowledgedWarning> warnings(LegalTarget target) {
    Optional<Problem> open =
        target.deidentifies() && job.scan().filter(ScanRule::searches).isEmpty()
            ? Optional.of(scanMissing())
            : Optional.empty();
    List<AcknowledgedWarning> answered = new ArrayList<>();
    for (Acknowledgement given : job.acknowledge()) {
      if (isValid(given, open)) {
        answered.add(
            new AcknowledgedWarning(
                SCAN_MISSING,
                open.orElseThrow().message(),
                target.citation(),
                given.reason(),
                given.until().value()));
      }
    }
    open.filter(warning -> answered.isEmpty())
        .ifPresent(warning -> problems.addAll(List.of(warning)));
    return answered;
  }

  private Problem scanMissing() {
    return Problem.warning(
        SCAN_MISSING,
        job.scan().map(ScanRule::place).orElse(job.target().place()),
        "the finished files are not searched for identifiers of patients",
        "add scan: {identifiers: source, patterns: us, onFinding: block}");
  }

  private boolean isValid(Acknowledgement given, Optional<Problem> open) {
    String code = given.code().value();
    if (!code.equals(SCAN_MISSING)) {
      problems.error(
          "ACK_UNKNOWN_CODE",
          given.code().place(),
          "the job acknowledges " + SafeWord.word(code) + ", which no check of a job finds",
          Suggestion.hint(code, List.of(SCAN_MISSING)));
      return false;
    }
    if (given.until().value().isBefore(today)) {
      expired(given.until(), "the job acknowledges " + code);
      return false;
    }
    if (open.isEmpty()) {
      problems.warning(
          "ACK_UNUSED",
          given.code().place(),
          "the job acknowledges " + code + ", which is not found",
          "remove it");
    }
    return open.isPresent();
  }

  private void expired(WithPlace<LocalDate> until, String what) {
    problems.error("ACK_EXPIRED", until.place(), what + " until " + until.value(), LOOK_AGAIN);
  }

  /** Reports answers to findings of the scan that are past their day or name no released column. */
  void findings(List<TableExtract> tables) {
    List<String> released =
        tables.stream().flatMap(table -> RiskBinder.names(table).stream()).toList();
    for (AcknowledgedFinding given : job.scan().map(ScanRule::acknowledge).orElse(List.of())) {
      if (given.until().value().isBefore(today)) {
        expired(
            given.until(),
            "the job acknowledges findings of kind " + SafeWord.word(given.kind().value()));
      }
      given
          .column()
          .filter(column -> !released.contains(column.value()))
          .ifPresent(column -> unknown(column, released));
    }
  }

  private void unknown(WithPlace<String> column, List<String> released) {
    Place place = column.place();
    problems.error(
        "SCAN_COLUMN",
        place,
        "no released column is named " + SafeWord.word(column.value()),
        Suggestion.nearest(column.value(), released)
            .map(near -> "did you mean '" + near + "'?")
            .orElse("write table.column, with the name under which the column is released"));
  }
}
