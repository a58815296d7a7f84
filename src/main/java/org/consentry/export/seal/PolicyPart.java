package org.consentry.export.seal;

import java.util.List;
import org.consentry.config.JobOutput;
import org.consentry.plan.ExportPlan;
import org.consentry.policy.PolicyReport;
import org.consentry.release.Disclosure;

/** What a manifest contains of the policy check of a plan. */
final class PolicyPart {

  private PolicyPart() {}

  /** How each of the eighteen identifiers of Safe Harbor is handled, as a manifest lists it. */
  static List<Disclosure.HandledIdentifier> identifiers(ExportPlan plan) {
    return plan.policy().identifiers().stream().map(PolicyPart::handled).toList();
  }

  private static Disclosure.HandledIdentifier handled(PolicyReport.Handling handling) {
    return new Disclosure.HandledIdentifier(
        handling.identifier().letter(),
        handling.identifier().title(),
        handling.identifier().safeHarbor(),
        handling.columns().stream()
            .map(
                column ->
                    new Disclosure.HandledColumn(column.table(), column.column(), column.done()))
            .toList());
  }

  /** The warnings of the policy check that a person answered, as a manifest lists them. */
  static List<Disclosure.Acknowledged> acknowledged(ExportPlan plan) {
    return plan.policy().acknowledged().stream()
        .map(
            answer ->
                new Disclosure.Acknowledged(
                    answer.finding().code(),
                    answer.finding().message(),
                    answer.finding().citation(),
                    answer.reason(),
                    answer.until()))
        .toList();
  }

  /** All other warnings, as a manifest lists them. */
  static List<Disclosure.Warning> openWarnings(ExportPlan plan) {
    return plan.warnings().stream()
        .map(open -> new Disclosure.Warning(open.code(), open.message(), open.hint()))
        .toList();
  }

  /** What CSV files have for texts that a spreadsheet runs as a formula. */
  static Disclosure.Formulas formulas(ExportPlan plan) {
    return switch (plan.job()
        .output()
        .csv()
        .map(csv -> csv.formulas().value())
        .orElse(JobOutput.Formulas.REPORT)) {
      case REPORT -> Disclosure.Formulas.REPORT;
      case ESCAPE -> Disclosure.Formulas.ESCAPE;
      case STOP -> Disclosure.Formulas.STOP;
    };
  }
}
