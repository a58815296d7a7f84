package org.consentry.plan;

import org.consentry.connector.Connectors;
import org.consentry.operator.Operators;
import org.consentry.policy.Policies;

/**
 * The open sets that a plan resolves words against. Each set is listed in its own room.
 *
 * @param operators the words after {@code do:}
 * @param policies legal targets
 * @param connectors types of sources and formats of outputs
 */
public record Catalogue(Operators operators, Policies policies, Connectors connectors) {

  /** Everything that is shipped. */
  public static final Catalogue SHIPPED =
      new Catalogue(Operators.SHIPPED, Policies.SHIPPED, Connectors.SHIPPED);
}
