package org.consentry.export.seal;

import java.util.List;
import org.consentry.config.JobOutput;
import org.consentry.plan.ExportPlan;
import org.consentry.release.Disclosure;

/** What a manifest contains of the checks of a plan that it words otherwise. */
final class PolicyPart {

  private PolicyPart() {}

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
