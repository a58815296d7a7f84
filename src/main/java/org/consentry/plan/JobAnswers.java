package org.consentry.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consentry.config.Job;
import org.consentry.config.OutputRule.Acknowledgement;
import org.consentry.config.RiskRule;
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
  private static final String RISK_SMALL_K = "RISK_SMALL_K";
  private static final List<String> CODES = List.of(SCAN_MISSING, RISK_SMALL_K);

  /** One of eleven is 9 %, the threshold of EMA Policy 0070 and Health Canada. */
  private static final int USUAL_K = 11;

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
   * Reports the warnings about the job that no person answered. Groups of fewer people than a
   * threshold of 9 % asks for are an error until a person answers for them.
   *
   * @return the answered ones
   */
  List<AcknowledgedWarning> warnings(LegalTarget target) {
    Map<String, Problem> open = new LinkedHashMap<>();
    if (target.deidentifies() && job.scan().filter(ScanRule::searches).isEmpty()) {
      open.put(SCAN_MISSING, scanMissing());
    }
    job.risk()
        .filter(rule -> target.risk() == LegalTarget.Risk.MUST_BE_MEASURED)
        .filter(rule -> rule.k() < USUAL_K)
        .ifPresent(rule -> open.put(RISK_SMALL_K, smallK(rule)));
    List<AcknowledgedWarning> answered = new ArrayList<>();
    Set<String> codes = new HashSet<>();
    for (Acknowledgement given : job.acknowledge()) {
      String code = given.code().value();
      if (isValid(given, open.keySet())) {
        codes.add(code);
        answered.add(
            new AcknowledgedWarning(
                code,
                Optional.ofNullable(open.get(code)).orElseThrow().message(),
                target.citation(),
                given.reason(),
                given.until().value()));
      }
    }
    open.keySet().removeAll(codes);
    problems.addAll(List.copyOf(open.values()));
    return answered;
  }

  private Problem scanMissing() {
    return Problem.warning(
        SCAN_MISSING,
        job.scan().map(ScanRule::place).orElse(job.target().place()),
        "the finished files are not searched for identifiers of patients",
        "add scan: {identifiers: source, patterns: us, onFinding: block}");
  }

  private Problem smallK(RiskRule rule) {
    return Problem.error(
        RISK_SMALL_K,
        rule.place(),
        "k: "
            + rule.k()
            + " allows a risk above 9 %, the usual threshold of a very small risk, which is k: "
            + USUAL_K,
        "write k: "
            + USUAL_K
            + " or more, or the expert's reason: acknowledge: [{code: RISK_SMALL_K, reason: ...,"
            + " until: DATE}]");
  }

  private boolean isValid(Acknowledgement given, Set<String> open) {
    String code = given.code().value();
    if (!CODES.contains(code)) {
      problems.error(
          "ACK_UNKNOWN_CODE",
          given.code().place(),
          "the job acknowledges " + SafeWord.word(code) + ", which no check of a job finds",
          Suggestion.hint(code, CODES));
      return false;
    }
    if (given.until().value().isBefore(today)) {
      expired(given.until(), "the job acknowledges " + code);
      return false;
    }
    if (!open.contains(code) && !problems.hasErrors()) {
      problems.warning(
          "ACK_UNUSED",
          given.code().place(),
          "the job acknowledges " + code + ", which is not found",
          "remove it");
    }
    return open.contains(code);
  }

  private void expired(WithPlace<LocalDate> until, String what) {
    problems.error("ACK_EXPIRED", until.place(), what + " until " + until.value(), LOOK_AGAIN);
  }

  /** Reports answers to findings of the scan that are past their day or name no released column. */
  void findings(ReleasedNames names) {
    List<String> released = names.all();
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
        Suggestion.hint(column.value(), released));
  }
}
