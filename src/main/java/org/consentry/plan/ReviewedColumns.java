package org.consentry.plan;

import java.util.List;

/**
 * Names of the columns of a reviewed set.
 *
 * @param label the class that a person gave
 * @param family the group a line is counted in; the column may be missing
 * @param procedure the procedure code
 * @param diagnoses the diagnosis codes
 * @param separator what separates diagnosis codes
 * @param functional the documented impairment
 * @param state the state of the patient
 * @param benefits the language of the plan's benefits
 */
public record ReviewedColumns(
    String label,
    String family,
    String procedure,
    String diagnoses,
    String separator,
    String functional,
    String state,
    String benefits) {

  /** Label, family, procedure, diagnoses, functional, state, benefits. */
  List<String> inOrder() {
    return List.of(label, family, procedure, diagnoses, functional, state, benefits);
  }
}
