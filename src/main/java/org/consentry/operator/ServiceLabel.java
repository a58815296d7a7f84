package org.consentry.operator;

import org.consentry.operator.rules.Reason;

/**
 * What a procedure line is called, and why. A label for research, never a coverage decision.
 *
 * @param serviceClass the class
 * @param basis the basis of the rule that decided, or the {@link Reason} where no rule could
 * @param rule what people call that rule; empty where no rule could decide
 * @param reason what is to blame for INDETERMINATE, finer than the basis
 */
public record ServiceLabel(ServiceClass serviceClass, String basis, String rule, Reason reason) {

  /** The word under which an INDETERMINATE line is counted. */
  public String why() {
    return reason == Reason.BY_RULE ? basis : reason.name();
  }
}
