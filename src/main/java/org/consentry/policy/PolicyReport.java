package org.consentry.policy;

import java.time.LocalDate;
import java.util.List;
import org.consentry.data.HandledIdentifier;
import org.consentry.problem.Place;
import org.consentry.problem.Problem;
import org.consentry.problem.Severity;

/**
 * What a policy found.
 *
 * @param policy the target that was checked
 * @param findings everything found, in the order of the mapping
 * @param identifiers for each of the eighteen identifiers how it was handled, A to R
 * @param acknowledged warnings that a person answered; they are not among the findings
 */
public record PolicyReport(
    Policy policy,
    List<Finding> findings,
    List<HandledIdentifier> identifiers,
    List<Acknowledged> acknowledged) {

  public PolicyReport {
    findings = List.copyOf(findings);
    identifiers = List.copyOf(identifiers);
    acknowledged = List.copyOf(acknowledged);
  }

  /**
   * A warning that a person answered.
   *
   * @param finding what was found
   * @param reason why it is accepted
   * @param until the last day of the answer
   */
  public record Acknowledged(Finding finding, String reason, LocalDate until) {}

  /**
   * One thing a target does not allow, or doubts.
   *
   * @param severity an error refuses the run
   * @param code stable upper-case word
   * @param place where the rule is in the mapping
   * @param table name of the table
   * @param column name of the source column
   * @param citation paragraph of the rule; empty when the finding is about an acknowledgement
   * @param message what is released that must not be
   * @param remedy what to write instead
   */
  public record Finding(
      Severity severity,
      String code,
      Place place,
      String table,
      String column,
      String citation,
      String message,
      String remedy) {

    /** The finding as a problem; its message ends with the citation, if there is one. */
    public Problem toProblem() {
      String cited = citation.isEmpty() ? message : message + " (" + citation + ")";
      return new Problem(severity, code, place, cited, remedy);
    }
  }

  /** All findings as problems. */
  public List<Problem> problems() {
    return findings.stream().map(Finding::toProblem).toList();
  }
}
