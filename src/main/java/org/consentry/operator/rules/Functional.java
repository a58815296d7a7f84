package org.consentry.operator.rules;

import org.consentry.config.Doc;

/** Whether a functional impairment was documented: three-valued, never guessed. */
public enum Functional {
  @Doc("an impairment that meets the procedure's criteria was documented")
  YES,
  @Doc("it was looked for and not found")
  NO,
  @Doc("nothing is known; never counts as no")
  UNKNOWN
}
