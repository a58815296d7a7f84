package org.consentry.operator;

import java.util.List;
import java.util.Optional;

/**
 * What is known of one procedure line, as it was entered.
 *
 * @param procedure CPT or HCPCS code
 * @param diagnoses ICD-10-CM codes
 * @param functional the word for a functional impairment
 * @param state two-letter code of the state whose rules the plan follows
 * @param benefits the word for the plan's benefits language
 */
public record ServiceInput(
    Optional<String> procedure,
    List<String> diagnoses,
    Optional<String> functional,
    Optional<String> state,
    Optional<String> benefits) {

  public ServiceInput {
    diagnoses = List.copyOf(diagnoses);
  }
}
