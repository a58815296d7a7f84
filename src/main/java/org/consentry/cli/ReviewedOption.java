package org.consentry.cli;

import org.consentry.plan.ReviewedColumns;
import picocli.CommandLine.Option;

/** The options that name the columns of a reviewed set. */
final class ReviewedOption {

  @Option(names = "--label", description = "Column of the label; default: ${DEFAULT-VALUE}.")
  private String label = "label";

  @Option(
      names = "--family",
      description = "Column of the family, optional; default: ${DEFAULT-VALUE}.")
  private String family = "family";

  @Option(
      names = "--procedure",
      description = "Column of the procedure code; default: ${DEFAULT-VALUE}.")
  private String procedure = "cpt_code";

  @Option(
      names = "--diagnoses",
      description = "Column of the diagnosis codes; default: ${DEFAULT-VALUE}.")
  private String diagnoses = "icd10_codes";

  @Option(
      names = "--separator",
      description = "Separator of diagnosis codes; default: ${DEFAULT-VALUE}.")
  private String separator = "|";

  @Option(
      names = "--functional",
      description = "Column of the impairment; default: ${DEFAULT-VALUE}.")
  private String functional = "functional_impairment";

  @Option(names = "--state", description = "Column of the state; default: ${DEFAULT-VALUE}.")
  private String state = "state";

  @Option(
      names = "--benefits",
      description = "Column of the benefits language; default: ${DEFAULT-VALUE}.")
  private String benefits = "benefits_language";

  ReviewedColumns columns() {
    return new ReviewedColumns(
        label, family, procedure, diagnoses, separator, functional, state, benefits);
  }
}
