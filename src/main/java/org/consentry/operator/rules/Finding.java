package org.consentry.operator.rules;

import org.consentry.problem.Place;

/** Receives what a check of a rule set finds. */
@FunctionalInterface
interface Finding {

  /** An error with its place. */
  void error(String code, Place place, String message, String hint);
}
