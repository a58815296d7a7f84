package org.consentry.plan;

import org.consentry.policy.Policies;

/**
 * The open sets that a plan resolves words against. Each set is listed in its own room.
 *
 * @param policies legal targets
 */
public record Catalogue(Policies policies) {

  /** Everything that is shipped. */
  public static final Catalogue SHIPPED = new Catalogue(Policies.SHIPPED);
}
